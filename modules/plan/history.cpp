#include "history.h"

#include "queries.h"

namespace loa::plan {

std::vector<identity::TimelineLine> history_of(Work& work, const Plan& plan, const Ref& subject) {
    auto lines = identity::timeline_of(work, subject);
    if (may_read_draft(work, plan)) return lines;
    for (const auto& revision : revisions_by_plan(work, plan.id)) {
        if (revision.state == RevisionState::Issued) continue;
        const bool over = revision.state == RevisionState::Withdrawn;
        std::erase_if(lines, [&](const identity::TimelineLine& line) {
            return line.at >= revision.created_at && (!over || line.at < revision.changed_at);
        });
    }
    return lines;
}

std::optional<Step> last_refusal(Work& work, const Plan& plan) {
    const auto steps = steps_by_plan(work, plan.id);
    if (steps.empty() || !steps.front().reason) return std::nullopt;
    const bool returned =
        steps.front().name == "returned" && plan.draft_revision && may_read_draft(work, plan);
    if (!returned && steps.front().name != "withdrawn") return std::nullopt;
    return steps.front();
}

}  // namespace loa::plan
