#include "progress_rows.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "loa/base/text.h"
#include "typed.h"

namespace loa::plan {

namespace {

using formats::CellKind;
using formats::SheetCell;
using formats::SheetRow;
using Column = ProgressColumn;

constexpr std::size_t kLongestWords = 1500, kLongestPlace = 300;
constexpr double kLargestAmount = 1e9;

class RowReader {
  public:
    RowReader(const ProgressTable& table, Date today) : table_(table), today_(today) {}

    /// `before` and `after` stand next to it, or are null.
    ProgressRow read(const SheetRow& from, const SheetRow* before, const SheetRow* after) {
        ProgressRow row;
        row.number = from.number;
        row.code = words(from, row, Column::Code);
        row.ordinal = words(from, row, Column::Ordinal);
        row.content = words(from, row, Column::Content);
        row.unit = words(from, row, Column::Unit);
        row.target = words(from, row, Column::Target);
        row.what = words(from, row, Column::What);
        row.place = words(from, row, Column::Place);
        row.link = words(from, row, Column::Link);
        if (length(row.what) > kLongestWords) fault(row, Column::What, "plan.progress_words_long", {{"limit", std::to_string(kLongestWords)}});
        if (length(row.place) > kLongestPlace) fault(row, Column::Place, "plan.progress_words_long", {{"limit", std::to_string(kLongestPlace)}});
        if (goes_on_in(from, before) || goes_on_in(from, after)) fault(row, Column::Amount, "plan.progress_amount_merged");
        else read_amount(from, row);
        read_day(from, row);
        return row;
    }

    /// The row has a cell where what was done would stand.
    bool says_something(const SheetRow& from) const {
        for (const auto column : {Column::Amount, Column::What, Column::Link}) {
            const auto* found = cell(from, column);
            if (found == nullptr || is_title(from, *found)) continue;
            const auto text = trimmed(found->text);
            if (found->formula || (!text.empty() && text != "0" && text != "-")) return true;
        }
        return false;
    }
    bool names_line(const SheetRow& from) const { return cell(from, Column::Content) != nullptr || cell(from, Column::Code) != nullptr; }
    bool is_sum(const SheetRow& from) const {
        for (const auto column : {Column::Ordinal, Column::Content})
            if (const auto* found = cell(from, column); found != nullptr && begins_a_sum(found->text)) return true;
        return false;
    }
    std::size_t formulas() const { return formulas_; }

  private:
    const SheetCell* cell(const SheetRow& from, Column column) const { return table_.places.has(column) ? from.at(table_.places.of(column)) : nullptr; }

    /// "I. HOẠT ĐỘNG TRÊN TRUYỀN THANH", merged across the row.
    bool is_title(const SheetRow& from, const SheetCell& found) const {
        if (!found.merged) return false;
        for (const auto column : {Column::Code, Column::Ordinal, Column::Content})
            if (const auto* other = cell(from, column); other != nullptr && other->merged && other->text == found.text) return true;
        return false;
    }

    /// Its amount is one cell with that of the next row.
    bool goes_on_in(const SheetRow& from, const SheetRow* next) const {
        const auto* own = cell(from, Column::Amount);
        if (own == nullptr || !own->merged || next == nullptr || std::abs(next->number - from.number) != 1) return false;
        const auto* other = cell(*next, Column::Amount);
        return other != nullptr && other->merged && other->text == own->text;
    }

    void fault(ProgressRow& row, Column column, std::string key, std::vector<std::pair<std::string, std::string>> args = {}) const {
        row.faults.push_back({row.address(table_, column), {"", std::move(key), std::move(args)}});
    }

    /// The cell, where it can be read; an error of the sheet, or a formula that nobody has worked out, is a fault.
    const SheetCell* sound(const SheetRow& from, ProgressRow& row, Column column) {
        const auto* found = cell(from, column);
        if (found == nullptr) return nullptr;
        if (found->kind == CellKind::Error) {
            fault(row, column, "plan.progress_cell_error", {{"error", shortened(found->text, 20)}});
            return nullptr;
        }
        if (found->formula && found->text.empty()) {
            fault(row, column, "plan.progress_formula_empty");
            return nullptr;
        }
        formulas_ += found->formula;
        return found;
    }

    std::string words(const SheetRow& from, ProgressRow& row, Column column) {
        const auto* found = sound(from, row, column);
        return found == nullptr ? std::string() : squeezed(found->text);
    }

    void read_amount(const SheetRow& from, ProgressRow& row) {
        const auto* found = sound(from, row, Column::Amount);
        if (found == nullptr) return;
        const std::string text = squeezed(found->text);
        if (text.empty() || text == "-") return;
        std::optional<double> amount;
        if (found->kind == CellKind::Number) {
            double number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error == std::errc() && end == text.data() + text.size()) amount = number;
        } else if (found->kind == CellKind::Text) {
            const auto blank = text.find(' ');
            amount = typed_amount(text.substr(0, blank));
            if (amount && blank != std::string::npos) row.amount_word = text.substr(blank + 1);
        }
        // As exact as evidence is kept.
        if (amount) amount = std::round(*amount * 1000) / 1000;
        if (!amount || !(*amount >= 0) || *amount > kLargestAmount) return fault(row, Column::Amount, "plan.progress_amount_unreadable", {{"text", shortened(text, 40)}});
        if (*amount > 0) row.amount = amount;
    }

    void read_day(const SheetRow& from, ProgressRow& row) {
        const auto* found = sound(from, row, Column::Day);
        if (found == nullptr) return;
        const std::string text = squeezed(found->text);
        if (text.empty()) return;
        row.day = Date::parse_vietnamese(found->kind == CellKind::Day ? text.substr(0, text.find(' ')) : text);
        if (!row.day) return fault(row, Column::Day, found->kind == CellKind::Number ? "plan.progress_day_is_number" : "plan.progress_day_unreadable", {{"text", shortened(text, 40)}});
        if (*row.day > today_) fault(row, Column::Day, "plan.progress_day_ahead", {{"day", row.day->vietnamese()}});
    }

    const ProgressTable& table_;
    Date today_;
    std::size_t formulas_ = 0;
};

}  // namespace

std::string ProgressRow::address(const ProgressTable& table, ProgressColumn column) const {
    return table.places.has(column) ? formats::cell_address(number, table.places.of(column)) : "";
}

Result<ProgressRows> progress_rows(const formats::Sheet& sheet, const ProgressTable& table, Date today) {
    ProgressRows result;
    RowReader reader(table, today);
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        const SheetRow& row = sheet.rows[i];
        if (row.number < table.first_row) continue;
        if (reader.is_sum(row)) {
            ++result.sums;
        } else if (!reader.says_something(row)) {
            result.blank += reader.names_line(row);
        } else {
            if (result.rows.size() == kMostProgressRows) return invalid("file", "plan.progress_too_many_rows", {{"limit", std::to_string(kMostProgressRows)}});
            result.rows.push_back(reader.read(row, i > 0 ? &sheet.rows[i - 1] : nullptr, i + 1 < sheet.rows.size() ? &sheet.rows[i + 1] : nullptr));
        }
    }
    result.formulas = reader.formulas();
    return result;
}

}  // namespace loa::plan
