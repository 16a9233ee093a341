#include "page_tables.h"

#include <algorithm>
#include <utility>

#include "loa/base/text.h"

namespace loa::formats {

namespace {

constexpr double kColumnGap = 1.2;  // of the height of the letters: wider than any blank, even justified
constexpr double kGutter = 0.25;    // what must stay free between columns in every line that has both
constexpr std::size_t kMostColumns = 16;

struct Stretch {
    double left = 0, right = 0;
};

/// Pieces of a line parted by wide gaps.
std::vector<Stretch> pieces(const PrintedLine& line) {
    std::vector<Stretch> out;
    for (const Word& word : line.words) {
        if (out.empty() || word.left - out.back().right > kColumnGap * line.height())
            out.push_back({word.left, word.right});
        else
            out.back().right = word.right;
    }
    return out;
}

/// An item's marker and the gap behind it do not make columns.
bool is_one_column(const PrintedLine& line) {
    const auto parts = pieces(line);
    if (parts.size() < 2) return true;
    const double first_width = parts.front().right - parts.front().left;
    return parts.size() == 2 && first_width < 2.5 * line.height() &&
           parts[1].left - parts[0].right < 4 * line.height();
}

/// The columns that the pieces of some lines make: pieces that overlap belong to one.
std::vector<Stretch> columns_of(const std::vector<PrintedLine>& lines, std::size_t begin, std::size_t end) {
    std::vector<Stretch> all;
    for (std::size_t i = begin; i < end; ++i)
        for (const Stretch& piece : pieces(lines[i])) all.push_back(piece);
    std::sort(all.begin(), all.end(), [](const Stretch& a, const Stretch& b) { return a.left < b.left; });
    std::vector<Stretch> columns;
    for (const Stretch& piece : all) {
        const double free = kGutter * lines[begin].height();
        if (!columns.empty() && piece.left < columns.back().right + free)
            columns.back().right = std::max(columns.back().right, piece.right);
        else
            columns.push_back(piece);
    }
    return columns;
}

std::size_t column_at(const std::vector<double>& edges, double x) {
    std::size_t column = 0;
    while (column + 1 < edges.size() && edges[column + 1] <= x) ++column;
    return column;
}

std::vector<std::string> cells_of(const PrintedLine& line, const std::vector<double>& edges) {
    std::vector<std::string> cells(edges.size());
    for (const Word& word : line.words) {
        const std::size_t column = column_at(edges, (word.left + word.right) / 2);
        if (!cells[column].empty()) cells[column] += ' ';
        cells[column] += word.text;
    }
    return cells;
}

/// Left edges, each half way into the gutter before its column.
std::vector<double> edges_of(const std::vector<Stretch>& columns) {
    std::vector<double> edges;
    for (std::size_t i = 0; i < columns.size(); ++i)
        edges.push_back(i == 0 ? 0 : (columns[i - 1].right + columns[i].left) / 2);
    return edges;
}

double pitch(const PrintedLine& above, const PrintedLine& below) {
    return above.page == below.page ? below.top - above.top : below.height();
}

/// Two columns side by side: lines from `at` while a gutter stays free, ending with the last that needs it.
std::optional<Table> side_by_side(const std::vector<PrintedLine>& lines, std::size_t& at) {
    std::size_t end = at, last_double = at, doubles = 0;
    constexpr std::size_t kMostLines = 40;
    std::vector<Stretch> columns;
    while (end < lines.size() && end - at < kMostLines) {
        if (end > at && pitch(lines[end - 1], lines[end]) > 6 * lines[end].height()) break;
        const auto wider = columns_of(lines, at, end + 1);
        if (wider.size() != 2) break;
        columns = wider;
        const auto parts = pieces(lines[end]);
        ++end;
        if (parts.size() == 2) {
            ++doubles;
            last_double = end;
        }
    }
    if (doubles < 2) return std::nullopt;
    // A signature goes on below with one side only; a heading ends before the full-width text, which would
    // have closed the gutter, but also before a centred title, which stands across it.
    const bool to_the_end = end == lines.size();
    if (!to_the_end) end = last_double;
    Table table;
    table.rows = 1;
    table.columns = 2;
    table.ruled = false;
    table.cells.resize(2);
    table.cells[1].column = 1;
    const auto edges = edges_of(columns_of(lines, at, end));
    for (std::size_t i = at; i < end; ++i) {
        const auto cells = cells_of(lines[i], edges);
        for (std::size_t side = 0; side < 2; ++side) {
            std::string& text = table.cells[side].text;
            if (cells[side].empty()) continue;
            if (!text.empty()) text += '\n';
            text += cells[side];
        }
    }
    at = end;
    return table;
}

/// Words of one column in one line.
struct Piece {
    std::string text;
    double right = 0, first_word = 0;  // its right edge, and how wide its first word is
};

class Grid {
  public:
    Grid(const std::vector<PrintedLine>& lines, std::size_t at, std::vector<Stretch> columns)
        : lines_(lines), at_(at), columns_(std::move(columns)), edges_(edges_of(columns_)) {}

