// What a plan in force leaves open at units that end.
#pragma once

#include "loa/identity/unit_changes.h"

namespace loa::plan {

/// Said where a change of units is prepared (identity::preview_lines): the open assignments of each unit that ends. They
/// stay where they are; their plans keep the names that they were issued with.
identity::UnitChangePreview open_assignments();

}  // namespace loa::plan
