// The two kinds of table that Markdown files hold.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "loa/formats/document.h"

namespace loa::formats {

/// Reads the pipe table whose first line is lines[at] and moves `at` past it. Lines are counted from 0 here.
Table read_pipe_table(const std::vector<std::string>& lines, std::size_t& at);

/// The same for "<table …>" to "</table>", or to the end of the file. A table inside a cell is read as text.
Table read_html_table(const std::vector<std::string>& lines, std::size_t& at);

/// No table of a plan is wider or longer; what stands beyond is left out.
inline constexpr int kMostColumns = 64;
inline constexpr int kMostRows = 20'000;

}  // namespace loa::formats
