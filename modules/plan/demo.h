// Demonstration plans.
#pragma once

#include "loa/base/registry.h"

namespace loa::plan {

void join_demonstration(Registry& registry);

}  // namespace loa::plan
