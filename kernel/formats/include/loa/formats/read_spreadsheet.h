// The one door through which a spreadsheet comes in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/formats/sheet.h"

namespace loa::formats {

/// What reading one spreadsheet may cost. A file within these takes under 300 MB and 10 s.
struct SheetLimits {
    std::size_t bytes = 16U << 20;   // of the file
    std::size_t sheets = 64;
    int rows = 200'000;              // the number of the last row of a sheet
    int columns = 1'000;
    std::size_t cells = 1'200'000;   // of all sheets, that hold something
    std::size_t text = 48U << 20;    // bytes of all cells
    std::size_t merged = 10'000;     // merged areas of all sheets
};

/// Reads .xlsx (ECMA-376; the transitional and the strict form) and .csv (RFC 4180): UTF-8, UTF-16 or Windows-1258,
/// parted by semicolons, commas or tabs. The bytes decide what a file is; a name whose ending says something else is
/// refused. A .csv is one sheet without a name. A failure has exactly one Problem, beside the field "file".
Result<std::vector<Sheet>> read_spreadsheet(std::string_view bytes, std::string_view file_name,
                                            const SheetLimits& limits = {});

}  // namespace loa::formats
