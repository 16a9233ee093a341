// Workbooks made in the test, part by part.
#pragma once

#include <string>
#include <string_view>

#include "loa/formats/testing.h"

namespace loa::formats::testing {

/// What differs between the workbooks of the tests; the rest is as Excel writes it.
struct Workbook {
    std::string sheet_data;          // what stands in <sheetData>
    std::string after = "";          // behind it: <mergeCells>…
    std::string shared = "";         // <si>… of the shared texts
    std::string styles = "";         // what stands in <styleSheet>
    std::string workbook_more = "";  // before <sheets>
    std::string sheet_attributes = "";
};
Parts parts_of(const Workbook& workbook);
std::string xlsx_of(const Workbook& workbook);
/// <row r="…"><c r="A…" t="inlineStr">…, one cell for each text.
std::string row_of(int number, std::initializer_list<std::string_view> texts);

}  // namespace loa::formats::testing
