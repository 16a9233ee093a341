// What monitoring keeps by unit goes on when the unit ends.
#pragma once

#include "loa/identity/unit_changes.h"

namespace loa::monitoring {

/// On the day of a change of units: calendar addresses and letters in draft go to the unit of this authority that takes the
/// people, else to the only one that carries on.
void pass_on(Work& work, const identity::UnitChangeSet& set);

}  // namespace loa::monitoring
