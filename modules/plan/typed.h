// What a person types into a form, read with the same rules as the paper.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "types.h"

namespace loa::plan {

/// Reads what a person typed with the same rules as the paper. A phrase that says no time, or a line without
/// an amount, is a Problem beside its field.
Result<std::optional<PlannedDeadline>> typed_deadline(const std::string& text, int year);
/// "12", "1.234", "87,5"; nothing for anything else.
std::optional<double> typed_amount(std::string_view text);
Result<std::vector<PlannedTarget>> typed_targets(const std::vector<std::string>& lines);

}  // namespace loa::plan
