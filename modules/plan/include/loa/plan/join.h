// The plan module's one door for the program.
#pragma once

#include "loa/base/registry.h"

namespace loa::plan {

/// Routes, navigation, verbs, file guard, search source. media must have joined before.
void join(Registry& registry);

}  // namespace loa::plan
