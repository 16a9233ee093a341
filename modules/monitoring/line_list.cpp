#include "line_list.h"

#include <algorithm>
#include <iterator>

#include "line_view.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

constexpr int kPart = 1000;

using storage::ListRequest;

std::string_view stored(LineState state) {
    switch (state) {
        case LineState::Open: return "open";
        case LineState::Reported: return "reported";
        case LineState::Closed: return "closed";
        case LineState::Any:
        case LineState::Late: break;
    }
    return "";
}

/// One unit is found by its index; of several each row is asked.
void narrow_to(ListRequest& request, const std::vector<Id>& units) {
    if (units.size() == 1) request.filters.emplace_back("unit", units.front());
    else request.filters.emplace_back("units", listed(units));
}

ListRequest request_for(const LineFilter& filter, Date today) {
    ListRequest request;
    if (filter.unit) {
        auto units = filter.formers;
        units.push_back(*filter.unit);
        narrow_to(request, units);
    } else if (filter.scope.of == Scope::Of::Units) {
        narrow_to(request, filter.scope.units);
    }
    if (filter.due_unit) request.filters.emplace_back("due_unit", *filter.due_unit);
    if (filter.plan) request.filters.emplace_back("plan", *filter.plan);
    if (filter.topic) request.filters.emplace_back("topic", *filter.topic);
    if (filter.channel) request.filters.emplace_back("channel", *filter.channel);
    if (filter.state == LineState::Late)
        request.filters.emplace_back("late_on", today);
    else if (filter.state != LineState::Any)
        request.filters.emplace_back("state", std::string(stored(filter.state)));
    if (filter.line_state != LineState::Any) request.filters.emplace_back("line_state", std::string(stored(filter.line_state)));
    if (filter.on_time) request.filters.emplace_back("on_time", *filter.on_time);
    if (filter.from) request.filters.emplace_back("due_from", *filter.from);
    if (filter.to) request.filters.emplace_back("due_to", *filter.to);
    return request;
}

std::string named(const std::unordered_map<Id, std::string>& names, Id id) {
    const auto found = names.find(id);
    return found == names.end() ? std::string() : found->second;
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

void put_in_order(std::vector<ListedLine>& lines) {
    std::sort(lines.begin(), lines.end(), [](const ListedLine& a, const ListedLine& b) { return LinePlace::of(a) < LinePlace::of(b); });
}

}  // namespace

LinePlace LinePlace::of(const ListedLine& line) {
    return {line.due_on ? *line.due_on : *Date::parse_iso(kNoDay), line.occurrence};
}

std::optional<LinePlace> LinePlace::from(std::string_view text) {
    if (text.size() < 12 || text[10] != '.') return std::nullopt;
    const auto due = Date::parse_iso(text.substr(0, 10));
    const auto id = parse_id(text.substr(11));
    if (!due || !id) return std::nullopt;
    return LinePlace{*due, *id};
}

std::string LinePlace::text() const { return due.iso() + "." + to_string(occurrence); }

LineList::LineList(Work& work, LineFilter filter) : work_(work), filter_(std::move(filter)) {
    auto plans = running_plans(work);
    if (filter_.of_closed_plans) append(plans, closed_plans(work));
    for (const auto& plan : plans) {
        plans_[plan.id] = plan.document_number.empty() ? plan.title : plan.document_number;
        if (!filter_.plan || *filter_.plan == plan.id) left_.push_back(plan.id);
    }
    for (const auto& row : work.db.query("monitoring.subjects", {work.authority, filter_.of_closed_plans ? "closed" : "issued"})) {
        const auto ordinal = row.text("ordinal");
        subjects_[row.id("id")] = ordinal.empty() ? row.text("title") : ordinal + " " + row.text("title");
    }
    for (const auto& row : work.db.query("monitoring.unit_names", {work.authority})) units_[row.id("id")] = row.text("name");
}

std::vector<ListedLine> LineList::read(ListRequest request) const {
    std::vector<ListedLine> lines;
    for (const auto& row : work_.db.list("monitoring.lines", {work_.authority}, request)) {
        ListedLine line;
        line.plan = row.id("plan_id");
        line.assignment = row.id("assignment_id");
        line.occurrence = row.id("id");
        line.unit = row.id("unit_id");
        line.plan_name = named(plans_, line.plan);
        line.unit_name = named(units_, line.unit);
        if (const Id then = row.id("due_unit_id"); then != line.unit)
            line.unit_name = tr(work_, "monitoring.line_of_former", {{"unit", line.unit_name}, {"former", named(units_, then)}});
        line.title = named(subjects_, row.id("subject_id"));
        line.from = row.optional_date("period_from");
        line.to = row.optional_date("period_to");
        line.due_on = row.optional_date("due_on");
        line.state = row.text("state");
        if (const auto at = row.optional_instant("reported_at")) line.reported_on = at->date();
        line.closed_on = row.optional_date("closed_on");
        line.given_back = row.optional_text("answer") == "returned";
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<ListedLine> LineList::read_part(Id plan, const char* order, int limit, const char* side, const std::optional<LinePlace>& place) const {
    auto filter = filter_;
    filter.plan = plan;
    auto request = request_for(filter, work_.today());
    if (place) request.filters.emplace_back(side, place->text());
    request.order = order;
    request.limit = limit;
    return read(std::move(request));
}

std::vector<ListedLine> LineList::page(int limit, const std::optional<LinePlace>& after) const {
    std::vector<ListedLine> lines;
    for (const Id plan : left_) append(lines, read_part(plan, "due", limit, "after", after));
    put_in_order(lines);
    if (lines.size() > static_cast<std::size_t>(limit)) lines.resize(static_cast<std::size_t>(limit));
    return lines;
}

std::vector<ListedLine> LineList::page_before(int limit, const LinePlace& place) const {
    std::vector<ListedLine> lines;
    for (const Id plan : left_) append(lines, read_part(plan, "due_backwards", limit, "before", place));
    put_in_order(lines);
    if (lines.size() > static_cast<std::size_t>(limit)) lines.erase(lines.begin(), lines.end() - limit);
    return lines;
}

std::optional<ListedLine> LineList::next() {
    while (at_ == part_.size()) {
        if (left_.empty()) return std::nullopt;
        part_ = read_part(left_.back(), "due", kPart, "after", after_);
        at_ = 0;
        after_ = part_.empty() ? std::nullopt : std::optional(LinePlace::of(part_.back()));
        if (part_.size() < kPart) {
            left_.pop_back();
            after_.reset();
        }
    }
    return part_[at_++];
}

}  // namespace loa::monitoring
