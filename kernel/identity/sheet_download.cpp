#include "loa/identity/sheet_download.h"

#include "page_parts.h"

namespace loa::identity {

namespace {

web::Response sent(std::string content, const std::string& name, SheetFormat format) {
    const bool csv = format == SheetFormat::Csv;
    web::Response response = web::bytes(std::move(content), csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + (csv ? ".csv\"" : ".xlsx\""));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace

SheetFormat sheet_format(const web::Request& request) { return request.query.text("dang") == "csv" ? SheetFormat::Csv : SheetFormat::Xlsx; }

formats::SheetTable sheet_table(const Work& work, const char* title, std::initializer_list<SheetHeading> headings) {
    formats::SheetTable table{tr(work, title), {}, {}};
    for (const auto& heading : headings) table.columns.push_back({tr(work, heading.key), heading.kind, heading.width});
    return table;
}

web::Response send_tables(const std::vector<formats::SheetTable>& tables, const std::string& name, SheetFormat format) {
    return sent(format == SheetFormat::Csv ? formats::write_csv(tables.front()) : formats::write_xlsx(tables), name, format);
}

web::Response send_table(const formats::SheetTable& table, const formats::NextRow& next, const std::string& name, SheetFormat format) {
    return sent(format == SheetFormat::Csv ? formats::write_csv(table, next) : formats::write_xlsx(table, next), name, format);
}

}  // namespace loa::identity
