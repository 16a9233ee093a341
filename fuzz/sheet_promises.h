// What the readers of spreadsheets promise, whatever the file was; a broken promise is a crash.
#pragma once

#include <vector>

#include "loa/base/result.h"
#include "loa/formats/read_spreadsheet.h"
#include "promises.h"

namespace loa::fuzz {

inline void require_promises(const Result<std::vector<formats::Sheet>>& result, const formats::SheetLimits& limits) {
    if (!result) {
        require(result.failure().problems.size() == 1 && !result.failure().problems.front().key.empty());
        return;
    }
    std::size_t cells = 0;
    for (const auto& sheet : *result) {
        int row_before = 0;
        for (const auto& row : sheet.rows) {
            require(row.number > row_before && row.number <= limits.rows && !row.cells.empty());
            row_before = row.number;
            int column_before = -1;
            for (const auto& cell : row.cells) {
                require(cell.column > column_before && cell.column < limits.columns);
                require(is_utf8(cell.text) && (!cell.text.empty() || cell.formula));
                require(row.at(cell.column) == &cell);
                column_before = cell.column;
                ++cells;
            }
        }
    }
    require(cells > 0 && cells <= limits.cells);
}

}  // namespace loa::fuzz
