#include "loa/formats/sheet.h"

#include <algorithm>

namespace loa::formats {

const SheetCell* SheetRow::at(int column) const {
    const auto found = std::lower_bound(cells.begin(), cells.end(), column,
                                        [](const SheetCell& cell, int wanted) { return cell.column < wanted; });
    return found != cells.end() && found->column == column ? &*found : nullptr;
}

std::string column_letters(int column) {
    std::string letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters;
}

std::string cell_address(int row_number, int column) { return column_letters(column) + std::to_string(row_number); }

}  // namespace loa::formats
