// /ke-hoach: the list of plans.
#pragma once

#include "loa/base/registry.h"

namespace loa::plan {

void join_list_page(Registry& registry);

}  // namespace loa::plan
