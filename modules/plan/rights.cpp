#include "rights.h"

#include "loa/identity/permissions.h"
#include "personal_link.h"
#include "verbs.h"

namespace loa::plan {

bool may_complete(const Work& work, const Plan& plan) {
    return identity::may_in_unit(work, kDraft, plan.drafting_unit) ||
           identity::may_in_unit(work, kDraft, plan.aggregating_unit);
}

bool may_supplement(const Work& work, const Plan& plan) {
    return identity::may_in_unit(work, kSupplement, plan.drafting_unit) ||
           identity::may_in_unit(work, kSupplement, plan.aggregating_unit);
}

bool may_pass_on(const Work& work, const Plan& plan) {
    return identity::may_in_unit(work, kPassOn, plan.drafting_unit) || identity::may_in_unit(work, kPassOn, plan.aggregating_unit);
}

bool may_read_children(const Work& work, const Plan& plan) {
    return identity::may_in_unit(work, kReadEvidence, plan.drafting_unit) || identity::may_in_unit(work, kConfirm, plan.aggregating_unit) ||
           identity::may_in_unit(work, kDraft, plan.drafting_unit);
}

bool may_read_draft(const Work& work, const Plan& plan) {
    return identity::may_in_unit(work, kReadDrafts, plan.drafting_unit) || may_complete(work, plan);
}

bool may_read(const Work& work, const Plan& plan) {
    if (work.actor.system) return true;
    if (work.actor.link.id) {
        const auto link = link_of_actor(work);
        return link && link->plan == plan.id;
    }
    if (plan.issued_revision) return identity::may(work, kRead);
    return may_read_draft(work, plan);
}

bool may_give_link(const Work& work, const Plan& plan, Id unit) {
    return identity::may_in_unit(work, kGiveLinks, unit) || identity::may_in_unit(work, kReportForOthers, plan.aggregating_unit);
}

bool may_set_aggregating_unit(const Work& work, const Plan& plan) {
    return (plan.state == PlanState::Draft || plan.state == PlanState::Issued) && identity::may_in_unit(work, kDraft, plan.drafting_unit);
}

bool may_agree(const Work& work, const Plan& plan, const Revision& draft) {
    return draft.kind == RevisionKind::Correction && draft.state == RevisionState::UnderReview &&
           draft.proposed_by != work.actor.person && draft.changed_by != work.actor.person &&
           identity::may_in_unit(work, kClose, plan.drafting_unit);
}

bool may_return(const Work& work, const Plan& plan, const Revision& draft) {
    return draft.state == RevisionState::UnderReview && (identity::may_in_unit(work, kApprove, plan.drafting_unit) || may_agree(work, plan, draft));
}

}  // namespace loa::plan
