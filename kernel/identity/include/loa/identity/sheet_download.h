// Tables that pages hand out as files: what a list shows, for a spreadsheet.
#pragma once

#include <string>
#include <vector>

#include "loa/formats/write_spreadsheet.h"
#include "loa/web/http.h"

namespace loa::identity {

enum class SheetFormat { Xlsx, Csv };
/// "dang=csv" in the address; else .xlsx.
SheetFormat sheet_format(const web::Request& request);

/// `name` is the file's, without its ending; of several tables .csv has the first. Nobody keeps the answer.
web::Response send_tables(const std::vector<formats::SheetTable>& tables, const std::string& name, SheetFormat format = SheetFormat::Xlsx);
/// Row by row: a long list is never in memory as rows.
web::Response send_table(const formats::SheetTable& table, const formats::NextRow& next, const std::string& name, SheetFormat format);

}  // namespace loa::identity
