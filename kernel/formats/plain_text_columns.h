// Text that stands side by side: the heading and the signature of a document typed with blanks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "loa/formats/document.h"

namespace loa::formats {

/// A run of lines from `at` that shows two columns becomes a table of one row and two cells, with `at` moved
/// past it. Nothing when the lines are one column.
std::optional<Table> read_columns(const std::vector<std::string>& lines, std::size_t& at);

}  // namespace loa::formats
