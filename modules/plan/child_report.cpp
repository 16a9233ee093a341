#include "child_report.h"

#include <boost/json.hpp>
#include <map>
#include <unordered_map>

#include "addresses.h"
#include "child_plan.h"
#include "evidence.h"
#include "loa/base/check.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"
#include "new_draft.h"
#include "notices.h"
#include "passing.h"
#include "queries.h"

namespace loa::plan {

namespace {

namespace json = boost::json;

constexpr const char* kReportUp = "plan.report_up";

/// Whose report, to whom.
struct Way {
    Id authority, plan, unit;  // the plan above, and the unit that stands there for the job's authority
};

void enqueue(Work& work, const Way& way) {
    const auto key = to_string(way.authority) + "/" + to_string(way.plan) + "/" + to_string(way.unit);
    jobs::enqueue(work, kReportUp,
                  json::serialize(json::object{{"authority", to_string(way.authority)}, {"plan", to_string(way.plan)}, {"unit", to_string(way.unit)}}),
                  {.unique_key = key});
}

Way way_of(const jobs::Job& job) {
    const auto parsed = json::parse(job.payload);
    const auto id = [&](const char* name) {
        const auto known = parse_id(std::string_view(parsed.at(name).as_string()));
        LOA_CHECK(known.has_value());
        return *known;
    };
    return {id("authority"), id("plan"), id("unit")};
}

/// All that goes up of one child.
struct Report {
    Plan plan;
    std::optional<std::string> number;
    std::optional<Date> issued_on;
    struct Line {
        std::int64_t lines = 0, closed = 0;
    };
    std::map<Id, Line> lines;  // by the line above
    struct Amount {
        std::string month;
        PlannedTarget measure;
        double quantity = 0;
    };
    std::map<Id, std::vector<Amount>> amounts;
    std::map<std::pair<Id, std::string>, std::int64_t> pieces;  // by the line above and month
};

std::optional<Report> report_of(Work& work, const Way& way) {
    const auto child = child_plan_of(work, way.authority, way.plan, way.unit);
    if (!child) return std::nullopt;
    auto plan = plan_by_id(work, child->plan);
    if (!plan) return std::nullopt;  // in the trash
    Report report{*std::move(plan), {}, {}, {}, {}, {}};
    if (report.plan.state != PlanState::Issued && report.plan.state != PlanState::Closed) return report;
    for (const auto& revision : revisions_by_plan(work, child->plan))  // the newest first: what it was issued as stays last
        if (revision.state == RevisionState::Issued) report.number = document_number_of(revision), report.issued_on = revision.issued_on;
    std::unordered_map<Id, Id> above;  // activity → the line that it does
    const storage::Values key{work.authority, child->plan};
    for (const auto& row : work.db.query("plan.child_activities_by_plan", key)) above[row.id("activity_id")] = row.id("parent_assignment_id");
    for (const auto& activity : child_activities(work, child->plan, *report.plan.issued_revision))
        if (!activity.dropped) report.lines.try_emplace(activity.parent_assignment);
    const auto line_of = [&](const storage::Row& row) -> std::optional<Id> {
        const auto activity = row.optional_id("activity_id");
        const auto found = activity ? above.find(*activity) : above.end();
        return found == above.end() ? std::nullopt : std::optional(found->second);
    };
    for (const auto& row : work.db.query("plan.progress_by_subject", key))
        if (const auto line = line_of(row)) {
            report.lines[*line].lines += row.number("total");
            report.lines[*line].closed += row.number("closed");
        }
    for (const auto& row : work.db.query("plan.pieces_by_activity", key))
        if (const auto line = line_of(row)) {
            report.lines.try_emplace(*line);  // of one that is dropped by now: no lines, and what was done
            report.pieces[{*line, row.text("month")}] += row.number("pieces");
        }
    for (const auto& row : work.db.query("plan.quantities_by_activity", key))
        if (const auto line = line_of(row)) {
            PlannedTarget measure;
            measure.unit = row.text("unit_word");
            if (const auto period = row.optional_text("period")) measure.per = parse_period(*period);
            report.amounts[*line].push_back({row.text("month"), std::move(measure), from_thousandths(row.number("quantity_thousandths"))});
        }
    return report;
}

/// What stood there before, and what is new of it, for who follows the plan above.
void tell(Work& above, const Plan& plan, Id unit, const std::optional<storage::Row>& row, const std::optional<Report>& report) {
    const std::string was = row ? row->text("state") : "", is(report ? text_of(report->plan.state) : std::string_view());
    if (was == is) return;
    const auto committee = identity::unit_by_id(above, unit);
    const std::string name = committee ? committee->name : "";
    std::vector<identity::Change> changes{{"units", "", name}, {"state", was, is}};
    if (report && report->number) changes.push_back({"number", "", *report->number});
    if (report && report->issued_on) changes.push_back({"date", "", report->issued_on->vietnamese()});
    identity::record(above, {"plan.child_report", above.authority, plan.id}, "plan.child_reported", changes);
    const bool issued = report && report->plan.state == PlanState::Issued;
    const bool gone = was == "issued" && (!report || report->plan.state == PlanState::Withdrawn);
    if (!issued && !gone) return;
    const auto number = report && report->number ? report->number : row ? row->optional_text("number") : std::nullopt;
    tell_unit(above, plan.aggregating_unit, kWorkReported,
              {.key = issued ? "plan.notice_child_issued" : "plan.notice_child_withdrawn",
               .args = {{"unit", name}, {"title", plan.title}, {"number", number.value_or("")}},
               .path = path_of(plan.id, "/cap-duoi"),
               .about = plan.title});
}

/// In place of what was there: the same report twice is the same rows.
void write(Work& above, const Plan& plan, Id unit, Id child_authority, const std::optional<Report>& report) {
    const storage::Values key{above.authority, plan.id, unit};
    const auto before = above.db.one("plan.child_report", key);
    // What it did by then counts for who took over from it, and stays as it was on that day.
    const auto passing = passing_of(above, plan.id, unit);
    if (passing && passing->carried_out_on) return;
    if (report)
        above.db.run("plan.put_child_report", {above.authority, plan.id, unit, child_authority, report->plan.id, text_of(report->plan.state),
                                               report->number, report->issued_on});
    else
        above.db.run("plan.delete_child_report", key);
    above.db.run("plan.delete_child_results", key);
    above.db.run("plan.delete_child_lines", key);
    tell(above, plan, unit, before, report);
    if (!report) return;
    for (const auto& assignment : assignments_of_unit(above, plan.id, unit)) {
        const auto line = report->lines.find(assignment.id);
        if (line == report->lines.end()) continue;
        above.db.run("plan.insert_child_line", {above.authority, assignment.id, plan.id, unit, line->second.lines, line->second.closed});
        std::map<std::pair<std::string, Id>, double> sums;  // by month and target; one amount counts towards one target
        if (const auto amounts = report->amounts.find(assignment.id); amounts != report->amounts.end()) {
            const auto targets = targets_by_assignment(above, assignment.id);
            for (const auto& amount : amounts->second)
                for (const auto& target : targets)
                    if (!target.dropped && same_measure(target, amount.measure)) {
                        sums[{amount.month, target.id}] += amount.quantity;
                        break;
                    }
        }
        std::vector<storage::Values> rows;
        const auto add = [&](const std::string& month, Id target, std::int64_t amount) {
            rows.push_back({above.authority, assignment.id, month, target, plan.id, unit, amount});
        };
        for (const auto& [of, pieces] : report->pieces)
            if (of.first == assignment.id) add(of.second, Id{}, pieces);
        for (const auto& [of, quantity] : sums) add(of.first, of.second, thousandths(quantity));
        above.db.run_batch("plan.insert_child_result", rows);
    }
}

Result<Done> handle(Work& work, const jobs::Job& job) {
    const Way way = way_of(job);
    Work above = identity::system_work(work.db, work.ids, work.now, way.authority);
    const auto plan = plan_by_id(above, way.plan);
    if (!plan) return Done{};
    const auto unit = identity::unit_by_id(above, way.unit);
    const bool stands_for_us = unit && unit->represents_authority == work.authority;
    if (stands_for_us) {
        write(above, *plan, way.unit, work.authority, report_of(work, way));
    } else if (const auto said = above.db.one("plan.child_report", {above.authority, plan->id, way.unit}); said && said->id("child_authority_id") == work.authority) {
        write(above, *plan, way.unit, work.authority, std::nullopt);  // it stands for another by now, who speaks for itself
    }
    return Done{};
}

}  // namespace

void report_up(Work& work, Id plan) {
    if (const auto child = child_plan_by_plan(work, plan)) enqueue(work, {child->parent_authority, child->parent_plan, child->parent_unit});
}

void ask_children(Work& work, Id plan) {
    for (const auto& row : work.db.query("plan.child_reports_by_plan", {work.authority, plan})) {
        Work below = identity::system_work(work.db, work.ids, work.now, row.id("child_authority_id"));
        enqueue(below, {work.authority, plan, row.id("unit_id")});
    }
}

void join_child_reports(Registry& registry) { registry.add(jobs::JobKind{.name = kReportUp, .handler = handle}); }

std::vector<LowerUnit> lower_units(Work& work, Id plan) {
    std::vector<LowerUnit> units;
    for (const auto& row : work.db.query("plan.lower_units_by_plan", {work.authority, plan})) {
        LowerUnit unit{row.id("unit_id"), row.text("unit_name"), {}, row.optional_text("number").value_or(""), row.optional_date("issued_on")};
        if (const auto state = row.optional_text("state")) unit.state = plan_state(*state);
        units.push_back(std::move(unit));
    }
    return units;
}

std::vector<ChildLine> child_lines(Work& work, Id plan) {
    std::vector<ChildLine> lines;
    std::unordered_map<Id, std::size_t> places;
    for (const auto& row : work.db.query("plan.child_lines_by_plan", {work.authority, plan})) {
        places.emplace(row.id("assignment_id"), lines.size());
        lines.push_back({row.id("assignment_id"), row.number("lines"), row.number("closed"), row.number("pieces"), {}});
    }
    for (const auto& row : work.db.query("plan.child_targets_by_plan", {work.authority, plan}))
        lines[places.at(row.id("assignment_id"))].amounts.push_back({row.text("unit_word"), from_thousandths(row.number("child_thousandths")),
                                                                     from_thousandths(row.number("value_thousandths")) * static_cast<double>(row.number("times"))});
    return lines;
}

std::optional<LineChild> child_of_line(Work& work, Id assignment) {
    const auto row = work.db.one("plan.child_report_of_line", {work.authority, assignment});
    if (!row) return std::nullopt;
    return LineChild{row->id("child_authority_id"), row->id("child_plan_id"), plan_state(row->text("state")), row->optional_text("number").value_or(""),
                     row->optional_date("issued_on"), row->number("lines"), row->number("closed")};
}

std::vector<ChildMonth> child_months(Work& work, Id assignment) {
    std::vector<ChildMonth> months;
    for (const auto& row : work.db.query("plan.child_results_by_line", {work.authority, assignment})) {
        const auto month = Date::parse_iso(row.text("month") + "-01");
        LOA_CHECK(month.has_value());
        if (months.empty() || months.back().month != *month) months.push_back({*month, 0, {}});
        if (const Id target = row.id("target_id"))
            months.back().amounts.emplace_back(target, from_thousandths(row.number("amount")));
        else
            months.back().pieces = row.number("amount");
    }
    return months;
}

std::vector<std::pair<Id, PlanState>> child_states_of_unit(Work& work, Id unit) {
    std::vector<std::pair<Id, PlanState>> states;
    for (const auto& row : work.db.query("plan.child_reports_by_unit", {work.authority, unit}))
        states.emplace_back(row.id("plan_id"), plan_state(row.text("state")));
    return states;
}

}  // namespace loa::plan
