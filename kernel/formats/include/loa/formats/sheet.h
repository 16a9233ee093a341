// A spreadsheet as a reader of plain words sees it: rows of cells with their addresses. The readers of .xlsx and
// .csv make it (read_spreadsheet.h); who looks for meaning starts here and never sees the format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loa::formats {

enum class CellKind : std::uint8_t {
    Text,
    Number,  // "12", "0.5": a point, no groups, whatever the sheet shows
    Day,     // "05/01/2024"; with a time of day "05/01/2024 09:40", or that alone
    Truth,   // "TRUE", "FALSE"
    Error    // "#REF!": the program that made the file could not work it out
};

struct SheetCell {
    int column = 0;  // from 0
    CellKind kind = CellKind::Text;
    bool formula = false;  // `text` is what the program that saved the file had worked out; "" if it had not
    bool merged = false;   // covered by a merged cell: `text` is that one's
    std::string text;      // NFC, white space as it is
};

struct SheetRow {
    int number = 0;  // as the program shows it, from 1
    bool hidden = false;
    std::vector<SheetCell> cells;  // those that hold something, from left to right

    /// Nullptr where nothing stands.
    const SheetCell* at(int column) const;
};

struct Sheet {
    std::string name;  // "" of a .csv
    bool hidden = false;
    std::vector<SheetRow> rows;  // those that hold something of their own, downwards
};

/// "B12".
std::string cell_address(int row_number, int column);
/// "B".
std::string column_letters(int column);

}  // namespace loa::formats
