// Where the cells of a Word table stand: spans, merged cells, rules (ECMA-376 part 1, §17.4).
#pragma once

#include <pugixml.hpp>
#include <vector>

#include "docx_styles.h"
#include "loa/base/result.h"

namespace loa::formats {

inline constexpr int kTableColumns = 256;  // Word itself stops at 63
inline constexpr std::size_t kTableCells = 100'000;

struct DocxCell {
    pugi::xml_node node;
    int row = 0, column = 0, rows = 1, columns = 1;
    bool header = false;
};

struct DocxTable {
    int rows = 0, columns = 0;
    std::vector<DocxCell> cells;  // by row, then column; a merged cell once
    bool ruled = false;
};

/// Fails with formats.too_large_inside beyond kTableCells.
Result<DocxTable> shape_of(pugi::xml_node table, DocxStyles& styles);

}  // namespace loa::formats
