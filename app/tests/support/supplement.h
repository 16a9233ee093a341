// The leader gives the draft of work that a commune starts with: an activity with a Topic and a day, 30/11/2026.
#pragma once

#include "tests/support/commune.h"

namespace loa::app {

void give_supplement(Commune& commune);

}  // namespace loa::app
