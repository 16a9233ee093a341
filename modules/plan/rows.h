// From rows to nouns, where more than one file of queries needs it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/storage/value.h"
#include "types.h"

namespace loa::plan {

std::optional<Addition> addition_from(const storage::Row& row);
PlannedTarget target_from(const storage::Row& row);
/// plan_activity_revision.field_lines and back; nothing where no field is known.
std::vector<FieldReading> field_lines_from(const std::optional<std::string>& text);
std::optional<std::string> field_lines_text(const std::vector<FieldReading>& fields);
/// plan_revision.head_lines and back, likewise.
std::vector<HeadReading> head_lines_from(const std::optional<std::string>& text);
std::optional<std::string> head_lines_text(const std::vector<HeadReading>& fields);
Assignment assignment_from(const storage::Row& row);
Occurrence occurrence_from(const storage::Row& row);

}  // namespace loa::plan
