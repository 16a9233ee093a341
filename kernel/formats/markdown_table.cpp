#include "markdown_table.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "loa/base/text.h"
#include "markdown_inline.h"

namespace loa::formats {

namespace {

std::string_view without_outer_pipes(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with('|')) line.remove_prefix(1);
    if (line.ends_with('|') && !line.ends_with("\\|")) line.remove_suffix(1);
    return line;
}

std::vector<std::string_view> pipe_cells(std::string_view line) {
    std::vector<std::string_view> cells;
    line = without_outer_pipes(line);
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= line.size(); ++at) {
        if (at < line.size() && (line[at] != '|' || (at > 0 && line[at - 1] == '\\'))) continue;
        cells.push_back(line.substr(begin, at - begin));
        begin = at + 1;
        if (cells.size() == kMostColumns) break;
    }
    return cells;
}

bool is_delimiter_row(std::string_view line) {
    bool dash = false;
    for (const char c : line) {
        if (c == '-') dash = true;
        if (c != '-' && c != '|' && c != ':' && c != ' ' && c != '\t') return false;
    }
    return dash;
}

/// Paragraphs and broken lines of a cell under each other.
void fill(Cell& cell, std::string_view raw) {
    MarkdownInline inline_reader;
    cell.bold = true;
    for (const auto line : split(raw, '\n')) {
        for (const auto& piece : inline_reader.read(line)) {
            if (piece.text.empty()) continue;
            if (!cell.text.empty()) cell.text += '\n';
            cell.text += piece.text;
            cell.bold = cell.bold && piece.all_bold();
        }
    }
    if (cell.text.empty()) cell.bold = false;
}

// --- HTML -----------------------------------------------------------------------------------------------

struct Tag {
    std::string name;  // lower case, "/td" for an end
    std::string_view attributes;
};

/// The number of `attribute="2"`, at least 1 and at most `most`.
int span_of(std::string_view attributes, std::string_view attribute, int most) {
    const std::size_t found = attributes.find(attribute);
    if (found == attributes.npos) return 1;
    std::string_view value = attributes.substr(found + attribute.size());
    value.remove_prefix(std::min(value.find_first_not_of(" =\"'"), value.size()));
    int number = 1;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return std::clamp(number, 1, most);
}

/// Builds the grid: where the next cell of a row stands depends on what was merged above it.
class HtmlTable {
  public:
    explicit HtmlTable(int line) { table_.lines = {line, line}; }

    void start_row(int line) {
        end_cell(line);
        if (in_row_ && column_ == 0 && !row_has_cells_) return;
        if (in_row_) ++row_;
        in_row_ = true;
        row_has_cells_ = false;
        column_ = 0;
        for (int& rows : covered_) rows = std::max(0, rows - 1);
    }
    void start_cell(const Tag& tag, int line) {
        end_cell(line);
        if (!in_row_) start_row(line);
        while (column_ < kMostColumns && covered(column_)) ++column_;
        if (column_ >= kMostColumns || row_ >= kMostRows) return;
        Cell cell;
        cell.row = row_;
        cell.column = column_;
        cell.columns = span_of(tag.attributes, "colspan", kMostColumns - column_);
        cell.rows = span_of(tag.attributes, "rowspan", kMostRows - row_);
        cell.header = tag.name == "th";
        cell.lines = {line, line};
        row_has_cells_ = true;
        cover(cell);
        column_ += cell.columns;
        open_ = std::move(cell);
        text_.clear();
    }
    void add(std::string_view text) {
        if (open_) text_ += text;
    }
    void end_cell(int line) {
        if (!open_) return;
        open_->lines.last = line;
        fill(*open_, text_);
        table_.columns = std::max(table_.columns, open_->column + open_->columns);
        table_.cells.push_back(*std::exchange(open_, std::nullopt));
    }
    Table finished(int line) {
        end_cell(line);
        table_.lines.last = line;
        table_.rows = table_.cells.empty() ? 0 : table_.cells.back().row + 1;
        for (Cell& cell : table_.cells) cell.rows = std::min(cell.rows, table_.rows - cell.row);
        return std::move(table_);
    }

