#include "reading/tables.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "loa/base/text.h"
#include "loa/formats/marker.h"
#include "loa/formats/plain_text.h"
#include "reading/activities.h"
#include "reading/agencies.h"

namespace loa::plan {

namespace {

using formats::Cell;
using formats::Table;

constexpr std::size_t kMostSquares = 400'000;

/// The cell of every square.
class Grid {
  public:
    explicit Grid(const Table& table) : rows_(table.rows), columns_(table.columns) {
        if (static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_) > kMostSquares) rows_ = 0;
        squares_.assign(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_), nullptr);
        for (const Cell& cell : table.cells)
            for (int row = cell.row; row < std::min(rows_, cell.row + cell.rows); ++row)
                for (int column = cell.column; column < std::min(columns_, cell.column + cell.columns); ++column)
                    squares_[index(row, column)] = &cell;
    }
    int rows() const { return rows_; }
    int columns() const { return columns_; }
    const Cell* at(int row, int column) const { return squares_[index(row, column)]; }
    /// A cell of nothing but dots and dashes is blank.
    std::string text(int row, int column) const {
        const Cell* cell = at(row, column);
        std::string text = cell == nullptr ? std::string() : formats::cleaned(cell->text);
        for (std::size_t at = 0; at < text.size();)
            if (const char32_t sign = next_code_point(text, at); sign > 0x7F ? sign != U'…' && sign != U'–' && sign != U'—' : sign != '.' && sign != '-' && sign != '_' && sign != ' ')
                return text;
        return {};
    }

  private:
    std::size_t index(int row, int column) const { return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column); }
    int rows_, columns_;
    std::vector<const Cell*> squares_;
};

/// What a header says its column holds: the label it begins with, else a strong one inside.
std::optional<Label> label_of_header(const std::string& header) {
    lexicon();
    const Text text(header);
    if (text.empty() || text.size() > 16) return std::nullopt;
    if (lexicon().posts.at(text, 0) && text[0].all_caps) return std::nullopt;  // "KT. CHỦ TỊCH PHÓ CHỦ TỊCH THƯỜNG TRỰC"
    if (const auto label = lexicon().labels.at(text, 0)) return static_cast<Label>(label.key);
    for (std::size_t at = 1; at < text.size(); ++at) {
        const auto label = lexicon().labels.at(text, at);
        if (label && label.key != static_cast<int>(Label::Ordinal) && label.key != static_cast<int>(Label::Note)) return static_cast<Label>(label.key);
    }
    return std::nullopt;
}

/// "(1)", "[2]", "3", "B" in the row of column numbers below a header; 0 for anything else.
int column_number(std::string_view cell) {
    while (!cell.empty() && std::string_view("([").find(cell.front()) != cell.npos) cell.remove_prefix(1);
    while (!cell.empty() && std::string_view(")].").find(cell.back()) != cell.npos) cell.remove_suffix(1);
    if (cell.size() == 1 && cell[0] >= 'A' && cell[0] <= 'E') return cell[0] - 'A' + 1;
    const bool digits = !cell.empty() && cell.size() <= 2 && cell.find_first_not_of("0123456789") == cell.npos;
    return digits ? std::stoi(std::string(cell)) : 0;
}

/// "(1) | (2) | (3)", "A | B | 1 | 2": the numbers of the columns, one up from each to the next.
bool numbers_columns(const Grid& grid, int row) {
    int last = 0, numbered = 0;
    for (int column = 0; column < grid.columns(); ++column) {
        const std::string text = grid.text(row, column);
        if (text.empty()) continue;
        const int number = column_number(text);
        const bool begins_again = number == 1 && column > 0 && text.find('1') != text.npos && grid.text(row, column - 1).find_first_of("0123456789") == std::string::npos;
        if (number == 0 || (number != last + 1 && !begins_again)) return false;
        last = number;
        ++numbered;
    }
    return numbered >= 3;
}

