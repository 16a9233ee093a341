// Pages that belong to no slice: the front door.
#pragma once

#include "loa/base/registry.h"

namespace loa::app {

void join_pages(Registry& registry);

}  // namespace loa::app
