#include "unit_work_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "loa/base/text.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::View;

constexpr std::string_view kLate = "late";
constexpr const char* kStates[] = {"open", "late", "reported", "closed"};
constexpr std::size_t kShown = 40;

bool is_late(const Work& work, const UnitLine& line) {
    return line.assignment.state == AssignmentState::Open && line.due && *line.due < work.today();
}

std::set<Id> activities(Work& work, std::string_view statement, Id entry) {
    std::set<Id> found;
    for (const auto& row : work.db.query(statement, {work.authority, entry})) found.insert(row.id("activity_id"));
    return found;
}

View choice(Id id, const std::string& name, std::optional<Id> chosen) {
    return View().set("id", to_string(id)).set("name", name).flag("chosen", chosen == id);
}

}  // namespace

std::string UnitWorkFilter::query() const {
    std::string query;
    const auto add = [&](std::string_view name, std::string_view value) { query += fmt::format("{}{}={}", query.empty() ? "" : "&", name, value); };
    if (plan) add("ke-hoach", to_string(*plan));
    if (topic) add("noi-dung", to_string(*topic));
    if (channel) add("hinh-thuc", to_string(*channel));
    if (!state.empty()) add("trang-thai", state);
    if (from) add("tu", from->vietnamese());
    if (to) add("den", to->vietnamese());
    return query;
}

UnitWorkFilter unit_work_filter(const web::Request& request) {
    UnitWorkFilter filter;
    filter.plan = request.query.id("ke-hoach");
    filter.topic = request.query.id("noi-dung");
    filter.channel = request.query.id("hinh-thuc");
    const auto state = request.query.text("trang-thai");
    if (std::find(std::begin(kStates), std::end(kStates), state) != std::end(kStates)) filter.state = state;
    filter.typed_from = squeezed(request.query.text("tu"));
    filter.typed_to = squeezed(request.query.text("den"));
    filter.from = Date::parse_vietnamese(filter.typed_from);
    filter.to = Date::parse_vietnamese(filter.typed_to);
    return filter;
}

void keep_asked(Work& work, const UnitWorkFilter& filter, std::vector<UnitLine>& lines) {
    if (filter.plan) std::erase_if(lines, [&](const UnitLine& line) { return line.assignment.plan != *filter.plan; });
    const auto keep_telling = [&](std::string_view statement, std::optional<Id> entry) {
        if (!entry) return;
        const auto telling = activities(work, statement, *entry);
        std::erase_if(lines, [&](const UnitLine& line) { return !line.assignment.activity || !telling.contains(*line.assignment.activity); });
    };
    keep_telling("plan.activities_of_topic", filter.topic);
    keep_telling("plan.activities_of_channel", filter.channel);
    if (!filter.state.empty())
        std::erase_if(lines, [&](const UnitLine& line) { return filter.state == kLate ? !is_late(work, line) : text_of(line.assignment.state) != filter.state; });
    if (filter.from) std::erase_if(lines, [&](const UnitLine& line) { return !line.due || *line.due < *filter.from; });
    if (filter.to) std::erase_if(lines, [&](const UnitLine& line) { return !line.due || *line.due > *filter.to; });
}

View filter_view(Work& work, const UnitWorkFilter& filter, const std::vector<UnitLine>& lines) {
    View view;
    std::vector<View> plans, topics, channels, states;
    std::set<Id> named;
    for (const auto& line : lines)
        if (named.insert(line.assignment.plan).second)
            plans.push_back(choice(line.assignment.plan, line.document_number.value_or(shortened(line.plan_title, kShown)), filter.plan));
    for (const auto& topic : topics_on(work, work.today())) topics.push_back(choice(topic.id, topic.name, filter.topic));
    for (const auto& channel : channels_on(work, work.today())) channels.push_back(choice(channel.id, channel.name, filter.channel));
    for (const std::string state : kStates)
        states.push_back(View().set("value", state).set("name", tr(work, state == kLate ? "plan.filter_late" : "plan.line_state_" + state)).flag("chosen", filter.state == state));
    view.set("plans", std::move(plans)).set("topics", std::move(topics)).set("channels", std::move(channels)).set("states", std::move(states));
    view.set("from", shortened(filter.typed_from, kShown)).set("to", shortened(filter.typed_to, kShown)).flag("narrows", filter.narrows());
    if (!filter.typed_from.empty() && !filter.from) view.set("error_from", tr(work, "plan.filter_day_unreadable"));
    if (!filter.typed_to.empty() && !filter.to) view.set("error_to", tr(work, "plan.filter_day_unreadable"));
    else if (filter.from && filter.to && *filter.to < *filter.from) view.set("error_to", tr(work, "plan.filter_days_turned"));
    return view;
}

}  // namespace loa::plan
