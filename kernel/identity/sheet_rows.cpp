#include "sheet_rows.h"

#include <algorithm>

#include "loa/base/text.h"

namespace loa::identity {

namespace {
using formats::CellKind;
using formats::SheetCell;

Result<std::optional<std::vector<int>>> headings_in(const formats::SheetRow& row, const Headings& headings, std::size_t columns) {
    std::vector<int> places(columns, -1);
    for (const SheetCell& cell : row.cells) {
        const auto found = headings.find(fold(trimmed(cell.text)));
        if (found == headings.end()) continue;
        int& place = places[found->second];
        if (place >= 0 && !cell.merged)
            return invalid("file", "identity.import_heading_twice", {{"heading", squeezed(cell.text)}, {"cell", formats::cell_address(row.number, cell.column)}});
        if (place < 0) place = cell.column;
    }
    return places.front() < 0 ? std::optional<std::vector<int>>() : std::optional(std::move(places));
}
}  // namespace

std::vector<const formats::SheetRow*> FoundTable::rows() const {
    std::vector<const formats::SheetRow*> found;
    for (std::size_t i = heading_row + 1; i < sheet->rows.size(); ++i) {
        const formats::SheetRow& row = sheet->rows[i];
        if (std::any_of(places.begin(), places.end(), [&](int place) { return place >= 0 && row.at(place) != nullptr; })) found.push_back(&row);
    }
    return found;
}

Result<FoundTable> find_table(const std::vector<formats::Sheet>& sheets, const Headings& headings, std::size_t columns, std::string_view none_key) {
    constexpr std::size_t kNearTheTop = 30;
    std::optional<FoundTable> alone;
    for (const formats::Sheet& sheet : sheets) {
        if (sheet.hidden) continue;
        for (std::size_t i = 0; i < std::min(kNearTheTop, sheet.rows.size()); ++i) {
            const auto places = headings_in(sheet.rows[i], headings, columns);
            if (!places) return places.failure();
            if (!*places) continue;
            FoundTable found{&sheet, i, **places};
            if (std::count_if(found.places.begin(), found.places.end(), [](int place) { return place >= 0; }) > 1) return found;
            if (!alone) alone = std::move(found);
        }
    }
    if (!alone) return invalid("file", std::string(none_key));
    return *std::move(alone);
}

std::optional<Problem> CellReader::fault_of(const SheetCell& cell) {
    if (cell.kind == CellKind::Error) return Problem{"", "identity.import_cell_error", {{"error", shortened(cell.text, 20)}}};
    if (cell.formula && cell.text.empty()) return Problem{"", "identity.import_formula_empty", {}};
    return std::nullopt;
}

std::string CellReader::squeezed_words(std::string_view text) {
    return squeezed(text);
}

bool CellReader::is_too_long(std::string_view name) {
    return length(name) > kLongestName;
}

std::optional<Date> CellReader::day_in(const SheetCell& cell, std::string_view words) {
    return Date::parse_vietnamese(cell.kind == CellKind::Day ? words.substr(0, words.find(' ')) : words);
}

Problem CellReader::fault_of_day(const SheetCell& cell, std::string_view words) {
    return {"", cell.kind == CellKind::Number ? "identity.import_day_is_number" : "identity.import_day_unknown", {{"day", shortened(words, 40)}}};
}

}  // namespace loa::identity
