// Columns seen from where words stand, without rules: the heading and signature of a document, and tables.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "loa/formats/document.h"
#include "page_words.h"

namespace loa::formats {

/// A table that begins at lines[at], moving `at` past it; its line numbers are left to the caller. Two
/// columns are one row of two cells (what stands side by side in a heading belongs together); in more, each
/// line with words in the first column begins a row, and a heading repeated on the next page is left out.
std::optional<Table> read_printed_table(const std::vector<PrintedLine>& lines, std::size_t& at);

}  // namespace loa::formats
