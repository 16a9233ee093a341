#pragma once

#include "loa/base/registry.h"

namespace loa::tasks {

/// Some tasks in the invented commune, so that its boards are not empty.
void join_demonstration(Registry& registry);

}  // namespace loa::tasks
