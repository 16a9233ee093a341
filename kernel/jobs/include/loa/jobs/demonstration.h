// Made-up data to try the program on: registry.add(Demonstration{…}); `loa demo` loads all of it once.
#pragma once

#include <functional>
#include <ostream>

#include "loa/base/registry.h"
#include "loa/web/route.h"

namespace loa::jobs {

struct Demonstration {
    int order = 0;  // the authority and its people come first (0), what stands on them later
    /// Writes to `out` what a person needs to know to try it: accounts, addresses.
    std::function<void(const Registry&, web::Services&, std::ostream& out)> load;
};

}  // namespace loa::jobs
