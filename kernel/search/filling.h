// Fills what an installation has never filled: kinds of records that came with a newer program.
#pragma once

#include "loa/base/registry.h"

namespace loa::search {

/// The job search.fill and its clock. The registry must outlive them.
void join_filling(Registry& registry);

}  // namespace loa::search
