#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "loa/base/date.h"
#include "loa/base/text.h"
#include "xlsx.h"

namespace loa::formats {

namespace {

constexpr std::size_t kLongestRow = 4U << 20;  // 16,384 cells of 200 bytes are under it
constexpr int kLastColumn = 16'384;            // XFD, the last there is (18.3.1.73)
constexpr int kLastRow = 1'048'576;

struct Place {
    int row = 0;  // from 1
    int column = 0;
};
/// "B12" and "$B$12"; nothing for what no sheet has.
std::optional<Place> place_of(std::string_view reference) {
    Place place;
    std::size_t at = 0;
    const auto skip_dollar = [&] { at += at < reference.size() && reference[at] == '$' ? 1 : 0; };
    skip_dollar();
    for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && place.column <= kLastColumn; ++at)
        place.column = place.column * 26 + (reference[at] - 'A' + 1);
    skip_dollar();
    for (; at < reference.size() && reference[at] >= '0' && reference[at] <= '9' && place.row <= kLastRow; ++at)
        place.row = place.row * 10 + (reference[at] - '0');
    if (at != reference.size() || place.column < 1 || place.column > kLastColumn || place.row < 1 || place.row > kLastRow)
        return std::nullopt;
    --place.column;
    return place;
}

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

/// "1200" for 1200.0, "0.1" for 0.10000000000000001.
std::string number_text(double number) {
    constexpr double kExact = 1e15;
    return std::abs(number) < kExact && number == std::floor(number) ? fmt::format("{:.0f}", number + 0.0) : fmt::format("{:.15g}", number);
}

/// The letter that "_x000D_" at `at` stands for; nothing where none does.
std::optional<char32_t> escaped_letter(std::string_view text, std::size_t at) {
    if (text.size() - at < 7 || text[at + 1] != 'x' || text[at + 6] != '_') return std::nullopt;
    unsigned int code = 0;
    const char* begin = text.data() + at + 2;
    const auto [end, error] = std::from_chars(begin, begin + 4, code, 16);
    if (error != std::errc() || end != begin + 4 || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
    return code;
}

std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const auto letter = text[at] == '_' ? escaped_letter(text, at) : std::nullopt;
        if (!letter) {
            plain += text[at++];
            continue;
        }
        if (*letter != 0) append_code_point(plain, *letter);
        at += 7;
    }
    return plain;
}

pugi::xml_node child_called(pugi::xml_node parent, std::string_view name) {
    for (const pugi::xml_node child : parent.children())
        if (local_name_of(child) == name) return child;
    return {};
}

}  // namespace

std::string xlsx_text(pugi::xml_node string) {
    std::string text;
    for (const pugi::xml_node child : string.children()) {
        if (local_name_of(child) == "t") text += child.text().get();
        if (local_name_of(child) == "r") text += child_called(child, "t").text().get();
    }
    return to_nfc_lossy(unescaped(text));
}

std::optional<SheetCell> XlsxSheet::cell_of(pugi::xml_node node) const {
    SheetCell cell;
    cell.formula = static_cast<bool>(child_called(node, "f"));
    const std::string_view type = node.attribute("t").as_string("n"), value = child_called(node, "v").text().get();
    if (type == "inlineStr") {
        cell.text = xlsx_text(child_called(node, "is"));
    } else if (type == "s") {
        const auto index = number_of(value);
        if (!index || *index < 0 || *index >= static_cast<double>(shared_.size())) return std::nullopt;
        cell.text = shared_[static_cast<std::size_t>(*index)];
    } else if (type == "b") {
        cell.kind = CellKind::Truth;
        cell.text = value.empty() ? "" : value == "1" || value == "true" ? "TRUE" : "FALSE";
    } else if (type == "e") {
        cell.kind = CellKind::Error;
        cell.text = to_nfc_lossy(value);
    } else if (const auto number = type == "n" ? number_of(value) : std::nullopt) {
        const auto day = days_.is_day(node.attribute("s").as_uint()) ? days_.day_text(*number) : std::nullopt;
        cell.kind = day ? CellKind::Day : CellKind::Number;
        cell.text = day ? *day : number_text(*number);
    } else if (const auto day = type == "d" ? Date::parse_iso(value.substr(0, 10)) : std::nullopt) {
        cell.kind = CellKind::Day;
        cell.text = day->vietnamese();
    } else {
        cell.text = to_nfc_lossy(unescaped(value));
    }
    return cell;
}

