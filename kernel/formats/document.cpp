#include "loa/formats/document.h"

namespace loa::formats {

const Cell* Table::at(int row, int column) const {
    for (const auto& cell : cells)
        if (row >= cell.row && row < cell.row + cell.rows && column >= cell.column &&
            column < cell.column + cell.columns)
            return &cell;
    return nullptr;
}

}  // namespace loa::formats
