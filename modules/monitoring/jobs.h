#pragma once

#include "loa/base/registry.h"

namespace loa::monitoring {

void join_jobs(Registry& registry);

}  // namespace loa::monitoring
