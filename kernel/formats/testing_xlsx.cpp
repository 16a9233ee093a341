#include "loa/formats/testing_xlsx.h"

#include "loa/formats/sheet.h"

namespace loa::formats::testing {

namespace {
const std::string kMain = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
const std::string kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relations(const std::string& content) {
    return R"(<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" + content +
           "</Relationships>";
}
std::string relation(const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kOffice + "/" + type + "\" Target=\"" + target + "\"/>";
}
}  // namespace

Parts parts_of(const Workbook& workbook) {
    return {{"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
            {"xl/workbook.xml", "<workbook " + kMain + " xmlns:r=\"" + kOffice + "\">" + workbook.workbook_more +
                                    "<sheets><sheet name=\"Đơn vị\" sheetId=\"1\" r:id=\"rId1\"" + workbook.sheet_attributes +
                                    "/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels",
             relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "styles", "styles.xml") +
                       relation("rId3", "sharedStrings", "sharedStrings.xml"))},
            {"xl/styles.xml", "<styleSheet " + kMain + ">" + workbook.styles + "</styleSheet>"},
            {"xl/sharedStrings.xml", "<sst " + kMain + ">" + workbook.shared + "</sst>"},
            {"xl/worksheets/sheet1.xml",
             "<worksheet " + kMain + "><sheetData>" + workbook.sheet_data + "</sheetData>" + workbook.after + "</worksheet>"}};
}

std::string xlsx_of(const Workbook& workbook) { return zip_of(parts_of(workbook)); }

std::string row_of(int number, std::initializer_list<std::string_view> texts) {
    std::string row = "<row r=\"" + std::to_string(number) + "\">";
    int column = 0;
    for (const auto text : texts)
        row += "<c r=\"" + cell_address(number, column++) + "\" t=\"inlineStr\"><is><t>" + std::string(text) + "</t></is></c>";
    return row + "</row>";
}

}  // namespace loa::formats::testing
