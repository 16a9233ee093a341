#include "plain_text_columns.h"

#include <algorithm>

#include "loa/base/text.h"
#include "loa/formats/plain_text.h"
#include "plain_text_lines.h"

namespace loa::formats {

namespace {

constexpr std::size_t kGap = 3;         // blanks that no one types between two words
constexpr std::size_t kWidest = 300;    // columns looked at
constexpr std::size_t kMostLines = 60;  // a heading or a signature is shorter

/// A line as columns: the byte where each column begins, tabs as far as the next eighth.
struct Columns {
    std::vector<bool> blank;
    std::vector<std::size_t> bytes;
};

Columns columns_of(std::string_view line) {
    Columns columns;
    for (std::size_t at = 0; at < line.size() && columns.blank.size() < kWidest;) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(line, at);
        std::size_t width = c == '\t' ? 8 - columns.blank.size() % 8 : 1;
        for (; width > 0; --width) {
            columns.blank.push_back(c == ' ' || c == '\t' || c == 0xA0);
            columns.bytes.push_back(begin);
        }
    }
    return columns;
}

bool blank_from(const Columns& columns, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < std::min(end, columns.blank.size()); ++i)
        if (!columns.blank[i]) return false;
    return true;
}

bool may_have_gap(std::string_view line) {
    return line.find("   ") != line.npos || line.find('\t') != line.npos || line.find("\xC2\xA0") != line.npos;
}

bool has_gap(const Columns& columns) {
    std::size_t run = 0;
    bool words = false;
    for (const bool blank : columns.blank) {
        if (!blank && words && run >= kGap) return true;
        run = blank ? run + 1 : 0;
        words = words || !blank;
    }
    return false;
}

bool is_two_columns_at(const Columns& columns, std::size_t cut) {
    return !blank_from(columns, 0, cut) && !blank_from(columns, cut, columns.blank.size()) &&
           blank_from(columns, cut - kGap, cut);
}

/// The column before which every line has `kGap` blanks (or nothing) and at least two lines have words on
/// both sides.
std::optional<std::size_t> common_cut(const std::vector<Columns>& lines) {
    std::size_t widest = 0;
    for (const auto& line : lines) widest = std::max(widest, line.blank.size());
    std::optional<std::size_t> best;
    std::size_t most = 1;
    for (std::size_t cut = 8 + kGap; cut < widest; ++cut) {
        const bool free = std::all_of(lines.begin(), lines.end(),
                                      [&](const Columns& line) { return blank_from(line, cut - kGap, cut); });
        if (!free) continue;
        const auto both = static_cast<std::size_t>(std::count_if(
            lines.begin(), lines.end(), [&](const Columns& line) { return is_two_columns_at(line, cut); }));
        if (both <= most) continue;
        most = both;
        best = cut;
    }
    return best;
}

std::size_t byte_at(const Columns& columns, std::size_t column, std::size_t size) {
    return column < columns.bytes.size() ? columns.bytes[column] : size;
}

void add_line(Cell& cell, std::string_view text) {
    const std::string words = cleaned(text);
    if (words.empty()) return;
    if (!cell.text.empty()) cell.text += '\n';
    cell.text += words;
}

/// Words [begin, end) of a row of columns.
struct Stretch {
    std::size_t begin, end;
};

/// The columns that two blanks or more part in every line.
std::vector<Stretch> stretches(const std::vector<bool>& blank) {
    std::vector<Stretch> found;
    std::size_t run = 2;
    for (std::size_t i = 0; i < blank.size(); ++i) {
        if (blank[i]) {
            ++run;
            continue;
        }
        if (run >= 2) found.push_back({i, i + 1});
        found.back().end = i + 1;
        run = 0;
    }
    return found;
}

std::vector<bool> both_blank(const std::vector<bool>& a, const std::vector<bool>& b) {
    std::vector<bool> both(std::max(a.size(), b.size()));
    for (std::size_t i = 0; i < both.size(); ++i) both[i] = (i >= a.size() || a[i]) && (i >= b.size() || b[i]);
    return both;
}