/// The last row of a table with sums.
bool is_total(const std::string& title) {
    static constexpr std::array<std::string_view, 6> kTotals{"tổng cộng", "cộng", "tổng", "tổng số", "tổng kinh phí", "tổng cộng kinh phí"};
    return std::find(kTotals.begin(), kTotals.end(), lower(without_stops(title))) != kTotals.end();
}

struct Columns {
    int header_end = 0;  // the first row below the header
    int ordinal = -1;
    int title = -1;
    int start = -1, end = -1;  // "Bắt đầu", "Kết thúc": together they are one time
    std::vector<std::optional<Label>> labels;

    bool is_of_tasks() const {
        const auto holds = [&](Label label) { return std::find(labels.begin(), labels.end(), label) != labels.end(); };
        const auto sums = std::count(labels.begin(), labels.end(), Label::Sum);
        return title >= 0 && sums < 2 && (holds(Label::Lead) || holds(Label::Partner) || holds(Label::Time) || holds(Label::Product));
    }
};

/// The second row of a header whose merged cells a format could not keep: nothing but labels and blanks.
bool names_columns(const Grid& grid, int row) {
    if (row >= grid.rows()) return false;
    int labels = 0;
    for (int column = 0; column < grid.columns(); ++column) {
        const std::string text = grid.text(row, column);
        if (text.empty()) continue;
        const auto label = label_of_header(text);
        if (!label || text.size() > 40) return false;
        labels += label == Label::Lead || label == Label::Partner;
    }
    return labels >= 1;
}

void find_end_of_time(Columns& columns, int column, const std::string& header) {
    const auto names = [&](std::string_view words) { return header.find(words) != std::string::npos; };
    if (columns.start < 0 && (names("bat dau") || names("tu ngay"))) columns.start = column;
    if (columns.start >= 0 && (names("ket thuc") || names("den ngay") || names("hoan thanh"))) columns.end = column;
}

Columns columns_at(const Grid& grid, int row) {
    Columns columns;
    columns.labels.resize(static_cast<std::size_t>(grid.columns()));
    int depth = 1;
    for (int column = 0; column < grid.columns(); ++column)
        if (const Cell* cell = grid.at(row, column)) {
            if (cell->columns > 1 && cell->columns < grid.columns() && cell->row == row) depth = std::max(depth, 2);
            depth = std::max(depth, std::min(cell->rows, 3));
        }
    if (depth == 1 && names_columns(grid, row + 1)) depth = 2;
    for (int column = 0; column < grid.columns(); ++column) {
        auto& label = columns.labels[static_cast<std::size_t>(column)];
        for (int line = row; line < std::min(grid.rows(), row + depth); ++line)
            if (const auto found = label_of_header(grid.text(line, column))) label = found;
        if (label == Label::Time) find_end_of_time(columns, column, fold(grid.text(row + depth - 1, column)));
        if (label == Label::Ordinal && columns.ordinal < 0 && column <= 1) columns.ordinal = column;
        if (label == Label::Content && columns.title < 0) columns.title = column;
    }
    if (columns.title < 0)  // "Tên sự kiện", "Chỉ tiêu": the first column behind the ordinals
        for (int column = columns.ordinal + 1; column < grid.columns() && columns.title < 0; ++column) {
            const auto& label = columns.labels[static_cast<std::size_t>(column)];
            if (!label || label == Label::Target || label == Label::Place || label == Label::Audience) columns.title = column;
            else break;
        }
    columns.header_end = row + depth;
    return columns;
}

