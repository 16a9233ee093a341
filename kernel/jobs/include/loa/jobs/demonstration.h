// Made-up data to try the program on: registry.add(Demonstration{…}). `loa demo` loads the commune once; the province is what
// `loa bench province` measures.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/web/route.h"

namespace loa::jobs {

struct Demonstration {
    enum class Of { Commune, Province } of = Of::Commune;
    int order = 0;  // the authority and its people come first (0), what stands on them later
    /// Writes to `out` what a person needs to know to try it: accounts, addresses.
    std::function<void(const Registry&, web::Services&, std::ostream& out)> load;
};

/// Everything that was registered for one of them, in order.
void load_demonstration(const Registry& registry, Demonstration::Of of, web::Services& services, std::ostream& out);

/// An embedded table of made-up records: cells parted by tabs, lines that begin with # left out; each row has at
/// least `columns` cells. A table that is not there is our own mistake.
std::vector<std::vector<std::string>> demonstration_table(std::string_view path, std::size_t columns);

}  // namespace loa::jobs
