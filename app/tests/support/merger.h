// Units of a commune that end on a day, prepared and carried out as administrators and the job do: for tests of what becomes
// of their work.
#pragma once

#include <string>
#include <vector>

#include "loa/identity/unit_changes.h"
#include "tests/support/commune.h"

namespace loa::app {

struct Ending {
    Id unit;
    identity::ClosingKind closing = identity::ClosingKind::Merged;
    std::vector<Id> successors;  // 0: the unit that begins with the set; the first takes the people
};

/// A set of changes for that day, confirmed: the units end; `begins` is the name of one that begins below the committee, or "".
/// Gives the unit that begins.
Id confirm_changes(Commune& commune, const std::string& name, Date day, const std::string& begins, identity::UnitKind kind,
                   const std::vector<Ending>& endings);
/// Five past midnight of that day.
void dawn(Commune& commune, Date day);

}  // namespace loa::app