/// A column "Đơn vị" or "Cơ quan, đơn vị" holds who does it, where its cells are names: it may also count in "lớp".
void find_bare_leads(const Grid& grid, int row, Columns& columns) {
    static constexpr std::array<std::string_view, 7> kBodies{"đơn vị", "cơ quan", "cơ quan, đơn vị", "cơ quan/đơn vị", "đơn vị, địa phương", "tên đơn vị", "tên cơ quan, đơn vị"};
    static const AgencyNames none;
    if (std::find(columns.labels.begin(), columns.labels.end(), Label::Lead) != columns.labels.end()) return;
    for (int column = 0; column < grid.columns(); ++column) {
        const std::string header = lower(without_stops(grid.text(row, column)));
        if (std::find(kBodies.begin(), kBodies.end(), header) == kBodies.end()) continue;
        for (int line = columns.header_end; line < grid.rows(); ++line) {
            const Text cell(grid.text(line, column));
            if (cell.empty() || grid.at(line, column)->columns > 1) continue;
            if (!AgencyReader(none).name_at(cell, 0, cell.size(), NameContext::Field).empty()) columns.labels[static_cast<std::size_t>(column)] = Label::Lead;
            return;
        }
    }
}

std::optional<Columns> columns_of(const Grid& grid) {
    for (int row = 0; row < std::min(grid.rows(), 4); ++row) {
        auto columns = columns_at(grid, row);
        find_bare_leads(grid, row, columns);
        if (columns.is_of_tasks()) return columns;
    }
    return std::nullopt;
}

/// Lines of a cell that list bodies or products become clauses; a line that only ran on stays one with the last.
std::string list_text(std::string_view cell, Label label) {
    std::string text;
    for (const auto raw : split(cell, '\n')) {
        std::string line = formats::cleaned(raw);
        const auto marker = formats::leading_marker(line);
        const bool item = marker.bullet;
        if (item) line.erase(0, marker.end);
        if (line.empty()) continue;
        std::size_t at = 0;
        const bool capital = lower(line.substr(0, (next_code_point(line, at), at))) != line.substr(0, at);
        const bool lists = label == Label::Product || label == Label::Lead || label == Label::Partner;
        const bool open = !text.empty() && (text.back() == ',' || text.back() == ';' || text.back() == '-' || text.ends_with(" và"));
        if (!text.empty()) text += lists && (item || capital) && !open ? "; " : " ";
        text += line;
    }
    return text;
}

/// Where below its first line a title lists what belongs to the work ("Tập huấn kỹ năng số", "- Mời giảng viên");
/// the end of the cell if it does not.
std::size_t list_below_title(std::string_view cell) {
    for (std::size_t at = cell.find('\n'); at != cell.npos; at = cell.find('\n', at + 1)) {
        const std::string line = formats::cleaned(cell.substr(at + 1, cell.find('\n', at + 1) - at - 1));
        if (formats::leading_marker(line).bullet) return formats::cleaned(cell.substr(0, at)).empty() ? cell.size() : at;
    }
    return cell.size();
}

class TableReader {
  public:
    TableReader(const Surroundings& surroundings, const Grid& grid, const Columns& columns, std::string place,
                std::vector<ParsedActivity>& activities)
        : surroundings_(surroundings), grid_(grid), columns_(columns), place_(std::move(place)), activities_(activities) {}

    void read() {
        for (int row = columns_.header_end; row < grid_.rows(); ++row) {
            const std::string title = grid_.text(row, columns_.title);
            if (is_header_again(row) || is_total(title) || numbers_columns(grid_, row)) continue;
            if (is_group(row)) {
                start_group(row);
            } else if (!title.empty()) {
                if (is_plain_number(ordinal(row))) leave_subgroup();
                add_activity(row);
            }
        }
    }

  private:
    std::string ordinal(int row) const {
        std::string text = columns_.ordinal < 0 ? number_of_title(row) : grid_.text(row, columns_.ordinal);
        while (!text.empty() && std::string_view(".)/").find(text.back()) != std::string_view::npos) text.pop_back();
        return text;
    }
    /// "1." of "1. Thay bảng niêm yết", where no column holds the ordinals.
    std::string number_of_title(int row) const {
        const std::string title = grid_.text(row, columns_.title);
        const auto marker = formats::leading_marker(title);
        return marker.bullet ? std::string() : std::string(marker.text);
    }
    bool is_header_again(int row) const {
        return row > columns_.header_end && grid_.text(row, columns_.title) == grid_.text(columns_.header_end - 1, columns_.title);
    }

