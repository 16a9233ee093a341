// loa search rebuild.
#pragma once

#include "loa/base/registry.h"

namespace loa::search {

void join_commands(Registry& registry);

}  // namespace loa::search
