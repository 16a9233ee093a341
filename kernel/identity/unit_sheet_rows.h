// From cells to what a row of a table of units says; for the files about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/identity/unit_sheets.h"
#include "sheet_rows.h"

namespace loa::identity {

/// One row, read by itself: nothing here needs the others or the tree.
struct UnitRow : TableRow<UnitColumn, kUnitColumns> {
    std::string name, short_name;
    std::vector<std::string> parent;  // "UBND xã > Trường học" by its parts; empty: directly below the committee
    std::optional<UnitKind> kind;
    std::optional<Date> valid_from;
    std::optional<std::int64_t> headcount, population, position;
    std::vector<std::string> aliases;
};

struct UnitRows {
    std::vector<UnitRow> rows;
    std::size_t formulas = 0;
};
/// Invalid, as try_import.
Result<UnitRows> unit_rows(const Work& work, const std::vector<formats::Sheet>& sheets);

}  // namespace loa::identity
