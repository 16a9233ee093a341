// Who takes over from a unit that ends, as an officer says it.
#include <algorithm>

#include "actions.h"
#include "loa/identity/timeline.h"
#include "pass_lines.h"
#include "queries.h"

namespace loa::plan {

namespace {

struct FoundUnit {
    Plan plan;
    EndingUnit unit;
    std::optional<Passing> passing;
};

Result<FoundUnit> find_ending(Work& work, Id plan_id, Id unit_id) {
    auto plan = plan_by_id(work, plan_id);
    if (!plan) return plan.failure();
    if (!may_pass_on(work, *plan)) return forbidden("plan.may_not_pass_on");
    if (plan->state != PlanState::Issued) return conflict("plan.not_open");
    auto unit = ending_unit(work, plan_id, unit_id);
    if (!unit) return not_found("plan.no_such_ending");
    return FoundUnit{*std::move(plan), *std::move(unit), passing_of(work, plan_id, unit_id)};
}

/// Why that one can't take over, if it can't.
std::optional<Problem> problem_of(const Work& work, const EndingUnit& unit, Id successor, const std::string& field) {
    const auto* heir = unit.heir(successor);
    if (!heir) return Problem{field, "plan.passing_no_heir", {}};
    const auto ends = ends_on(work, successor);
    if (ends && *ends <= unit.day) return Problem{field, "plan.passing_heir_ends", {{"unit", heir->name}, {"day", ends->vietnamese()}}};
    return std::nullopt;
}

/// Line by line, each once; what says the same as the whole is not kept.
Result<std::map<Id, std::vector<Id>>> lines_of(Work& work, const FoundUnit& found, const ConfirmPassing& input) {
    std::map<Id, std::vector<Id>> lines;
    std::vector<Problem> problems;
    const auto own = assignments_of_unit(work, found.plan.id, found.unit.unit);
    for (const auto& [id, chosen] : input.lines) {
        const auto line = std::find_if(own.begin(), own.end(), [wanted = id](const Assignment& each) { return each.id == wanted; });
        if (line == own.end()) return conflict("plan.line_changed_meanwhile");
        std::vector<Id> successors;
        for (const Id successor : chosen) {
            if (auto problem = problem_of(work, found.unit, successor, "line-" + to_string(id))) problems.push_back(*std::move(problem));
            if (std::find(successors.begin(), successors.end(), successor) == successors.end()) successors.push_back(successor);
        }
        // Who takes over the rest has what was done so far, wherever it is among them.
        std::stable_partition(successors.begin(), successors.end(), [&](Id each) { return each == input.successor; });
        if (!successors.empty() && successors != std::vector{input.successor}) lines[line->subject()] = std::move(successors);
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return lines;
}

Result<> keep(Work& work, const FoundUnit& found, const ConfirmPassing& input, const std::map<Id, std::vector<Id>>& lines) {
    const Id plan = found.plan.id, unit = found.unit.unit;
    const auto touched = input.version == 0
                             ? work.db.run("plan.insert_passing", {work.authority, plan, unit, input.successor, found.unit.basis, work.now, work.actor.person})
                             : work.db.run("plan.set_passing", {work.authority, plan, unit, input.successor, found.unit.basis, work.now, work.actor.person, input.version});
    if (touched == 0) return conflict("plan.passing_changed");
    work.db.run("plan.delete_passing_lines", {work.authority, plan, unit});
    for (const auto& [subject, successors] : lines) {
        std::int64_t position = 0;
        for (const Id successor : successors) work.db.run("plan.insert_passing_line", {work.authority, plan, unit, subject, position++, successor});
    }
    const auto* heir = found.unit.heir(input.successor);
    const auto* before = found.passing ? found.unit.heir(found.passing->successor) : nullptr;
    identity::record(work, {"plan.plan", work.authority, plan}, "plan.passing_confirmed",
                     {{"former_unit", "", found.unit.name},
                      {"successor", before ? before->name : "", heir->name},
                      {"other_lines", "", lines.empty() ? "" : std::to_string(lines.size())},
                      {"carried_out_on", "", found.unit.day.iso()},
                      {"basis", "", found.unit.basis}});
    return Done{};
}

}  // namespace

Result<> confirm_passing(Work& work, const ConfirmPassing& input) {
    const auto found = find_ending(work, input.plan, input.unit);
    if (!found) return found.failure();
    if (found->passing && found->passing->carried_out_on) return conflict("plan.passing_done");
    if (found->unit.heirs.empty()) return conflict("plan.passing_nobody");
    if (auto problem = problem_of(work, found->unit, input.successor, "successor")) return invalid({*std::move(problem)});
    const auto lines = lines_of(work, *found, input);
    if (!lines) return lines.failure();
    if (const auto kept = keep(work, *found, input, *lines); !kept) return kept;
    if (found->unit.day <= work.today()) carry_out(work, found->plan, passing_of(work, input.plan, input.unit).value(), found->unit.day);
    return Done{};
}

Result<int> confirm_only_successors(Work& work, Id plan, const std::vector<Id>& units) {
    int count = 0;
    for (const Id unit : units) {
        const auto found = find_ending(work, plan, unit);
        if (!found) return found.failure();
        if (found->passing || found->unit.heirs.size() != 1) continue;
        if (const auto done = confirm_passing(work, {.plan = plan, .unit = unit, .successor = found->unit.heirs.front().unit}); !done) return done.failure();
        ++count;
    }
    return count;
}

Result<> take_back_passing(Work& work, Id plan, Id unit, std::int64_t version) {
    const auto found = find_ending(work, plan, unit);
    if (!found) return found.failure();
    if (!found->passing || found->passing->version != version) return conflict("plan.passing_changed");
    if (found->passing->carried_out_on) return conflict("plan.passing_done");
    work.db.run("plan.delete_passing_lines", {work.authority, plan, unit});
    if (work.db.run("plan.delete_passing", {work.authority, plan, unit, version}) == 0) return conflict("plan.passing_changed");
    identity::record(work, {"plan.plan", work.authority, plan}, "plan.passing_taken_back", {{"former_unit", "", found->unit.name}});
    return Done{};
}

}  // namespace loa::plan
