// From rows to nouns, where more than one file of queries needs it.
#pragma once

#include <optional>

#include "loa/storage/value.h"
#include "types.h"

namespace loa::plan {

std::optional<Addition> addition_from(const storage::Row& row);
PlannedTarget target_from(const storage::Row& row);
Assignment assignment_from(const storage::Row& row);

}  // namespace loa::plan
