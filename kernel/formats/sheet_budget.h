// What the sheets of one file have cost so far, whichever reader it is.
#pragma once

#include <optional>

#include "file_problems.h"
#include "loa/formats/read_spreadsheet.h"

namespace loa::formats {

class SheetBudget {
  public:
    explicit SheetBudget(const SheetLimits& limits) : limits_(limits) {}

    const SheetLimits& limits() const { return limits_; }
    std::optional<Failure> refuse_place(int row_number, int column) const {
        if (row_number > limits_.rows) return file_problem("formats.too_many_rows", {{"limit", std::to_string(limits_.rows)}});
        if (column >= limits_.columns)
            return file_problem("formats.too_many_columns", {{"limit", std::to_string(limits_.columns)}});
        return std::nullopt;
    }
    /// Takes a cell into account; a failure when it is one too many.
    std::optional<Failure> spend(const SheetCell& cell) {
        text_ += cell.text.size();
        if (++cells_ > limits_.cells || text_ > limits_.text)
            return file_problem("formats.too_many_cells", {{"limit", std::to_string(limits_.cells)}});
        return std::nullopt;
    }
    std::optional<Failure> spend_merged_area() { return ++merged_ > limits_.merged ? too_many_merged() : std::nullopt; }
    /// Areas must not overlap, but who would hurt us lets them: each square that is looked at counts.
    std::optional<Failure> spend_square() { return ++squares_ > 2 * limits_.cells ? too_many_merged() : std::nullopt; }

  private:
    std::optional<Failure> too_many_merged() const {
        return file_problem("formats.too_many_merged", {{"limit", std::to_string(limits_.merged)}});
    }

    SheetLimits limits_;
    std::size_t cells_ = 0;
    std::size_t text_ = 0;
    std::size_t merged_ = 0;
    std::size_t squares_ = 0;
};

}  // namespace loa::formats
