// Spreadsheets that we hand out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loa/formats/sheet.h"

namespace loa::formats {

struct SheetColumn {
    std::string heading;
    CellKind kind = CellKind::Text;  // of what stands below: Text, Number or Day
    int width = 20;                  // letters
};

/// A table under its headings. Cells are text; in a column of numbers ("12") or days ("05/01/2024") what is none is
/// written as the text it is. Rows may be shorter than the headings.
struct SheetTable {
    std::string name;  // of the sheet; at most 31 letters, none of []:*?/\ .
    std::vector<SheetColumn> columns;
    std::vector<std::vector<std::string>> rows;
};

/// The rows of a table one by one, in place of `rows`; nothing behind the last. A long list is never in memory as a whole.
using NextRow = std::function<std::optional<std::vector<std::string>>()>;

/// .xlsx: headings stay in view, text stays text ("=1+1" and "007" too), nothing becomes a formula.
std::string write_xlsx(const std::vector<SheetTable>& tables);
std::string write_xlsx(const SheetTable& table, const NextRow& next);

/// .csv as Excel opens it by itself: UTF-8 with its mark, semicolons, CRLF. A text that a spreadsheet would take for a
/// formula gets an apostrophe in front, which read_spreadsheet() takes away again.
std::string write_csv(const SheetTable& table);
std::string write_csv(const SheetTable& table, const NextRow& next);

}  // namespace loa::formats