bool heads_ordinals(std::string_view line) {
    const std::string folded = fold(line);
    return folded.starts_with("stt ") || folded.starts_with("tt ") || folded.starts_with("so tt ");
}

/// One line of a grid into the cells of its row: what each column holds.
void add_row_line(Table& table, const Columns& columns, const std::vector<Stretch>& parts, std::string_view line, int number) {
    const auto words = [&](std::size_t part) {
        const std::size_t begin = part == 0 ? 0 : parts[part].begin;
        const std::size_t end = part + 1 < parts.size() ? parts[part + 1].begin : kWidest + line.size();
        const std::size_t from = byte_at(columns, begin, line.size());
        return cleaned(line.substr(from, byte_at(columns, end, line.size()) - from));
    };
    if (!words(0).empty() || table.rows == 0) {
        ++table.rows;
        for (std::size_t part = 0; part < parts.size(); ++part) {
            Cell cell;
            cell.row = table.rows - 1;
            cell.column = static_cast<int>(part);
            cell.header = table.rows == 1;
            cell.lines = {number, number};
            table.cells.push_back(std::move(cell));
        }
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
        Cell& cell = table.cells[table.cells.size() - parts.size() + part];
        add_line(cell, words(part));
        cell.lines.last = number;
    }
}

}  // namespace

std::optional<Table> read_grid(const std::vector<std::string>& lines, std::size_t& at) {
    constexpr std::size_t kMostRowLines = 2000;
    if (!may_have_gap(lines[at]) || !heads_ordinals(lines[at])) return std::nullopt;
    std::vector<bool> blank = columns_of(lines[at]).blank;
    const std::size_t count = stretches(blank).size();
    if (count < 3) return std::nullopt;
    std::size_t end = at + 1, next = end;
    for (; next < lines.size() && next - at < kMostRowLines; ++next) {
        if (is_blank(lines[next])) continue;
        const auto both = both_blank(blank, columns_of(lines[next]).blank);
        if (stretches(both).size() != count) break;
        blank = both;
        end = next + 1;
    }
    const auto parts = stretches(blank);
    Table table;
    table.columns = static_cast<int>(count);
    for (std::size_t i = at; i < end; ++i)
        if (!is_blank(lines[i])) add_row_line(table, columns_of(lines[i]), parts, lines[i], static_cast<int>(i) + 1);
    if (table.rows < 2) return std::nullopt;
    table.lines = {static_cast<int>(at) + 1, static_cast<int>(end)};
    at = end;
    return table;
}

std::optional<Table> read_columns(const std::vector<std::string>& lines, std::size_t& at) {
    std::vector<Columns> run;
    std::optional<std::size_t> cut;
    std::size_t end = at;
    if (!may_have_gap(lines[at]) || !has_gap(columns_of(lines[at]))) return std::nullopt;
    for (; end < lines.size() && end - at < kMostLines && !is_blank(lines[end]); ++end) {
        run.push_back(columns_of(lines[end]));
        const auto narrower = common_cut(run);
        if (cut && !narrower) break;
        cut = narrower;
        if (!cut && run.size() >= 3) break;
    }
    if (!cut) return std::nullopt;
    run.resize(end - at);

    Table table;
    table.rows = 1;
    table.columns = 2;
    table.lines = {static_cast<int>(at) + 1, static_cast<int>(end)};
    Cell left, right;
    right.column = 1;
    left.lines = right.lines = table.lines;
    for (std::size_t i = 0; i < run.size(); ++i) {
        const std::string_view line = lines[at + i];
        const std::size_t middle = byte_at(run[i], *cut, line.size());
        add_line(left, line.substr(0, middle));
        add_line(right, line.substr(middle));
    }
    table.cells = {std::move(left), std::move(right)};
    at = end;
    return table;
}

}  // namespace loa::formats
