#include "tests/support/workbook.h"

#include <fmt/format.h>

#include "loa/formats/testing.h"

namespace loa::app {

namespace {
constexpr std::string_view kMain = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
constexpr std::string_view kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relation(std::string_view id, std::string_view type, std::string_view target) {
    return fmt::format(R"(<Relationship Id="{}" Type="{}/{}" Target="{}"/>)", id, kOffice, type, target);
}
std::string relations(const std::string& all) {
    return R"(<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" + all + "</Relationships>";
}
}  // namespace

std::string text_cell(std::string_view address, std::string_view text) { return fmt::format(R"(<c r="{}" t="inlineStr"><is><t>{}</t></is></c>)", address, text); }
std::string number_cell(std::string_view address, std::string_view number) { return fmt::format(R"(<c r="{}"><v>{}</v></c>)", address, number); }
std::string day_cell(std::string_view address, int days) { return fmt::format(R"(<c r="{}" s="1"><v>{}</v></c>)", address, days); }
std::string formula_cell(std::string_view address, std::string_view formula, std::string_view kept) {
    return fmt::format(R"(<c r="{}"><f>{}</f>{}</c>)", address, formula, kept.empty() ? std::string() : fmt::format("<v>{}</v>", kept));
}
std::string error_cell(std::string_view address, std::string_view error) { return fmt::format(R"(<c r="{}" t="e"><v>{}</v></c>)", address, error); }

std::string sheet_row(int number, std::initializer_list<std::string> cells) {
    std::string row = fmt::format(R"(<row r="{}">)", number);
    for (const auto& cell : cells) row += cell;
    return row + "</row>";
}

std::string workbook_of(const std::string& rows, std::initializer_list<std::string_view> merged, Epoch epoch) {
    std::string areas;
    for (const auto area : merged) areas += fmt::format(R"(<mergeCell ref="{}"/>)", area);
    if (!areas.empty()) areas = "<mergeCells>" + areas + "</mergeCells>";
    return formats::testing::zip_of(
        {{"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
         {"xl/workbook.xml", fmt::format(R"(<workbook {} xmlns:r="{}">{}<sheets><sheet name="Kết quả" sheetId="1" r:id="rId1"/></sheets></workbook>)", kMain, kOffice,
                                         epoch == Epoch::Since1904 ? R"(<workbookPr date1904="1"/>)" : "")},
         {"xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "styles", "styles.xml"))},
         {"xl/styles.xml", fmt::format(R"(<styleSheet {}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>)", kMain)},
         {"xl/worksheets/sheet1.xml", fmt::format("<worksheet {}><sheetData>{}</sheetData>{}</worksheet>", kMain, rows, areas)}});
}

}  // namespace loa::app