Result<> XlsxSheet::put(SheetRow& row, SheetCell cell) {
    if (auto failure = budget_.spend(cell)) return *std::move(failure);
    row.cells.push_back(std::move(cell));
    return Done{};
}

Result<> XlsxSheet::add_cell(pugi::xml_node node, SheetRow& row, int& column) {
    if (const pugi::xml_attribute reference = node.attribute("r")) {
        const auto place = place_of(reference.as_string());
        if (!place || place->row != row.number || place->column < column) return damaged();
        column = place->column;
    }
    auto cell = cell_of(node);
    if (!cell) return damaged();
    cell->column = column++;
    if (cell->text.empty() && !cell->formula) return Done{};
    if (auto failure = budget_.refuse_place(row.number, cell->column)) return *std::move(failure);
    return put(row, *std::move(cell));
}

Result<> XlsxSheet::add_row(std::string_view part) {
    if (part.size() > kLongestRow)
        return file_problem("formats.too_many_columns", {{"limit", std::to_string(budget_.limits().columns)}});
    pugi::xml_document tree;
    const pugi::xml_node node = parsed_part(part, tree);
    if (!node) return damaged();
    SheetRow row;
    row.number = node.attribute("r") ? node.attribute("r").as_int() : last_row_ + 1;
    if (row.number <= last_row_ || row.number > kLastRow) return damaged();
    last_row_ = row.number;
    row.hidden = node.attribute("hidden").as_bool();
    int column = 0;
    for (const pugi::xml_node cell : node.children())
        if (local_name_of(cell) == "c")
            if (const auto done = add_cell(cell, row, column); !done) return done;
    row.cells.shrink_to_fit();
    if (!row.cells.empty()) rows_.push_back(std::move(row));
    return Done{};
}

Result<> XlsxSheet::add_area(pugi::xml_node node) {
    if (auto failure = budget_.spend_merged_area()) return *std::move(failure);
    const std::string_view reference = node.attribute("ref").as_string();
    const std::size_t colon = reference.find(':');
    const auto first = place_of(reference.substr(0, colon));
    const auto last = colon == reference.npos ? first : place_of(reference.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column) return damaged();
    areas_.push_back({first->row, last->row, first->column, last->column});
    return Done{};
}

/// Rows and columns beyond all that holds something are not made for it.
Result<> XlsxSheet::fill(const Area& area) {
    const auto before = [](const SheetRow& row, int number) { return row.number < number; };
    auto row = std::lower_bound(rows_.begin(), rows_.end(), area.first_row, before);
    if (row == rows_.end() || row->number != area.first_row) return Done{};
    const SheetCell* found = row->at(area.first_column);
    if (!found) return Done{};
    SheetCell filled = *found;
    filled.merged = true;
    const int last_column = std::min(area.last_column, budget_.limits().columns - 1);
    for (; row != rows_.end() && row->number <= area.last_row; ++row)
        for (int column = area.first_column; column <= last_column; ++column) {
            if (auto failure = budget_.spend_square()) return *std::move(failure);
            const auto place = std::lower_bound(row->cells.begin(), row->cells.end(), column,
                                                [](const SheetCell& cell, int wanted) { return cell.column < wanted; });
            if (place != row->cells.end() && place->column == column) {
                place->merged = true;
                continue;
            }
            filled.column = column;
            if (auto failure = budget_.spend(filled)) return *std::move(failure);
            row->cells.insert(place, filled);
        }
    return Done{};
}

Result<std::vector<SheetRow>> XlsxSheet::read(std::string_view xml) {
    const auto done = each_xml_part(xml, 2, [&](const XmlPart& part) -> Result<> {
        if (part.name == "row" && part.parent == "sheetData") return add_row(part.text);
        if (part.name != "mergeCell") return Done{};
        pugi::xml_document tree;
        return add_area(parsed_part(part.text.substr(0, 1024), tree));
    });
    if (!done) return done.failure();
    for (const Area& area : areas_)
        if (const auto filled = fill(area); !filled) return filled.failure();
    return std::move(rows_);
}

}  // namespace loa::formats
