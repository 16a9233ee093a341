// loa plan …
#pragma once

#include "loa/base/registry.h"

namespace loa::plan {

void join_commands(Registry& registry);

}  // namespace loa::plan
