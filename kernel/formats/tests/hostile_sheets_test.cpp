// Spreadsheets made to hurt, and large honest ones: one problem, or the cells, under 300 MB and 10 s.
#include <gtest/gtest.h>

#include <random>

#include "loa/formats/read_spreadsheet.h"
#include "loa/formats/testing_xlsx.h"
#include "loa/formats/write_spreadsheet.h"
#include "tests/support/docx_file.h"
#include "tests/support/measured.h"

namespace loa::formats {
namespace {

using namespace testing;
using namespace std::string_literals;

void expect_sheet(const std::string& key, const std::function<std::string()>& make, const std::string& name = "don-vi.xlsx") {
    expect_problem(key, make, name, spreadsheet_key);
}

SheetTable large(int rows, int columns) {
    SheetTable table{"Đơn vị", {}, {}};
    for (int column = 0; column < columns; ++column) table.columns.push_back({"Cột " + std::to_string(column)});
    for (int row = 0; row < rows; ++row) {
        table.rows.emplace_back();
        for (int column = 0; column < columns; ++column) table.rows.back().push_back("Khóm Long Thạnh " + std::to_string(row * columns + column));
    }
    return table;
}

TEST(HostileSheets, AHundredThousandRowsAreRead) {
    expect_sheet("", [] { return write_xlsx({large(100'000, 10)}); });
    expect_sheet(
        "", [] { return write_csv(large(50'000, 9)); }, "don-vi.csv");
}

TEST(HostileSheets, TooMuchOfAnything) {
    expect_sheet("formats.too_many_rows", [] { return xlsx_of({.sheet_data = R"(<row r="1048576"><c><v>1</v></c></row>)"}); });
    expect_sheet("formats.too_many_columns", [] { return xlsx_of({.sheet_data = R"(<row r="1"><c r="XFD1"><v>1</v></c></row>)"}); });
    expect_sheet("formats.too_many_columns", [] { return xlsx_of({.sheet_data = "<row>" + repeated("<c><v>1</v></c>", 1'000'000) + "</row>"}); });
    expect_sheet("formats.too_many_columns", [] { return xlsx_of({.sheet_data = "<row>" + repeated("<c><v>1</v></c>", 200'000) + "</row>"}); });
    expect_sheet("formats.too_many_cells", [] { return xlsx_of({.sheet_data = repeated("<row>" + repeated("<c><v>1</v></c>", 900) + "</row>", 1400)}); });
    expect_sheet(
        "formats.too_many_columns", [] { return repeated("a;", 1'000'000); }, "a.csv");
    expect_sheet(
        "formats.too_many_rows", [] { return repeated("a\n", 1'000'000); }, "a.csv");
    expect_sheet(
        "formats.too_many_cells", [] { return repeated(repeated("a;", 99) + "\n", 20'000); }, "a.csv");
    // One long text that very many cells point at.
    expect_sheet("formats.too_many_cells", [] {
        return xlsx_of({.sheet_data = repeated("<row>" + repeated(R"(<c t="s"><v>0</v></c>)", 100) + "</row>", 1000),
                        .shared = "<si><t>" + std::string(30'000, 'a') + "</t></si>"});
    });
    expect_sheet("formats.sheet_too_large", [] { return "PK\x03\x04" + std::string(20U << 20, 'a'); });
}

TEST(HostileSheets, Bombs) {
    expect_sheet("formats.sheet_too_large_inside", [] { return xlsx_of({.sheet_data = std::string(100U << 20, ' ')}); });
    expect_sheet("formats.sheet_too_large_inside", [] { return xlsx_of({.sheet_data = "", .shared = std::string(100U << 20, ' ')}); });
    expect_sheet("formats.sheet_too_large_inside", [] { return xlsx_of({.sheet_data = "", .shared = "<si><t>" + std::string(5U << 20, 'a') + "</t></si>"}); });
    expect_sheet("formats.sheet_unsafe_xml", [] {
        Parts parts = parts_of({.sheet_data = row_of(1, {"&a;"})});
        parts.back().second = R"(<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>)" + parts.back().second;
        return zip_of(parts);
    });
    expect_sheet("formats.sheet_unsafe_xml", [] { return xlsx_of({.sheet_data = repeated("<a>", 100'000) + repeated("</a>", 100'000)}); });
    expect_sheet("formats.sheet_unsafe_archive", [] {
        Parts parts = parts_of({.sheet_data = row_of(1, {"a"})});
        parts.emplace_back("../../etc/cron.d/x", "x");
        return zip_of(parts);
    });
    expect_sheet("formats.sheet_too_large_inside", [] {
        Parts parts = parts_of({.sheet_data = row_of(1, {"a"})});
        for (int i = 0; i < kMoreEntriesThanAllowed; ++i) parts.emplace_back("xl/media/" + std::to_string(i), "");
        return zip_of(parts);
    });
    expect_sheet("formats.encrypted", [] { return encrypted_zip_of(parts_of({.sheet_data = row_of(1, {"a"})})); });
}

TEST(HostileSheets, MergedAreas) {
    expect_sheet("formats.too_many_merged", [] {
        std::string areas;
        for (int i = 1; i <= 1'000'000; ++i) areas += "<mergeCell ref=\"A" + std::to_string(i) + ":B" + std::to_string(i) + "\"/>";
        return xlsx_of({.sheet_data = row_of(1, {"a"}), .after = "<mergeCells>" + areas + "</mergeCells>"});
    });
    expect_sheet("", [] { return xlsx_of({.sheet_data = row_of(1, {"a"}), .after = R"(<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>)"}); });
    // As many as are allowed, each over everything.
    expect_sheet("formats.too_many_merged", [] {
        return xlsx_of({.sheet_data = row_of(1, {"a"}) + repeated("<row>" + repeated("<c><v>1</v></c>", 9) + "</row>", 100'000),
                        .after = "<mergeCells>" + repeated(R"(<mergeCell ref="A1:I200000"/>)", 9'999) + "</mergeCells>"});
    });
    // Each filled square pushes what stands right of it.
    expect_sheet("formats.too_many_cells", [] {
        const std::string row = "<row>" + repeated("<c/>", 500) + repeated("<c><v>1</v></c>", 500) + "</row>";
        return xlsx_of({.sheet_data = "<row><c><v>1</v></c></row>" + repeated(row, 1'500),
                        .after = R"(<mergeCells><mergeCell ref="A1:SF2000"/></mergeCells>)"});
    });
}

TEST(HostileSheets, CutOffAndChanged) {
    const std::string whole = xlsx_of({.sheet_data = row_of(1, {"Phòng", "Nội vụ"}), .shared = "<si><t>a</t></si>", .styles = "<cellXfs><xf numFmtId='14'/></cellXfs>"});
    ASSERT_TRUE(read_spreadsheet(whole, "a.xlsx"));
    for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_FALSE(read_spreadsheet(whole.substr(0, length), "a.xlsx")) << length;
    std::mt19937 random(2026);
    for (int i = 0; i < 3000; ++i) {
        std::string bytes = whole;
        for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto result = read_spreadsheet(bytes, "a.xlsx");
        if (!result) {
            ASSERT_EQ(result.failure().problems.size(), 1U);
        }
    }
    for (const char* xml : {"", "<", "<worksheet>", "<worksheet></worksheet></x>", "<worksheet><sheetData><row><c></row></c></sheetData></worksheet>", "\xFF\xFE<\0"}) {
        Parts parts = parts_of({.sheet_data = ""});
        parts.back().second = xml;
        EXPECT_EQ(spreadsheet_key(zip_of(parts), "a.xlsx"), "formats.damaged") << xml;
    }
    EXPECT_EQ(spreadsheet_key(zip_of({{"xl/workbook.xml", "<workbook/>"}}), "a.xlsx"), "formats.damaged");
    EXPECT_EQ(spreadsheet_key("a;\0;b"s, "a.csv"), "formats.not_text");
}

}  // namespace
}  // namespace loa::formats
