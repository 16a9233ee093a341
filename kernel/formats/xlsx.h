// Excel workbooks (ECMA-376 part 1, chapter 18), piece by piece: a sheet of any size never becomes a tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/formats/sheet.h"
#include "sheet_budget.h"
#include "xml.h"

namespace loa::formats {

Result<std::vector<Sheet>> read_xlsx(std::string_view bytes, SheetBudget& budget);

/// Numbers that are days: what a cell's style says of them, and from when the workbook counts.
class XlsxDays {
  public:
    /// `styles`: the root of styles.xml, or none.
    XlsxDays(pugi::xml_node styles, bool since_1904);

    bool is_day(std::size_t style) const { return style < day_styles_.size() && day_styles_[style]; }
    /// "05/01/2024", "05/01/2024 09:40", "09:40"; nothing for what is no day of the years 1900 … 9999.
    std::optional<std::string> day_text(double serial) const;

  private:
    std::vector<bool> day_styles_;
    bool since_1904_;
};

/// A text with its runs put together, without how it is pronounced; "_x000D_" is one letter (22.9.2.19). NFC.
std::string xlsx_text(pugi::xml_node string);

/// One worksheet's cells, its merged areas filled.
class XlsxSheet {
  public:
    XlsxSheet(const std::vector<std::string>& shared, const XlsxDays& days, SheetBudget& budget)
        : shared_(shared), days_(days), budget_(budget) {}

    Result<std::vector<SheetRow>> read(std::string_view xml);

  private:
    struct Area {
        int first_row, last_row, first_column, last_column;
    };
    Result<> add_row(std::string_view part);
    Result<> add_cell(pugi::xml_node node, SheetRow& row, int& column);
    Result<> add_area(pugi::xml_node node);
    Result<> fill(const Area& area);
    Result<> put(SheetRow& row, SheetCell cell);
    std::optional<SheetCell> cell_of(pugi::xml_node node) const;

    const std::vector<std::string>& shared_;
    const XlsxDays& days_;
    SheetBudget& budget_;
    std::vector<SheetRow> rows_;
    std::vector<Area> areas_;
    int last_row_ = 0;
};

}  // namespace loa::formats
