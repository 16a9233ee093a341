// Who may do what with a plan, beyond what a role may: where the person stands to the plan decides.
#pragma once

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// The plan, once it is issued; before that as may_read_draft. By a personal link, the plan it is for.
bool may_read(const Work& work, const Plan& plan);
/// A revision that is not issued yet: the drafting and the aggregating unit's people, leaders, auditors.
bool may_read_draft(const Work& work, const Plan& plan);
/// Adds to the plan what the paper leaves open: people of the drafting and of the aggregating office.
bool may_complete(const Work& work, const Plan& plan);
/// What lower committees made of their lines, all of them: people of the drafting and of the aggregating office, leaders, auditors.
bool may_read_children(const Work& work, const Plan& plan);
/// Drafts work that the plan does not have: people of the drafting and of the aggregating office, leaders.
bool may_supplement(const Work& work, const Plan& plan);
/// Says who takes over from a unit that ends: people of the drafting and of the aggregating office, leaders.
bool may_pass_on(const Work& work, const Plan& plan);
/// Lets somebody answer for the unit without an account: its host unit, the aggregating office, leaders.
bool may_give_link(const Work& work, const Plan& plan, Id unit);
/// The drafting office may hand the confirming over while the plan is being made or carried out.
bool may_set_aggregating_unit(const Work& work, const Plan& plan);
/// A second person of the drafting office, who neither asked for the correction nor sent its words on.
bool may_agree(const Work& work, const Plan& plan, const Revision& draft);
/// A leader; a correction also who may agree to it: whoever is asked can say no.
bool may_return(const Work& work, const Plan& plan, const Revision& draft);

}  // namespace loa::plan
