// Tables as lines of text (RFC 4180, and what Excel makes of it).
#pragma once

#include <string_view>

#include "loa/base/result.h"
#include "loa/formats/sheet.h"
#include "sheet_budget.h"

namespace loa::formats {

/// `text` is UTF-8 without a byte order mark. The row number is that of the record: a text that breaks its line
/// stays in one row.
Result<Sheet> read_csv(std::string_view text, SheetBudget& budget);

/// Whether a spreadsheet that opens a .csv would take the text for a formula (OWASP "CSV injection").
bool looks_like_formula(std::string_view text);

}  // namespace loa::formats