    std::optional<Table> read(std::size_t& at) {
        std::size_t end = at_;
        for (; end < lines_.size(); ++end) {
            const Fit fit = fit_of(end);
            if (fit == Fit::Not) break;
            fit == Fit::Group ? add_group(lines_[end]) : add(lines_[end]);
        }
        if (rows_.size() < 2) return std::nullopt;
        at = end;
        return table();
    }

  private:
    enum class Fit { Not, Cells, Group };
    struct Row {
        std::vector<Piece> cells;
        Fit kind = Fit::Cells;
    };

    /// A line of the table is parted where the columns part. What runs across them is the title of a group
    /// if something stands before it in the first column and the table goes on; else the text after it.
    Fit fit_of(std::size_t i) const {
        const PrintedLine& line = lines_[i];
        if (i == at_) return Fit::Cells;
        if (pitch(lines_[i - 1], line) > 4 * line.height()) return Fit::Not;
        if (!runs_across(line)) return Fit::Cells;
        return starts_row(line) && goes_on_after(i) ? Fit::Group : Fit::Not;
    }
    /// Words over an edge, or no more than a blank at one.
    bool runs_across(const PrintedLine& line) const {
        for (std::size_t edge = 1; edge < edges_.size(); ++edge)
            for (std::size_t i = 0; i < line.words.size(); ++i) {
                const Word& word = line.words[i];
                if (word.left < edges_[edge] - 1 && word.right > edges_[edge] + 1) return true;
                if (i > 0 && line.words[i - 1].right <= edges_[edge] && word.left >= edges_[edge] &&
                    word.left - line.words[i - 1].right < 0.35 * line.height())
                    return true;
            }
        return false;
    }
    bool starts_row(const PrintedLine& line) const {
        return line.words.front().right < edges_[1] && line.words.size() > 1 &&
               line.words[1].left >= edges_[1] - 1;
    }
    bool goes_on_after(std::size_t i) const {
        for (std::size_t next = i + 1; next < lines_.size() && next < i + 4; ++next)
            if (pieces(lines_[next]).size() >= 3) return true;
        return false;
    }

    /// A word belongs to the column whose left edge is the last before its middle.
    std::vector<Piece> cells_of_line(const PrintedLine& line) const {
        std::vector<Piece> cells(edges_.size());
        for (const Word& word : line.words) {
            Piece& cell = cells[column_at(edges_, (word.left + word.right) / 2)];
            if (cell.text.empty())
                cell.first_word = word.right - word.left;
            else
                cell.text += ' ';
            cell.text += word.text;
            cell.right = word.right;
        }
        return cells;
    }
    void add(const PrintedLine& line) {
        auto cells = cells_of_line(line);
        // The heading of a narrow column breaks ("ST / T"); it begins no row.
        const bool rest_of_heading =
            rows_.size() == 1 &&
            std::all_of(cells.begin() + 1, cells.end(), [](const Piece& cell) { return cell.text.empty(); });
        if (rows_.empty() || (!cells.front().text.empty() && !rest_of_heading) ||
            rows_.back().kind == Fit::Group) {
            rows_.push_back({std::move(cells), Fit::Cells});
            return;
        }
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!cells[i].text.empty()) append(rows_.back().cells[i], cells[i], i, line.height());
    }
    void append(Piece& cell, const Piece& more, std::size_t column, double height) const {
        if (!cell.text.empty()) {
            // Its next word would have found room: the author began a new line.
            const bool new_line = columns_[column].right - cell.right > more.first_word + 0.6 * height;
            cell.text += new_line ? '\n' : ' ';
        }
        cell.text += more.text;
        cell.right = more.right;
    }
    void add_group(const PrintedLine& line) {
        Row row{std::vector<Piece>(edges_.size()), Fit::Group};
        row.cells[0].text = line.words.front().text;
        for (std::size_t i = 1; i < line.words.size(); ++i) {
            if (i > 1) row.cells[1].text += ' ';
            row.cells[1].text += line.words[i].text;
        }
        rows_.push_back(std::move(row));
    }

