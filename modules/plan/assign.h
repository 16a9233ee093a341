// From what a revision says to who does what: one assignment per unit and activity or duty (house.md §5).
#pragma once

#include <set>
#include <vector>

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

struct AssignmentChanges {
    std::vector<Assignment> added, changed, ended;
};

/// Makes the plan's assignments fit the revision on that day: a class reference ("UBND các xã, phường") fans
/// out to the units it means then; a unit named twice keeps one line with both roles; a duty that nobody
/// attached to an activity is a line of its own, an attached one makes its unit a partner of the activity. Who
/// is named no longer keeps the record, ended by this revision. The activity's targets become those of the unit that
/// holds them, unless a person has given units their shares.
AssignmentChanges assign_units(Work& work, const Plan& plan, const Content& content, Date day);

/// The same where nothing but that activity has changed: what else the plan asks for is neither read anew nor written.
AssignmentChanges assign_activity(Work& work, const Plan& plan, const Content& content, Date day, Id activity);

/// The units whose work a change of the plan in force touches: lines made, changed or ended, and lines of reworded
/// items. `before` is none at the first issue.
std::set<Id> concerned_units(Work& work, const AssignmentChanges& changes, const Content* before, const Content& after);

/// The units of a party on that day: itself, or the members of its group.
std::vector<Id> units_of(Work& work, const Party& party, Date day);

}  // namespace loa::plan
