// From the cells of a row to what it says was done; nothing here needs the database.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "progress_table.h"

namespace loa::plan {

/// What is wrong with a row: in which cell, if it is one's fault.
struct RowFault {
    std::string cell;  // "B12"; "" for the whole row
    Problem problem;
};

struct ProgressRow {
    int number = 0;  // as the spreadsheet shows it
    std::string code, ordinal, content, unit, target, what, place, link;
    std::optional<double> amount;
    std::string amount_word;  // "lớp" of "3 lớp"
    std::optional<Date> day;
    std::vector<RowFault> faults;

    /// "E12"; "" where the table has no such column.
    std::string address(const ProgressTable& table, ProgressColumn column) const;
};

struct ProgressRows {
    std::vector<ProgressRow> rows;  // those that say something was done
    std::size_t blank = 0;          // rows of lines of which nothing was done
    std::size_t sums = 0;
    std::size_t formulas = 0;       // cells whose worked-out value was taken
};
/// Rows at one go: all become evidence in one transaction.
inline constexpr std::size_t kMostProgressRows = 2'000;

/// Invalid ("file"): more than kMostProgressRows say something, or none does.
Result<ProgressRows> progress_rows(const formats::Sheet& sheet, const ProgressTable& table, Date today);

}  // namespace loa::plan
