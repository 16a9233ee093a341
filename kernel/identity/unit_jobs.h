// What happens to units by the clock.
#pragma once

#include "loa/base/registry.h"

namespace loa::identity {

/// Carries out changes whose day has come, forgets lists that nobody took over.
void add_unit_jobs(Registry& registry);

}  // namespace loa::identity