    /// A row that only carries a heading: one cell across, or nothing but an ordinal and a title where the
    /// ordinal is a Roman figure or a letter, or the title is bold or in capitals.
    bool is_group(int row) const {
        const Cell* title = grid_.at(row, columns_.title);
        if (title == nullptr) return false;
        if (title->columns > 1 && title->columns * 2 >= grid_.columns()) return true;
        for (int column = 0; column < grid_.columns(); ++column)
            if (column != columns_.ordinal && column != columns_.title && !grid_.text(row, column).empty() &&
                grid_.at(row, column) != title && grid_.at(row, column)->row == row)
                return false;
        if (title->text.empty()) return !ordinal_spans(row);
        const std::string number = ordinal(row);
        const bool digits = !number.empty() && number.find_first_not_of("0123456789.") == std::string::npos;
        const bool caps = upper(title->text) == title->text;
        if (!digits) return heads_group(number) || title->bold || caps;
        return title->bold || caps || heads_next(row);
    }
    /// "I", "A": an ordinal that numbers groups; "a" and "-" number what stands in one.
    bool heads_group(const std::string& number) const { return !number.empty() && !(is_letter(number) && in_subgroup_); }
    static bool is_letter(const std::string& number) { return number.size() == 1 && number[0] >= 'a' && number[0] <= 'z'; }
    static bool is_plain_number(const std::string& number) {
        return !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
    }
    /// "1 | Truyền thông trực tiếp" above rows "1.1", "a" or "-" heads them.
    bool heads_next(int row) const {
        if (row + 1 >= grid_.rows()) return false;
        const std::string next = ordinal(row + 1);
        const std::string mark = columns_.ordinal < 0 ? std::string() : formats::cleaned(grid_.at(row + 1, columns_.ordinal) == nullptr ? std::string() : grid_.at(row + 1, columns_.ordinal)->text);
        const bool dashed = mark == "-" || mark == "–" || mark == "+" ||
                            (next.empty() && formats::leading_marker(grid_.text(row + 1, columns_.title)).bullet);
        return next.starts_with(ordinal(row) + ".") || next == "a" || next == "a)" || dashed;
    }
    /// Back to the group around "1 | Truyền thông trực tiếp" where the next number of its rank begins.
    void leave_subgroup() {
        if (!in_subgroup_) return;
        std::tie(group_, group_ordinal_) = std::pair(outer_group_, outer_ordinal_);
        in_subgroup_ = false;
    }
    bool ordinal_spans(int row) const {
        const Cell* cell = columns_.ordinal < 0 ? nullptr : grid_.at(row, columns_.ordinal);
        return cell == nullptr || cell->columns * 2 < grid_.columns();
    }

    void start_group(int row) {
        leave_subgroup();
        const std::string number = ordinal(row);
        in_subgroup_ = is_plain_number(number) && heads_next(row) && !ordinal(row + 1).starts_with(number + ".");
        if (in_subgroup_) {
            outer_group_ = group_;
            outer_ordinal_ = group_ordinal_;
        }
        group_ordinal_ = in_subgroup_ && !outer_ordinal_.empty() ? outer_ordinal_ + "." + number : number;
        group_ = without_stops(grid_.text(row, columns_.title));
        // "I. TUYÊN TRUYỀN …" in one cell across the table
        const auto marker = formats::leading_marker(group_);
        if (marker.end > 0 && (group_ordinal_.empty() || group_ordinal_ == group_)) {
            group_ordinal_ = std::string(marker.text.substr(0, marker.text.find_last_not_of(".)/") + 1));
            group_.erase(0, marker.end);
        }
    }

