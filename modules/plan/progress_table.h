// The table of what was done, as it stands in a spreadsheet that an office keeps: where its headings are and what each
// column means. Guessed from the words above the columns (data/progress_columns.txt); the person may say otherwise.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/formats/sheet.h"

namespace loa::plan {

/// Code: the id that Loa's own table gives a line. Content: the activity or duty in words.
enum class ProgressColumn { Code, Ordinal, Content, Unit, Target, Amount, Day, What, Place, Link };
inline constexpr std::array kProgressColumns{ProgressColumn::Code,   ProgressColumn::Ordinal, ProgressColumn::Content, ProgressColumn::Unit, ProgressColumn::Target,
                                             ProgressColumn::Amount, ProgressColumn::Day,     ProgressColumn::What,    ProgressColumn::Place, ProgressColumn::Link};
/// "amount": the name of the form's field and of the heading, "plan.progress_column.amount".
std::string_view code(ProgressColumn column);
std::string column_key(ProgressColumn column);

/// What a number of the table counts: this one time, or everything since the plan began.
enum class Counting { Each, Total };

class ProgressPlaces {
  public:
    ProgressPlaces() { places_.fill(-1); }
    /// -1: the table has none.
    int of(ProgressColumn column) const { return places_[static_cast<std::size_t>(column)]; }
    bool has(ProgressColumn column) const { return of(column) >= 0; }
    void set(ProgressColumn column, int place) { places_[static_cast<std::size_t>(column)] = place; }

  private:
    std::array<int, kProgressColumns.size()> places_{};
};

struct ProgressTable {
    std::size_t sheet = 0;    // index into the file's
    int first_row = 0;        // number of the last row of headings, and of what is below them
    int heading_row = 0;
    ProgressPlaces places;
    Counting counting = Counting::Each;
    struct Heading {
        int column = 0;
        std::string text;
    };
    std::vector<Heading> headings;  // of every column that has one: what a person chooses from
};

/// The table of one sheet; nothing where no row near its top names what was done or a line's code.
std::optional<ProgressTable> progress_table_in(const formats::Sheet& sheet, std::size_t index);
/// The one of the sheets that are not hidden of which most is known.
std::optional<ProgressTable> progress_table_in(const std::vector<formats::Sheet>& sheets);

/// "Tổng cộng": the row of a sum, which counts what stands above it once more.
bool begins_a_sum(std::string_view text);

}  // namespace loa::plan
