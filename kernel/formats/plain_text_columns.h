// Text that stands side by side: the heading and the signature of a document, and tables, typed with blanks.
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

/// A table of three columns or more from `at`, whose header begins with "STT" or "TT"; a row begins where its
/// first column holds something, other lines go on with it. `at` is moved past it.
std::optional<Table> read_grid(const std::vector<std::string>& lines, std::size_t& at);

}  // namespace loa::formats