    std::string path(int row) const {
        std::string path = place_;
        for (const std::string& part : {group_ordinal_, ordinal(row)}) {
            if (part.empty()) continue;
            if (!path.empty()) path += '.';
            path += part;
        }
        return path;
    }

    LineRange lines(int row) const {
        LineRange lines;
        for (int column = 0; column < grid_.columns(); ++column)
            if (const Cell* cell = grid_.at(row, column); cell != nullptr && cell->row == row) {
                lines.first = lines.first == 0 ? cell->lines.first : std::min(lines.first, cell->lines.first);
                lines.last = std::max(lines.last, cell->lines.last);
            }
        return lines;
    }

    /// "01/3/2026 - 15/3/2026" out of its two cells.
    std::string span_of_time(int row) const {
        const std::string start = grid_.text(row, columns_.start), end = grid_.text(row, columns_.end);
        return start.empty() || end.empty() || start == end ? end : start + " - " + end;
    }

    /// " triệu đồng" out of the header "Kinh phí (triệu đồng)", behind a bare amount.
    std::string unit_of_money(int column, const std::string& amount) const {
        if (amount.empty() || amount.find_first_not_of("0123456789.,") != std::string::npos) return {};
        const std::string header = grid_.text(columns_.header_end - 1, column);
        const auto open = header.find('('), close = header.find(')');
        if (open == std::string::npos || close == std::string::npos || close < open) return {};
        const std::string unit = header.substr(open + 1, close - open - 1);
        return unit.find("đồng") == std::string::npos ? std::string() : " " + lower(unit);
    }

    void add_activity(int row) {
        ActivityBuilder builder(surroundings_, path(row), group_, lines(row));
        const Cell* own = grid_.at(row, columns_.title);
        const std::size_t list = list_below_title(own->text);
        std::string title = formats::cleaned(std::string_view(own->text).substr(0, list));
        if (const auto marker = formats::leading_marker(title); marker.bullet || columns_.ordinal < 0) title.erase(0, marker.end);
        builder.add_title(Text(title), own->lines);
        if (list < own->text.size())
            builder.add_field(Label::Content, Text(list_text(std::string_view(own->text).substr(list), Label::Product)), own->lines);
        const Cell* before = grid_.at(row, columns_.title);
        for (int column = 0; column < grid_.columns(); ++column) {
            const auto& label = columns_.labels[static_cast<std::size_t>(column)];
            const Cell* cell = grid_.at(row, column);
            if (!label || cell == nullptr || cell == before || column == columns_.title || label == Label::Ordinal || grid_.text(row, column).empty()) continue;
            before = cell;
            if (column == columns_.start && columns_.end >= 0) continue;
            std::string text = column == columns_.end ? span_of_time(row) : list_text(cell->text, *label);
            if (label == Label::Funding) text += unit_of_money(column, text);
            builder.add_field(*label, Text(text), cell->lines);
        }
        activities_.push_back(builder.finished());
    }

    const Surroundings& surroundings_;
    const Grid& grid_;
    const Columns& columns_;
    std::string place_;
    std::vector<ParsedActivity>& activities_;
    std::string group_, group_ordinal_;
    bool in_subgroup_ = false;
    std::string outer_group_, outer_ordinal_;
};

}  // namespace

bool is_task_table(const Table& table) {
    // The header stands in the first rows: no need to lay out the whole.
    Table top = {};
    top.columns = table.columns;
    top.rows = std::min(table.rows, 7);
    for (const Cell& cell : table.cells)
        if (cell.row < top.rows) top.cells.push_back(cell);
    return columns_of(Grid(top)).has_value();
}

void read_task_table(const Surroundings& surroundings, const Table& table, const std::string& place,
                     std::vector<ParsedActivity>& activities) {
    const Grid grid(table);
    if (const auto columns = columns_of(grid)) TableReader(surroundings, grid, *columns, place, activities).read();
}

}  // namespace loa::plan
