#include "passing.h"

#include <algorithm>

#include "addresses.h"
#include "notices.h"
#include "pass_lines.h"
#include "queries.h"

namespace loa::plan {

namespace {

Passing passing_from(const storage::Row& row) {
    Passing passing;
    passing.plan = row.id("plan_id");
    passing.unit = row.id("unit_id");
    passing.successor = row.id("successor_unit_id");
    passing.basis = row.text("basis");
    passing.confirmed_by = row.id("confirmed_by");
    passing.confirmed_at = row.instant("confirmed_at");
    passing.carried_out_on = row.optional_date("carried_out_on");
    passing.version = row.number("version");
    return passing;
}

void add_lines(Work& work, Id plan, std::vector<Passing>& passings) {
    for (const auto& row : work.db.query("plan.passing_lines_by_plan", {work.authority, plan}))
        for (auto& passing : passings)
            if (passing.unit == row.id("unit_id")) passing.lines[row.id("subject_id")].push_back(row.id("successor_unit_id"));
}

/// Whoever takes over carries on for the unit by what the change came to say in the end; whoever does is there on the day.
bool still_holds(const Work& work, const Passing& passing, const identity::UnitChange& end) {
    const auto all = passing.everybody();
    return std::all_of(all.begin(), all.end(), [&](Id unit) {
        return std::any_of(end.successors.begin(), end.successors.end(), [&](const identity::ChangeSuccessor& each) { return each.unit == identity::UnitKey{work.authority, unit}; });
    });
}

/// Nobody has said who takes over: the office that puts the plan's work together, or leaders where it is the one that ended.
void ask(Work& work, const Plan& plan, const std::string& name, Id unit) {
    const Message message{.key = "plan.notice_lines_wait",
                          .args = {{"unit", name}, {"title", plan.title}},
                          .path = path_of(plan.id, "/chuyen-giao/" + to_string(unit)),
                          .about = plan.title};
    if (plan.aggregating_unit == unit) tell_leaders(work, kJudgementWanted, message);
    else tell_unit(work, plan.aggregating_unit, kJudgementWanted, message);
}

}  // namespace

std::vector<Id> Passing::successors(Id subject) const {
    const auto found = lines.find(subject);
    return found == lines.end() ? std::vector{successor} : found->second;
}

std::set<Id> Passing::everybody() const {
    std::set<Id> all{successor};
    for (const auto& [subject, units] : lines) all.insert(units.begin(), units.end());
    return all;
}

std::optional<Passing> passing_of(Work& work, Id plan, Id unit) {
    const auto row = work.db.one("plan.passing", {work.authority, plan, unit});
    if (!row) return std::nullopt;
    std::vector<Passing> one{passing_from(*row)};
    add_lines(work, plan, one);
    return std::move(one.front());
}

std::vector<Passing> passings_by_plan(Work& work, Id plan) {
    std::vector<Passing> passings;
    for (const auto& row : work.db.query("plan.passings_by_plan", {work.authority, plan})) passings.push_back(passing_from(row));
    if (!passings.empty()) add_lines(work, plan, passings);
    return passings;
}

Holders::Holders(Work& work, Id plan) {
    for (auto& passing : passings_by_plan(work, plan))
        if (passing.carried_out_on) passings_.emplace(passing.unit, std::move(passing));
}

std::vector<Id> Holders::of(Id subject, Id unit) const {
    const auto passed = passings_.find(unit);
    if (passed == passings_.end()) return {unit};
    std::vector<Id> holders;
    // A unit ends once, and whoever takes over is there on that day: there is no way round in a ring.
    for (const Id successor : passed->second.successors(subject))
        for (const Id holder : of(subject, successor))
            if (std::find(holders.begin(), holders.end(), holder) == holders.end()) holders.push_back(holder);
    return holders;
}

void pass_on_work(Work& work, const identity::UnitChangeSet& set) {
    for (const auto& change : set.changes) {
        if (change.kind != identity::ChangeKind::End) continue;
        for (const auto& row : work.db.query("plan.plans_that_need", {work.authority, change.unit})) {
            const auto plan = plan_by_id(work, row.id("id")).value();
            const auto passing = passing_of(work, plan.id, change.unit);
            if (passing && still_holds(work, *passing, change)) carry_out(work, plan, *passing, set.day);
            else ask(work, plan, change.name, change.unit);
        }
    }
}

}  // namespace loa::plan
