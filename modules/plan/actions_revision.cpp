// The next revision of an issued plan: an amendment with a number of its own, or the mending of a misreading.
#include "actions.h"
#include "draft.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "verbs.h"

namespace loa::plan {

namespace {

/// A revision with the words, confirmations and additions of the one in force, under the same ids of
/// activities and duties. An amendment starts without the number and day of the paper it amends.
Result<Id> copy_revision(Work& work, const Plan& plan, RevisionKind kind, std::optional<std::string> reason) {
    Content content = content_of(work, *plan.issued_revision);
    Revision revision = content.revision;
    revision.id = work.new_id();
    revision.kind = kind;
    revision.ordinal = revisions_by_plan(work, plan.id).front().ordinal + 1;
    revision.reason = std::move(reason);
    revision.proposed_by = kind == RevisionKind::Correction ? std::optional(work.actor.person) : std::nullopt;
    if (kind == RevisionKind::Amendment) {
        revision.head.number.reset();
        revision.head.date = {};
        revision.head_fields.clear();  // of another paper
        revision.head_confirmed_by.reset();  // its own head has not been seen yet; a correction's is the same paper's
    }
    write_revision(work, revision);
    if (kind == RevisionKind::Correction) {
        const auto lines = source_lines(work, *plan.issued_revision);
        if (!lines.empty()) work.db.run("plan.insert_source", {work.authority, revision.id, joined(lines, "\n")});
    }
    for (auto& clause : content.clauses) {
        clause.id = work.new_id();
        if (kind == RevisionKind::Amendment) clause.review.lines.reset();
        write_clause(work, revision.id, clause);
    }
    for (auto& activity : content.activities) {
        if (activity.dropped) continue;
        if (kind == RevisionKind::Amendment) activity.review.lines.reset(), activity.fields.clear();
        write_activity(work, revision.id, activity);
    }
    for (auto& duty : content.duties) {
        if (duty.dropped) continue;
        if (kind == RevisionKind::Amendment) duty.review.lines.reset();
        write_duty(work, revision.id, duty);
    }
    LOA_CHECK(work.db.run("plan.set_plan_state", {work.authority, plan.id, text_of(plan.state), plan.issued_revision,
                                                  revision.id, plan.version}) == 1);
    return revision.id;
}

Result<Plan> find_amendable(Work& work, const TakeStep& input) {
    auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan;
    if (!identity::may_in_unit(work, kDraft, plan->drafting_unit)) return forbidden("plan.not_drafting_unit");
    if (plan->state != PlanState::Issued || plan->version != input.version) return conflict("plan.step_taken_already");
    if (plan->draft_revision) return conflict("plan.draft_exists");
    return plan;
}

}  // namespace

Result<Id> amend_plan(Work& work, const TakeStep& input) {
    auto plan = find_amendable(work, input);
    if (!plan) return plan.failure();
    const std::string reason = squeezed(input.reason);
    auto revision = copy_revision(work, *plan, RevisionKind::Amendment,
                                  reason.empty() ? std::nullopt : std::optional(reason));
    identity::record(work, {"plan.plan", work.authority, plan->id}, "plan.amendment_started",
                     {{"state", "", std::string(text_of(RevisionState::Draft))}, {"reason", "", reason}});
    return revision;
}

Result<Id> correct_reading(Work& work, const TakeStep& input) {
    auto plan = find_amendable(work, input);
    if (!plan) return plan.failure();
    const std::string reason = squeezed(input.reason);
    if (reason.empty()) return invalid("reason", "plan.reason_missing");
    auto revision = copy_revision(work, *plan, RevisionKind::Correction, reason);
    identity::record(work, {"plan.plan", work.authority, plan->id}, "plan.correction_started",
                     {{"state", "", std::string(text_of(RevisionState::Draft))}, {"reason", "", reason}});
    return revision;
}

Result<> abandon_revision(Work& work, const TakeStep& input) {
    auto draft = open_draft(work, input.plan);
    if (!draft) return draft.failure();
    if (!draft->plan.issued_revision) return conflict("plan.nothing_in_force");
    if (draft->revision.version != input.version) return changed_meanwhile(work, draft->revision);
    work.db.run("plan.set_revision_state", {work.authority, draft->revision.id, text_of(RevisionState::Withdrawn),
                                            work.now, work.actor.person, draft->revision.version});
    LOA_CHECK(work.db.run("plan.set_plan_state",
                          {work.authority, draft->plan.id, text_of(draft->plan.state), draft->plan.issued_revision,
                           std::optional<Id>(), draft->plan.version}) == 1);
    identity::record(work, {"plan.plan", work.authority, input.plan}, "plan.revision_abandoned",
                     {{"state", std::string(text_of(draft->revision.state)), std::string(text_of(RevisionState::Withdrawn))}});
    return Done{};
}

}  // namespace loa::plan