  private:
    bool covered(int column) const {
        return static_cast<std::size_t>(column) < covered_.size() && covered_[static_cast<std::size_t>(column)] > 0;
    }
    void cover(const Cell& cell) {
        const auto end = static_cast<std::size_t>(cell.column + cell.columns);
        if (covered_.size() < end) covered_.resize(end, 0);
        std::fill(covered_.begin() + cell.column, covered_.begin() + cell.column + cell.columns, cell.rows);
    }

    Table table_;
    std::vector<int> covered_;  // for each column: rows still covered, the present one included
    std::optional<Cell> open_;
    std::string text_;
    int row_ = 0, column_ = 0;
    bool in_row_ = false, row_has_cells_ = false;
};

/// The tag that begins at `line[at]`, if it is one of a table's.
std::optional<Tag> table_tag(std::string_view line, std::size_t at, std::size_t& length) {
    const std::size_t close = line.substr(at, 300).find('>');
    if (close == line.npos) return std::nullopt;
    std::string_view inside = line.substr(at + 1, close - 1);
    const std::size_t name_end = std::min(inside.find_first_of(" \t/", 1), inside.size());
    Tag tag{lower(inside.substr(0, name_end)), inside.substr(name_end)};
    static constexpr std::string_view kNames[] = {"table", "/table", "tr", "/tr", "td", "/td", "th", "/th",
                                                  "thead", "/thead", "tbody", "/tbody"};
    if (std::find(std::begin(kNames), std::end(kNames), tag.name) == std::end(kNames)) return std::nullopt;
    length = close + 1;
    return tag;
}

}  // namespace

Table read_pipe_table(const std::vector<std::string>& lines, std::size_t& at) {
    Table table;
    table.lines = {static_cast<int>(at) + 1, static_cast<int>(at) + 1};
    for (; at < lines.size() && trimmed(lines[at]).starts_with('|'); ++at) {
        const int line = static_cast<int>(at) + 1;
        table.lines.last = line;
        if (is_delimiter_row(lines[at])) {
            if (table.rows == 1)
                for (Cell& cell : table.cells) cell.header = true;
            continue;
        }
        if (table.rows == kMostRows) continue;
        int column = 0;
        for (const auto raw : pipe_cells(lines[at])) {
            Cell cell;
            cell.row = table.rows;
            cell.column = column++;
            cell.lines = {line, line};
            fill(cell, raw);
            table.cells.push_back(std::move(cell));
        }
        table.columns = std::max(table.columns, column);
        ++table.rows;
    }
    return table;
}

Table read_html_table(const std::vector<std::string>& lines, std::size_t& at) {
    HtmlTable table(static_cast<int>(at) + 1);
    int depth = 0;
    for (; at < lines.size(); ++at) {
        const std::string_view line = lines[at];
        const int number = static_cast<int>(at) + 1;
        for (std::size_t i = 0; i < line.size();) {
            std::size_t length = 0;
            const auto tag = line[i] == '<' ? table_tag(line, i, length) : std::nullopt;
            if (!tag) {
                const std::size_t next = std::min(line.find('<', i + 1), line.size());
                table.add(line.substr(i, next - i));
                i = next;
                continue;
            }
            i += length;
            if (tag->name == "table") ++depth;
            if (tag->name == "/table" && --depth <= 0) {
                ++at;
                return table.finished(number);
            }
            if (depth > 1) {
                if (tag->name == "/td" || tag->name == "/tr") table.add("\n");
                continue;
            }
            if (tag->name == "tr") table.start_row(number);
            if (tag->name == "td" || tag->name == "th") table.start_cell(*tag, number);
            if (tag->name == "/td" || tag->name == "/th" || tag->name == "/tr") table.end_cell(number);
        }
        table.add("\n");
    }
    return table.finished(static_cast<int>(lines.size()));
}

}  // namespace loa::formats