    bool repeats_heading(const Row& row) const {
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i].text != rows_.front().cells[i].text) return false;
        return true;
    }
    Table table() {
        Table table;
        table.columns = static_cast<int>(edges_.size());
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (i > 0 && repeats_heading(rows_[i])) continue;
            const bool group = rows_[i].kind == Fit::Group;
            for (std::size_t column = 0; column < (group ? 2 : edges_.size()); ++column) {
                Cell cell;
                cell.row = table.rows;
                cell.column = static_cast<int>(column);
                cell.columns = group && column == 1 ? table.columns - 1 : 1;
                cell.header = i == 0;
                cell.text = rows_[i].cells[column].text;
                table.cells.push_back(std::move(cell));
            }
            ++table.rows;
        }
        return table;
    }

    const std::vector<PrintedLine>& lines_;
    std::size_t at_;
    std::vector<Stretch> columns_;
    std::vector<double> edges_;
    std::vector<Row> rows_;
};

/// Widens columns by the words of a line; nothing when a word lies in two of them or two would touch.
std::optional<std::vector<Stretch>> widened(std::vector<Stretch> columns, const PrintedLine& line) {
    for (const Word& word : line.words) {
        std::size_t touched = 0;
        for (Stretch& column : columns) {
            if (word.right <= column.left || word.left >= column.right) continue;
            column.left = std::min(column.left, word.left);
            column.right = std::max(column.right, word.right);
            ++touched;
        }
        if (touched > 1) return std::nullopt;
    }
    for (std::size_t i = 0; i + 1 < columns.size(); ++i)
        if (columns[i].right >= columns[i + 1].left) return std::nullopt;
    return columns;
}

/// Two headings may stand as close as words; a strip that stays free in all lines below parts them.
void split_where_free(std::vector<Stretch>& columns, const std::vector<const PrintedLine*>& lines) {
    constexpr std::size_t kEnough = 4;  // lines with words on both sides
    constexpr double kStep = 1;
    for (std::size_t i = 0; i < columns.size() && columns.size() < kMostColumns; ++i) {
        const double height = lines.front()->height();
        for (double x = columns[i].left + kStep; x < columns[i].right - kGutter * height; x += kStep) {
            const Stretch strip{x, x + kGutter * height};
            double left_end = columns[i].left, right_begin = columns[i].right;
            std::size_t both = 0;
            bool free = true;
            for (const PrintedLine* line : lines) {
                bool before = false, after = false;
                for (const Word& word : line->words) {
                    if (word.right <= columns[i].left || word.left >= columns[i].right) continue;
                    free = free && (word.right <= strip.left || word.left >= strip.right);
                    (word.right <= strip.left ? before : after) = true;
                    if (word.right <= strip.left) left_end = std::max(left_end, word.right);
                    if (word.left >= strip.right) right_begin = std::min(right_begin, word.left);
                }
                both += before && after;
            }
            if (!free || both < kEnough) continue;
            const Stretch rest{right_begin, columns[i].right};
            columns[i].right = left_end;
            columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
            break;
        }
    }
}

/// The columns of a table that begins here: those of its heading, widened by the lines that follow.
std::vector<Stretch> grid_columns(const std::vector<PrintedLine>& lines, std::size_t at) {
    auto columns = columns_of(lines, at, at + 1);
    if (columns.size() < 3 || columns.size() > kMostColumns) return {};
    std::vector<const PrintedLine*> fitting{&lines[at]};
    std::size_t agreeing = 0;
    constexpr std::size_t kLooked = 40;
    for (std::size_t i = at + 1; i < lines.size() && i < at + kLooked; ++i) {
        auto wider = widened(columns, lines[i]);
        if (!wider) continue;
        columns = *std::move(wider);
        fitting.push_back(&lines[i]);
        agreeing += pieces(lines[i]).size() >= 3;
    }
    if (agreeing == 0) return {};
    split_where_free(columns, fitting);
    return columns;
}

}  // namespace

std::optional<Table> read_printed_table(const std::vector<PrintedLine>& lines, std::size_t& at) {
    if (is_one_column(lines[at])) return std::nullopt;
    if (auto columns = grid_columns(lines, at); !columns.empty())
        if (auto table = Grid(lines, at, std::move(columns)).read(at)) return table;
    return side_by_side(lines, at);
}

}  // namespace loa::formats
