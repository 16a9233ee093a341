#include "queries.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "loa/identity/units.h"
#include "scope.h"

namespace loa::monitoring {

namespace {

using storage::Row;
using storage::Values;

/// Runs the statement for everybody, or the one of a unit for each of the scope, whose id comes last.
template <class Take>
void each_row(Work& work, const Scope& scope, std::string_view everybody, std::string_view of_unit, const Values& values, Take&& take) {
    if (scope.of == Scope::Of::Everybody) {
        for (const auto& row : work.db.query(everybody, values)) take(row);
        return;
    }
    std::vector<Values> each;
    for (const Id unit : scope.units) {
        each.push_back(values);
        each.back().emplace_back(unit);
        work.db.read_ahead(of_unit, each.back());
    }
    for (const auto& of_this : each)
        for (const auto& row : work.db.query(of_unit, of_this)) take(row);
}

/// By day; of several units the first `limit` of them all.
void put_in_order(std::vector<DueLine>& lines, int limit) {
    std::stable_sort(lines.begin(), lines.end(), [](const DueLine& a, const DueLine& b) { return a.due_on < b.due_on; });
    if (lines.size() > static_cast<std::size_t>(limit)) lines.resize(static_cast<std::size_t>(limit));
}

std::optional<std::string> listed_units(const Scope& scope) {
    return scope.of == Scope::Of::Everybody ? std::nullopt : std::optional(listed(scope.units));
}

bool given_back(const Row& row) { return row.optional_text("answer") == "returned"; }

DueLine line_to_remind_from(const Row& row) {
    DueLine line = due_line_from(row);
    line.state = "open";
    line.aggregating_unit = row.id("aggregating_unit_id");
    line.version = row.number("version");
    return line;
}

std::string month_of(Date day) { return day.iso().substr(0, 7); }

// What a statement is asked with, where it is read ahead too.
Values of_today(const Work& work) { return {work.authority, work.today()}; }
Values of_days(const Work& work, Date from, Date to) { return {work.authority, from, to}; }
Values of_coverage(const Work& work, const CoverageFilter& filter) { return {work.authority, month_of(filter.from), month_of(filter.to), filter.plan}; }
Values of_planned(const Work& work, const CoverageFilter& filter) { return {work.authority, filter.from, filter.to, filter.plan}; }

}  // namespace

std::string listed(const std::vector<Id>& ids) {
    std::string list = ",";
    for (const Id id : ids) list += to_string(id) + ",";
    return list;
}

Standing& Standing::operator+=(const Standing& other) {
    lines += other.lines;
    reported += other.reported;
    closed += other.closed;
    late += other.late;
    return *this;
}

Cell Coverage::at(Id topic, Id channel) const {
    const auto found = cells.find({topic, channel});
    return found == cells.end() ? Cell{} : found->second;
}

std::int64_t Coverage::pieces() const {
    std::int64_t pieces = 0;
    for (const auto& [key, cell] : cells)
        if (!key.first) pieces += cell.done;
    return pieces;
}

DueLine due_line_from(const Row& row) {
    DueLine line;
    line.plan = row.id("plan_id");
    line.assignment = row.id("assignment_id");
    line.occurrence = row.id("id");
    line.unit = row.id("unit_id");
    line.unit_name = row.text("unit_name");
    const auto ordinal = row.optional_text("ordinal").value_or("");
    line.title = row.optional_text("title").value_or("");
    if (!ordinal.empty()) line.title = ordinal + " " + line.title;
    line.from = row.optional_date("period_from");
    line.to = row.optional_date("period_to");
    line.due_on = row.date("due_on");
    return line;
}

namespace {
std::vector<RunningPlan> plans_in(const storage::Rows& rows) {
    std::vector<RunningPlan> plans;
    for (const auto& row : rows) {
        RunningPlan plan;
        plan.id = row.id("id");
        plan.title = row.text("title");
        plan.year_from = static_cast<int>(row.number("year_from"));
        plan.year_to = static_cast<int>(row.number("year_to"));
        if (const auto number = row.optional_text("issued_number"))
            plan.document_number = *number + "/" + row.optional_text("document_symbol").value_or("");
        plan.issued_on = row.optional_date("issued_on");
        plan.drafting_unit = row.id("drafting_unit_id");
        plan.aggregating_unit = row.id("aggregating_unit_id");
        plans.push_back(std::move(plan));
    }
    return plans;
}
}  // namespace

std::vector<RunningPlan> running_plans(Work& work) { return plans_in(work.db.query("monitoring.running_plans", {work.authority})); }

std::vector<RunningPlan> closed_plans(Work& work) { return plans_in(work.db.query("monitoring.closed_plans", {work.authority})); }

Standing standing(Work& work, const Scope& scope) {
    Standing sum;
    each_row(work, scope, "monitoring.standing", "monitoring.standing_of_unit", {work.authority},
             [&](const Row& row) { sum += {row.number("lines"), row.number("reported"), row.number("closed"), 0}; });
    each_row(work, scope, "monitoring.late", "monitoring.late_of_unit", of_today(work), [&](const Row& row) { sum.late += row.number("late"); });
    return sum;
}

std::vector<UnitStanding> units_behind(Work& work, int limit) {
    std::vector<UnitStanding> units;
    for (const auto& row : work.db.query("monitoring.units_with_most_late", {work.authority, work.today(), limit}))
        units.push_back({row.id("unit_id"), row.text("name"), {row.number("lines"), row.number("reported"), row.number("closed"), row.number("late")}});
    const std::size_t asked = static_cast<std::size_t>(limit), late = units.size();
    if (late == asked) return units;
    const auto is_late = [&](Id unit) {
        return std::any_of(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(late), [&](const auto& one) { return one.unit == unit; });
    };
    for (const auto& row : work.db.query("monitoring.units_least_done", {work.authority, limit + static_cast<int>(late)}))
        if (units.size() < asked && !is_late(row.id("unit_id")))
            units.push_back({row.id("unit_id"), row.text("name"), {row.number("lines"), row.number("reported"), row.number("closed"), 0}});
    return units;
}

namespace {
/// Who carries on for a unit that is no more, where that is one unit of this authority; else it keeps what was its own.
Id unit_of_today(const Work& work, Id unit, Date today) {
    const auto heirs = identity::successors_of(work, unit, today);
    return heirs.size() == 1 && heirs.front().authority == work.authority ? heirs.front().unit : unit;
}
}  // namespace

std::vector<Id> counted_for(const Work& work, Id unit) {
    std::vector<Id> units{unit};
    for (std::size_t i = 0; i < units.size(); ++i)
        for (const auto& link : identity::links_to(work, units[i])) {
            const Id former = link.predecessor.unit;
            if (link.predecessor.authority == work.authority && std::find(units.begin(), units.end(), former) == units.end()) units.push_back(former);
        }
    std::erase_if(units, [&](Id each) { return each == unit || unit_of_today(work, each, work.today()) != unit; });
    return units;
}

std::vector<Punctuality> punctuality(Work& work, Date from, Date to, UnitsOf by) {
    const auto rows = work.db.query("monitoring.due_by_unit", {work.authority, from, to});
    std::map<Id, Id> counted;  // whose it is by the rows → under whom it counts
    for (const auto& row : rows) {
        const Id unit = row.id(by == UnitsOf::Then ? "due_unit_id" : "unit_id");
        counted.emplace(unit, unit);
    }
    std::vector<Id> ids;
    for (const auto& [unit, of] : counted) ids.push_back(unit);
    if (by == UnitsOf::Today)
        for (const auto& unit : identity::units_by_ids(work, ids))
            if (!unit.open_on(work.today())) counted[unit.id] = unit_of_today(work, unit.id, work.today());
    std::map<Id, Punctuality> by_unit;
    for (const auto& row : rows) {
        auto& sum = by_unit[counted.at(row.id(by == UnitsOf::Then ? "due_unit_id" : "unit_id"))];
        sum.due += row.number("due");
        sum.on_time += row.number("on_time");
        sum.open += row.number("open");
    }
    ids.clear();
    for (const auto& [unit, sum] : by_unit) ids.push_back(unit);
    std::vector<Punctuality> units;
    for (const auto& unit : identity::units_by_ids(work, ids)) {
        units.push_back(by_unit.at(unit.id));
        units.back().unit = unit.id;
        units.back().name = unit.name;
        units.back().over = !unit.open_on(work.today());
    }
    std::stable_sort(units.begin(), units.end(), [](const Punctuality& a, const Punctuality& b) { return *a.percent() < *b.percent(); });
    return units;
}

std::vector<MonthFigures> months(Work& work, const Scope& scope) {
    std::map<std::string, MonthFigures> sums;
    each_row(work, scope, "monitoring.progress_by_month", "monitoring.progress_by_month_of_unit", {work.authority}, [&](const Row& row) {
        auto& month = sums[row.text("month")];
        month.month = row.text("month");
        month.due += row.number("due");
        month.closed += row.number("closed");
    });
    std::vector<MonthFigures> months;
    for (auto& [name, month] : sums) months.push_back(std::move(month));
    return months;
}

void read_overview_ahead(Work& work, const Scope& scope, const CoverageFilter& filter, int units) {
    for (const auto* statement : {"monitoring.topics", "monitoring.channels"}) work.db.read_ahead(statement, of_today(work));
    if (!filter.unit) {
        work.db.read_ahead("monitoring.coverage", of_coverage(work, filter));
        work.db.read_ahead("monitoring.planned_coverage", of_planned(work, filter));
    }
    if (scope.of != Scope::Of::Everybody) return;
    work.db.read_ahead("monitoring.standing", {work.authority});
    work.db.read_ahead("monitoring.late", of_today(work));
    work.db.read_in_case("monitoring.progress_by_month", {work.authority});
    work.db.read_ahead("monitoring.units_with_most_late", {work.authority, work.today(), units});
}

std::int64_t late_times(Work& work, const Scope& scope) {
    std::int64_t times = 0;
    each_row(work, scope, "monitoring.late_times", "monitoring.late_times_of_unit", {work.authority, work.today()},
             [&](const Row& row) { times += row.number("times"); });
    return times;
}

std::vector<DueLine> late_lines(Work& work, const Scope& scope, int limit) {
    std::vector<DueLine> lines;
    const auto take = [&](std::string_view statement, Id of) {
        for (const auto& row : work.db.query(statement, {work.authority, work.today(), limit, of})) {
            lines.push_back(due_line_from(row));
            lines.back().state = "open";
            lines.back().given_back = given_back(row);
        }
    };
    const bool everybody = scope.of == Scope::Of::Everybody;
    const std::string_view statement = everybody ? "monitoring.late_lines_of_plan" : "monitoring.late_lines_of_unit";
    std::vector<Id> each = scope.units;
    if (everybody)
        for (const auto& plan : running_plans(work)) each.push_back(plan.id);
    for (const Id of : each) work.db.read_ahead(statement, {work.authority, work.today(), limit, of});
    for (const Id of : each) take(statement, of);
    put_in_order(lines, limit);
    return lines;
}

std::vector<DueLine> lines_due(Work& work, const Scope& scope, Date from, Date to, int limit) {
    std::vector<DueLine> lines;
    each_row(work, scope, "monitoring.lines_due", "monitoring.lines_due_of_unit", {work.authority, from, to, limit}, [&](const Row& row) {
        lines.push_back(due_line_from(row));
        lines.back().state = row.text("state");
    });
    put_in_order(lines, limit);
    return lines;
}

std::map<Date, DayFigures> days(Work& work, const Scope& scope, Date from, Date to) {
    std::map<Date, DayFigures> days;
    each_row(work, scope, "monitoring.days", "monitoring.days_of_unit", of_days(work, from, to), [&](const Row& row) {
        auto& day = days[row.date("day")];
        day.open += row.number("open");
        day.reported += row.number("reported");
        day.closed += row.number("closed");
    });
    return days;
}

std::vector<SubjectTimes> times_by_subject(Work& work, Id plan, std::optional<Id> unit) {
    std::unordered_map<Id, std::vector<TimeDue>> times;
    for (const auto& row : work.db.query("monitoring.times_of_subjects", {work.authority, plan, unit}))
        times[row.id("subject_id")].push_back({row.optional_date("period_from"), row.optional_date("period_to"), row.optional_date("due_on"),
                                               row.number("open"), row.number("reported"), row.number("closed")});
    std::vector<SubjectTimes> subjects;
    for (const auto& row : work.db.query("monitoring.subjects_of_plan", {work.authority, plan})) {
        const auto found = times.find(row.id("id"));
        if (found == times.end()) continue;  // nobody was given it
        const auto ordinal = row.text("ordinal");
        subjects.push_back({found->first, row.number("part") == 1, ordinal.empty() ? row.text("title") : ordinal + " " + row.text("title"),
                            row.optional_date("begins_on"), std::move(found->second)});
    }
    return subjects;
}

std::optional<LineToUrge> line_to_urge(Work& work, Id occurrence) {
    const auto row = work.db.one("monitoring.line_by_occurrence", {work.authority, occurrence});
    if (!row || row->text("plan_state") != "issued") return std::nullopt;
    const bool has_day = row->optional_date("due_on").has_value();
    LineToUrge found{has_day ? due_line_from(*row) : DueLine{}, row->id("aggregating_unit_id"), has_day};
    found.line.state = row->text("state");
    found.line.given_back = given_back(*row);
    found.line.version = row->number("version");
    return found;
}

std::vector<DueLine> lines_to_remind(Work& work, Date from, Date to, const std::string& step) {
    std::vector<DueLine> lines;
    for (const auto& row : work.db.query("monitoring.lines_to_remind", {work.authority, from, to, step})) lines.push_back(line_to_remind_from(row));
    return lines;
}

std::vector<DueLine> late_to_urge(Work& work, const std::vector<Id>& plans, const Scope& scope, const std::string& step, int limit) {
    std::vector<DueLine> lines;
    for (const auto& row : work.db.query("monitoring.late_to_urge", {work.authority, work.today(), listed(plans), listed_units(scope), step, limit}))
        lines.push_back(line_to_remind_from(row));
    return lines;
}

std::int64_t count_late_to_urge(Work& work, const std::vector<Id>& plans, const Scope& scope, const std::string& step, std::int64_t limit) {
    return work.db.one("monitoring.count_late_to_urge", {work.authority, work.today(), listed(plans), listed_units(scope), step, limit})->number("times");
}

Coverage coverage(Work& work, const CoverageFilter& filter) {
    Coverage coverage;
    const auto done = filter.unit ? work.db.query("monitoring.coverage_of_unit", {work.authority, month_of(filter.from), month_of(filter.to), *filter.unit, filter.plan})
                                  : work.db.query("monitoring.coverage", of_coverage(work, filter));
    for (const auto& row : done) coverage.cells[{row.id("topic_id"), row.id("channel_id")}].done = row.number("pieces");
    const auto planned =
        filter.unit ? work.db.query("monitoring.planned_coverage_of_unit", {work.authority, filter.from, filter.to, filter.plan, *filter.unit})
                    : work.db.query("monitoring.planned_coverage", of_planned(work, filter));
    for (const auto& row : planned) coverage.cells[{row.id("topic_id"), row.id("channel_id")}].planned = row.number("planned");
    return coverage;
}

namespace {
storage::ListFilters filters_of(const CellAsked& cell, const Reader& reader) {
    storage::ListFilters filters;
    if (cell.topic) filters.emplace_back("topic", *cell.topic);
    if (cell.channel) filters.emplace_back("channel", *cell.channel);
    if (cell.no_channel) filters.emplace_back("no_channel", storage::Value());
    if (cell.filter.plan) filters.emplace_back("plan", *cell.filter.plan);
    if (cell.filter.unit) filters.emplace_back("unit", *cell.filter.unit);
    if (!reader.opens_every_line()) {
        std::string plans = "|";
        for (const Id plan : reader.plans()) plans += to_string(plan) + "|";
        filters.emplace_back("opens", listed(reader.units()) + plans);
    }
    return filters;
}
}  // namespace

namespace {
std::vector<Piece> listed_pieces(Work& work, const CellAsked& cell, const storage::ListRequest& request) {
    std::vector<Piece> pieces;
    for (const auto& row : work.db.list("monitoring.confirmed_pieces", {work.authority, cell.filter.from, cell.filter.to}, request))
        pieces.push_back({row.id("id"), row.id("assignment_id"), row.id("plan_id"), row.id("unit_id"), row.text("what"), row.text("unit_name"),
                          row.optional_text("place").value_or(""), row.date("done_on")});
    return pieces;
}
}  // namespace

std::vector<Piece> pieces_of_cell(Work& work, const CellAsked& cell, const Reader& reader, int limit, int offset) {
    return listed_pieces(work, cell, {filters_of(cell, reader), "latest", limit, offset});
}

std::vector<Piece> pieces_behind(Work& work, const CellAsked& cell, const Reader& reader, const std::optional<PieceBehind>& behind, int limit) {
    auto filters = filters_of(cell, reader);
    if (behind) filters.emplace_back("behind", behind->done_on.iso() + "." + to_string(behind->evidence));
    return listed_pieces(work, cell, {std::move(filters), "latest", limit, 0});
}

std::int64_t count_of_cell(Work& work, const CellAsked& cell, const Reader& reader) {
    return work.db.count("monitoring.confirmed_pieces", {work.authority, cell.filter.from, cell.filter.to}, filters_of(cell, reader));
}

}  // namespace loa::monitoring
