// Demonstration plans.
#pragma once

#include <string>

#include "loa/base/registry.h"

namespace loa::plan {

void join_demonstration(Registry& registry);
/// The office of the invented commune that drafts its plans (data/demo_unit.txt).
std::string demonstration_drafting_unit();

}  // namespace loa::plan
