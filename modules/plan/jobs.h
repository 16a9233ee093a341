// What plan does when something lower down has news.
#pragma once

#include "loa/base/registry.h"

namespace loa::plan {

void join_jobs(Registry& registry);

}  // namespace loa::plan
