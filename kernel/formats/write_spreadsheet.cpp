#include "loa/formats/write_spreadsheet.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "csv.h"
#include "loa/base/date.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/formats/process.h"

namespace loa::formats {

namespace {

constexpr std::size_t kLongestText = 32'767;  // letters of a cell (Excel's own limit)

struct CloseWorkbook {
    void operator()(lxw_workbook* workbook) const { workbook_close(workbook); }
};

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Excel counts no days before 1 March 1900 that every program agrees on.
std::optional<Date> day_in(std::string_view text) {
    const auto day = Date::parse_vietnamese(text);
    return day && *day >= *Date::from(1900, 3, 1) ? day : std::nullopt;
}

class XlsxTable {
  public:
    XlsxTable(lxw_workbook* workbook, const SheetTable& table)
        : table_(table), sheet_(workbook_add_worksheet(workbook, table.name.c_str())) {
        if (sheet_ == nullptr) throw Fault("no sheet can be called " + table.name);
        heading_ = workbook_add_format(workbook);
        format_set_bold(heading_);
        format_set_bg_color(heading_, 0xE8EEF4);
        format_set_border(heading_, LXW_BORDER_THIN);
        format_set_text_wrap(heading_);
        day_ = workbook_add_format(workbook);
        format_set_num_format(day_, "dd/mm/yyyy");
        // What a person adds below is text as well: a code of "007" keeps its zeros.
        text_ = workbook_add_format(workbook);
        format_set_num_format(text_, "@");
    }

    void write(const NextRow& next) {
        for (std::size_t column = 0; column < table_.columns.size(); ++column) {
            const SheetColumn& about = table_.columns[column];
            const auto place = static_cast<lxw_col_t>(column);
            worksheet_set_column(sheet_, place, place, about.width, format_of(about.kind));
            worksheet_write_string(sheet_, 0, place, about.heading.c_str(), heading_);
        }
        worksheet_freeze_panes(sheet_, 1, 0);
        lxw_row_t place = 1;
        for (auto row = next(); row; row = next(), ++place)
            for (std::size_t column = 0; column < row->size(); ++column) write_cell(place, column, (*row)[column]);
    }

  private:
    lxw_format* format_of(CellKind kind) const {
        return kind == CellKind::Day ? day_ : kind == CellKind::Number ? nullptr : text_;
    }

    void write_cell(lxw_row_t row, std::size_t column, const std::string& text) {
        if (text.empty()) return;
        const auto place = static_cast<lxw_col_t>(column);
        const CellKind kind = column < table_.columns.size() ? table_.columns[column].kind : CellKind::Text;
        if (const auto number = kind == CellKind::Number ? number_in(text) : std::nullopt) {
            worksheet_write_number(sheet_, row, place, *number, nullptr);
        } else if (const auto day = kind == CellKind::Day ? day_in(text) : std::nullopt) {
            const Date first = *Date::from(1899, 12, 30);
            worksheet_write_number(sheet_, row, place, day->days_since(first), day_);
        } else if (worksheet_write_string(sheet_, row, place, shortened(text, kLongestText).c_str(), text_) != LXW_NO_ERROR) {
            throw Fault("a cell could not be written");
        }
    }

    const SheetTable& table_;
    lxw_worksheet* sheet_;
    lxw_format* heading_;
    lxw_format* day_;
    lxw_format* text_;
};

std::string csv_field(const std::string& text) {
    const bool number = number_in(text).has_value();
    const std::string safe = !number && looks_like_formula(text) ? "'" + text : text;
    if (safe.find_first_of("\";,\t\r\n'") == std::string::npos && trimmed(safe) == safe) return safe;
    return '"' + replaced(safe, "\"", "\"\"") + '"';
}

void add_record(std::string& csv, const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) csv += (i > 0 ? ";" : "") + csv_field(fields[i]);
    csv += "\r\n";
}

/// One sheet for each table, with the rows that its `next` gives.
std::string write_workbook(const std::vector<std::pair<const SheetTable*, NextRow>>& tables) {
    const TemporaryFolder folder;
    const std::string path = (folder.path() / "table.xlsx").string();
    std::string rows = folder.path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;  // rows wait in a file, not in memory
    options.tmpdir = rows.data();
    std::unique_ptr<lxw_workbook, CloseWorkbook> workbook(workbook_new_opt(path.c_str(), &options));
    if (!workbook) throw Fault("no workbook can be written to " + path);
    for (const auto& [table, next] : tables) XlsxTable(workbook.get(), *table).write(next);
    if (const lxw_error error = workbook_close(workbook.release()); error != LXW_NO_ERROR)
        throw Fault(std::string("the workbook could not be written: ") + lxw_strerror(error));
    auto bytes = folder.read("table.xlsx", std::size_t{1} << 30);
    if (!bytes) throw Fault("the workbook is not where it was written");
    return *std::move(bytes);
}

NextRow rows_of(const SheetTable& table) {
    return [&table, at = std::size_t{0}]() mutable { return at < table.rows.size() ? std::optional(table.rows[at++]) : std::nullopt; };
}

}  // namespace

std::string write_xlsx(const std::vector<SheetTable>& tables) {
    std::vector<std::pair<const SheetTable*, NextRow>> sheets;
    for (const SheetTable& table : tables) sheets.emplace_back(&table, rows_of(table));
    return write_workbook(sheets);
}

std::string write_xlsx(const SheetTable& table, const NextRow& next) { return write_workbook({{&table, next}}); }

std::string write_csv(const SheetTable& table) { return write_csv(table, rows_of(table)); }

std::string write_csv(const SheetTable& table, const NextRow& next) {
    std::string csv = "\xEF\xBB\xBF";
    std::vector<std::string> headings;
    for (const SheetColumn& column : table.columns) headings.push_back(column.heading);
    add_record(csv, headings);
    for (auto row = next(); row; row = next()) add_record(csv, *row);
    return csv;
}

}  // namespace loa::formats
