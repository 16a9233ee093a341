// Tables that pages hand out as files: what a list shows, for a spreadsheet.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "loa/formats/write_spreadsheet.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"

namespace loa::identity {

enum class SheetFormat { Xlsx, Csv };
/// "dang=csv" in the address; else .xlsx.
SheetFormat sheet_format(const web::Request& request);

struct SheetHeading {
    const char* key;  // translation key
    formats::CellKind kind = formats::CellKind::Text;
    int width = 20;  // letters
};
/// A table without rows, in the reader's language; `title` is a translation key too.
formats::SheetTable sheet_table(const Work& work, const char* title, std::initializer_list<SheetHeading> headings);

/// The rows of a list that is read part by part: `part()` gives the next items, none at the end, and `row` what one of them shows.
template <class Part, class RowOf>
formats::NextRow rows_by_part(Part part, RowOf row) {
    return [part = std::move(part), row = std::move(row), items = decltype(part()){}, at = std::size_t{0}]() mutable -> std::optional<std::vector<std::string>> {
        if (at == items.size()) {
            items = part();
            at = 0;
            if (items.empty()) return std::nullopt;
        }
        return row(items[at++]);
    };
}

/// `name` is the file's, without its ending; of several tables .csv has the first. Nobody keeps the answer.
web::Response send_tables(const std::vector<formats::SheetTable>& tables, const std::string& name, SheetFormat format = SheetFormat::Xlsx);
/// Row by row: a long list is never in memory as rows.
web::Response send_table(const formats::SheetTable& table, const formats::NextRow& next, const std::string& name, SheetFormat format);

}  // namespace loa::identity
