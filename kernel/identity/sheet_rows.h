// A table with one record a row, as offices keep them: found by the headings of its columns, read cell by cell. For the
// files about tables of units and of people.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loa/base/date.h"
#include "loa/formats/sheet.h"
#include "loa/identity/imports.h"

namespace loa::identity {

/// Folded words above a column, and which column they mean; column 0 holds the names of the records.
using Headings = std::unordered_map<std::string, std::size_t>;

struct FoundTable {
    const formats::Sheet* sheet = nullptr;
    std::size_t heading_row = 0;  // index into its rows
    std::vector<int> places;      // where each column stands; -1 where the file has none

    /// Those below the headings in which some column says something.
    std::vector<const formats::SheetRow*> rows() const;
};
/// The first row near the top of a sheet that is not hidden which names the column of names and one more, or it alone
/// where no row does better. Invalid (beside "file"): `none_key` where there is none; a heading twice.
Result<FoundTable> find_table(const std::vector<formats::Sheet>& sheets, const Headings& headings, std::size_t columns, std::string_view none_key);

/// What every row has, whatever it tells. The enumerators of Column are numbered from 0 and have a code().
template <class Column, std::size_t columns>
struct TableRow {
    int number = 0;
    BadRow bad;                                  // no faults: sound so far
    std::array<std::string, columns> addresses;  // "" where the file has no such column

    void fault(Column column, std::string key, std::vector<std::pair<std::string, std::string>> args = {}) {
        bad.faults.push_back({addresses[static_cast<std::size_t>(column)], {std::string(code(column)), std::move(key), std::move(args)}});
    }
};

/// Reads the cells of rows; what is wrong with one becomes a fault of its row.
class CellReader {
  public:
    explicit CellReader(const std::vector<int>& places) : places_(places) {}

    template <class Row>
    void begin(const formats::SheetRow& from, Row& row) const {
        row.number = row.bad.number = from.number;
        for (std::size_t column = 0; column < row.addresses.size(); ++column)
            if (places_[column] >= 0) row.addresses[column] = formats::cell_address(from.number, places_[column]);
    }
    const formats::SheetCell* cell(const formats::SheetRow& from, std::size_t column) const {
        return places_[column] < 0 ? nullptr : from.at(places_[column]);
    }

    /// As it stands; "" also where the cell is faulty.
    template <class Row, class Column>
    std::string raw(const formats::SheetRow& from, Row& row, Column column) {
        const auto* found = cell(from, static_cast<std::size_t>(column));
        if (!found) return "";
        if (found->formula) ++formulas_;
        if (auto wrong = fault_of(*found)) row.fault(column, wrong->key, wrong->args);
        return found->kind == formats::CellKind::Error ? "" : found->text;
    }
    /// Without blanks at its ends, and one between words.
    template <class Row, class Column>
    std::string text(const formats::SheetRow& from, Row& row, Column column) {
        return squeezed_words(raw(from, row, column));
    }
    /// The record's own name; `missing_key` where there is none.
    template <class Row, class Column>
    std::string name(const formats::SheetRow& from, Row& row, Column column, std::string_view missing_key) {
        const std::string found = text(from, row, column);
        row.bad.name = found;
        if (const auto* at = cell(from, static_cast<std::size_t>(column)); at && at->merged)
            row.fault(column, "identity.import_merged_name");
        else if (found.empty() && row.bad.faults.empty())
            row.fault(column, std::string(missing_key));
        if (is_too_long(found)) row.fault(column, "identity.import_name_long", {{"limit", std::to_string(kLongestName)}});
        return found;
    }
    template <class Row, class Column>
    std::optional<Date> day(const formats::SheetRow& from, Row& row, Column column) {
        const std::string words = text(from, row, column);
        if (words.empty()) return std::nullopt;
        const auto& at = *cell(from, static_cast<std::size_t>(column));
        const auto found = day_in(at, words);
        if (!found) {
            auto wrong = fault_of_day(at, words);
            row.fault(column, wrong.key, wrong.args);
        }
        return found;
    }
    /// Cells whose worked-out value was taken.
    std::size_t formulas() const { return formulas_; }

    static constexpr std::size_t kLongestName = 300;  // letters

  private:
    static std::optional<Problem> fault_of(const formats::SheetCell& cell);
    static std::string squeezed_words(std::string_view text);
    static bool is_too_long(std::string_view name);
    static std::optional<Date> day_in(const formats::SheetCell& cell, std::string_view words);
    static Problem fault_of_day(const formats::SheetCell& cell, std::string_view words);

    std::vector<int> places_;
    std::size_t formulas_ = 0;
};

}  // namespace loa::identity
