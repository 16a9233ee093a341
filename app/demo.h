// `loa demo`.
#pragma once

#include "loa/base/registry.h"

namespace loa::app {

void join_demonstration(Registry& registry);

}  // namespace loa::app
