#include "found_line.h"

#include "addresses.h"
#include "loa/base/check.h"
#include "loa/identity/permissions.h"
#include "queries.h"
#include "verbs.h"

namespace loa::plan {

Result<FoundLine> find_line(Work& work, const LineRef& line) {
    auto plan = plan_by_id(work, line.plan);
    if (!plan) return plan.failure();
    auto assignment = assignment_by_id(work, *plan, line.assignment);
    if (!assignment) return assignment.failure();
    if (plan->state != PlanState::Issued || assignment->state == AssignmentState::Ended) return conflict("plan.line_not_open");
    if (line.version && assignment->version != *line.version) return conflict("plan.line_changed_meanwhile");
    return FoundLine{*std::move(plan), *std::move(assignment)};
}

Ref ref_of(const Work& work, const Assignment& assignment) { return {"plan.assignment", work.authority, assignment.id}; }

Message news_of(const FoundLine& found, std::string key, std::vector<std::pair<std::string, std::string>> args) {
    return {.key = std::move(key), .args = std::move(args), .path = line_path(found.assignment), .about = found.plan.title};
}

bool may_report(const Work& work, const FoundLine& found) {
    return standing_of(work, found.plan, found.assignment) != Standing::None;
}

bool may_confirm(const Work& work, const FoundLine& found) {
    return identity::may_in_unit(work, kConfirm, found.plan.aggregating_unit);
}

void touch(Work& work, const Assignment& assignment) {
    LOA_CHECK(work.db.run("plan.touch_assignment", {work.authority, assignment.id, assignment.version}) == 1);
}

}  // namespace loa::plan
