// Spreadsheets as offices send them, made in the test: what write_xlsx() would never write.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace loa::app {

/// One cell as XML; `address` "B12".
std::string text_cell(std::string_view address, std::string_view text);
std::string number_cell(std::string_view address, std::string_view number);
/// A day, by its number in the workbook's own counting.
std::string day_cell(std::string_view address, int days);
/// `kept`: what the program that saved it had worked out; "": nothing.
std::string formula_cell(std::string_view address, std::string_view formula, std::string_view kept);
std::string error_cell(std::string_view address, std::string_view error);
std::string sheet_row(int number, std::initializer_list<std::string> cells);

enum class Epoch { Since1900, Since1904 };
/// An .xlsx of one sheet, "Kết quả"; `merged`: "A4:A5".
std::string workbook_of(const std::string& rows, std::initializer_list<std::string_view> merged = {}, Epoch epoch = Epoch::Since1900);

}  // namespace loa::app
