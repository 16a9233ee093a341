// Reading and writing spreadsheets; LibreOffice reads what we write and the other way round.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "encodings.h"
#include "loa/formats/process.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/formats/reading_limits.h"
#include "loa/formats/testing_xlsx.h"
#include "loa/formats/write_spreadsheet.h"

namespace loa::formats {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;

/// "A1 text", with =, ^ (merged), # (number), @ (day), ? (truth), ! (error) in front of the text where they hold.
std::vector<std::string> cells_of(const Sheet& sheet) {
    constexpr std::string_view marks[] = {"", "#", "@", "?", "!"};
    std::vector<std::string> cells;
    for (const SheetRow& row : sheet.rows)
        for (const SheetCell& cell : row.cells)
            cells.push_back(cell_address(row.number, cell.column) + " " + (cell.formula ? "=" : "") + (cell.merged ? "^" : "") +
                            std::string(marks[static_cast<std::size_t>(cell.kind)]) + cell.text);
    return cells;
}

std::string key_of(const Result<std::vector<Sheet>>& result) {
    return result ? "" : result.failure().problems.front().key;
}

std::vector<std::string> read(const std::string& bytes, const std::string& name = "don-vi.xlsx") {
    const auto sheets = read_spreadsheet(bytes, name);
    if (!sheets) return {key_of(sheets)};
    return cells_of(sheets->front());
}

std::vector<std::string> csv(const std::string& bytes) { return read(bytes, "don-vi.csv"); }

TEST(Xlsx, CellsOfEveryKind) {
    EXPECT_THAT(read(xlsx_of({.sheet_data =
                                  R"(<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>1200.0</v></c><c r="C2"><v>0.1</v></c>)"
                                  R"(<c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#REF!</v></c><c r="F2" t="str"><f>A2&amp;"x"</f><v>Tổng</v></c>)"
                                  R"(<c r="G2" t="inlineStr"><is><r><t>Phòng </t></r><r><t xml:space="preserve">Nội vụ</t></r></is></c>)"
                                  R"(<c r="H2"><f>1+1</f></c><c r="I2" s="1"><v>1</v></c><c r="J2" t="d"><v>2024-01-05T00:00:00</v></c></row>)",
                              .shared = "<si><t>không dùng</t></si><si><r><t>Khóm</t></r><rPh><t>ai</t></rPh><r><t> 1</t></r></si>"})),
                ElementsAre("A2 Khóm 1", "B2 #1200", "C2 #0.1", "D2 ?TRUE", "E2 !#REF!", "F2 =Tổng", "G2 Phòng Nội vụ", "H2 =", "I2 #1",
                            "J2 @05/01/2024"));
}

TEST(Xlsx, DaysAreNumbersWithAStyle) {
    const std::string styles =
        R"(<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="#,##0\ &quot;đồng/ngày&quot;"/>)"
        R"(<numFmt numFmtId="166" formatCode="[$-42A]hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>)"
        R"(<xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>)";
    const std::string row = R"(<row><c s="0"><v>45839</v></c><c s="1"><v>45839</v></c><c s="2"><v>45839.4027777778</v></c><c s="3"><v>45839</v></c>)"
                            R"(<c s="4"><v>0.4027777778</v></c><c s="1"><v>1</v></c><c s="1"><v>61</v></c><c s="1"><v>-1</v></c><c s="9"><v>5</v></c></row>)";
    EXPECT_THAT(read(xlsx_of({.sheet_data = row, .styles = styles})),
                ElementsAre("A1 #45839", "B1 @01/07/2025", "C1 @01/07/2025 09:40", "D1 #45839", "E1 @09:40", "F1 @01/01/1900",
                            "G1 @01/03/1900", "H1 #-1", "I1 #5"));
    EXPECT_THAT(read(xlsx_of({.sheet_data = R"(<row><c s="1"><v>44377</v></c></row>)", .styles = styles, .workbook_more = R"(<workbookPr date1904="1"/>)"})),
                ElementsAre("A1 @01/07/2025"));
}

TEST(Xlsx, MergedCellsAreFilledAndMarked) {
    EXPECT_THAT(read(xlsx_of({.sheet_data = row_of(1, {"Khối", "Một"}) + row_of(2, {"", "Hai"}) + row_of(4, {"", "Ba"}),
                              .after = R"(<mergeCells count="2"><mergeCell ref="A1:A3"/><mergeCell ref="B4:C9"/></mergeCells>)"})),
                ElementsAre("A1 ^Khối", "B1 Một", "A2 ^Khối", "B2 Hai", "B4 ^Ba", "C4 ^Ba"));
}

TEST(Xlsx, HiddenRowsAndSheetsAreKnown) {
    const auto sheets = read_spreadsheet(xlsx_of({.sheet_data = R"(<row r="3" hidden="1"><c><v>1</v></c></row><row><c><v>2</v></c></row>)",
                                                  .sheet_attributes = " state=\"veryHidden\""}),
                                         "a.xlsx");
    ASSERT_TRUE(sheets);
    EXPECT_TRUE(sheets->front().hidden);
    EXPECT_EQ(sheets->front().name, "Đơn vị");
    EXPECT_TRUE(sheets->front().rows[0].hidden);
    EXPECT_EQ(sheets->front().rows[1].number, 4);
}

TEST(Xlsx, OtherPrefixesAndEscapes) {
    Parts parts = parts_of({.sheet_data = ""});
    parts.back().second = R"(<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><!-- <x:row> --><x:sheetData><x:row r="1">)"
                          R"(<x:c r="A1" t="inlineStr"><x:is><x:t>a_x000D_b &lt;row&gt; _x0041 </x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>)";
    EXPECT_THAT(read(zip_of(parts)), ElementsAre("A1 a\rb <row> _x0041 "));
}

TEST(Xlsx, WrongReferencesAreDamage) {
    for (const char* row : {R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)", R"(<row r="1"><c r="A2"><v>1</v></c></row>)",
                            R"(<row r="2"/><row r="1"/>)", R"(<row r="-1"/>)", R"(<row r="99999999"/>)", R"(<row r="1"><c r="ZZZZ1"><v>1</v></c></row>)",
                            R"(<row r="1"><c r="1A"><v>1</v></c></row>)", R"(<row r="1"><c t="s"><v>7</v></c></row>)",
                            R"(<row r="1"><c t="s"><v>-1</v></c></row>)", R"(<row r="1"><c t="s"/></row>)"})
        EXPECT_THAT(read(xlsx_of({.sheet_data = row})), ElementsAre("formats.damaged")) << row;
    for (const char* area : {"A0:B2", "B2:A1", "", "A1:ZZZZ9", "A1:B2:C3"})
        EXPECT_THAT(read(xlsx_of({.sheet_data = row_of(1, {"a"}), .after = std::string("<mergeCells><mergeCell ref=\"") + area + "\"/></mergeCells>"})),
                    ElementsAre("formats.damaged"))
            << area;
}

TEST(Csv, EverySeparatorAndEnding) {
    const std::vector<std::string> expected{"A1 Tên", "B1 Loại, cấp", "A3 Khóm 1", "C3 x"};
    for (const std::string separator : {";", "\t"})
        for (const std::string end : {"\n", "\r\n", "\r"})
            EXPECT_EQ(csv("Tên" + separator + "Loại, cấp" + end + end + "Khóm 1" + separator + separator + "x" + end), expected);
    EXPECT_EQ(csv("Tên,\"Loại, cấp\",\n\nKhóm 1,,x"), expected);
    EXPECT_EQ(csv("sep=|\nTên|Loại, cấp\n\nKhóm 1||x").front(), "A2 Tên");
}

TEST(Csv, Quotes) {
    EXPECT_THAT(csv("\"a\"\"b\";\"c\nd\";\"e\"f;g\"h\n1"), ElementsAre("A1 a\"b", "B1 c\nd", "C1 ef", "D1 g\"h", "A2 1"));
    const auto open = read_spreadsheet("a;b\n1;\"2\n3;4\n", "a.csv");
    ASSERT_FALSE(open);
    EXPECT_EQ(open.failure().problems.front(), (Problem{"file", "formats.open_quote", {{"row", "2"}}}));
}

TEST(Csv, Letters) {
    const std::vector<std::string> expected{"A1 Phường", "B1 Đất"};
    EXPECT_EQ(csv("Phường;Đất"), expected);
    EXPECT_EQ(csv("\xEF\xBB\xBFPhường;Đất"), expected);
    EXPECT_EQ(csv("Phươ\xCC\x80ng;Đâ\xCC\x81t"), expected) << "marks apart";
    EXPECT_EQ(csv("Ph\xFD\xF5\xCCng;\xD0\xE2\xECt"), expected) << "Windows-1258";
    const std::u16string wide = u"Phường;Đất";
    std::string little, big;
    for (const char16_t c : wide) {
        little += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
        big += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
    }
    EXPECT_EQ(csv("\xFF\xFE" + little), expected);
    EXPECT_EQ(csv("\xFE\xFF" + big), expected);
    EXPECT_EQ(csv(little), expected);
    EXPECT_EQ(csv(big), expected);
    EXPECT_THAT(csv("caf\xE9;b"), ElementsAre("formats.sheet_charset")) << "French";
    EXPECT_THAT(csv("K\xD5 ho\xB9"
                    "ch;x"),
                ElementsAre("formats.sheet_charset"))
        << "TCVN3";
    EXPECT_EQ(from_windows_1258("b\xEC"), std::nullopt) << "no letter takes that mark";
}

TEST(Spreadsheet, TheBytesDecide) {
    EXPECT_THAT(csv(xlsx_of({.sheet_data = row_of(1, {"a"})})), ElementsAre("formats.not_spreadsheet"));
    EXPECT_THAT(read("a;b", "a.xlsx"), ElementsAre("formats.not_spreadsheet"));
    EXPECT_THAT(read("\x89PNG\r\n\x1a\n" + std::string(20, '\0')), ElementsAre("formats.not_spreadsheet"));
    EXPECT_THAT(csv("\n;;\n \n"), ElementsAre("formats.no_cells"));
    EXPECT_THAT(read(""), ElementsAre("formats.empty_file"));
    EXPECT_THAT(read(zip_of({{"word/document.xml", "<a/>"}})), ElementsAre("formats.not_spreadsheet"));
}

const SheetTable& table() {
    static const SheetTable made{"Đơn vị",
                                 {{"Tên", CellKind::Text, 30}, {"Số", CellKind::Number, 10}, {"Từ ngày", CellKind::Day, 12}},
                                 {{"=1+1", "12", "01/07/2025"},
                                  {"'=cmd|' /C calc'!A0", "-5", "không rõ"},
                                  {"007", "3.25", ""},
                                  {"Phòng \"Một cửa\"; tầng 1\nbên trái", "", "31/12/1899"},
                                  {"+84 277", "một", "29/02/2024"},
                                  {"@mai", "", ""}}};
    return made;
}

TEST(Written, XlsxReadsAsItWas) {
    EXPECT_THAT(read(write_xlsx({table()})),
                ElementsAre("A1 Tên", "B1 Số", "C1 Từ ngày", "A2 =1+1", "B2 #12", "C2 @01/07/2025", "A3 '=cmd|' /C calc'!A0", "B3 #-5", "C3 không rõ",
                            "A4 007", "B4 #3.25", "A5 Phòng \"Một cửa\"; tầng 1\nbên trái", "C5 31/12/1899", "A6 +84 277", "B6 một",
                            "C6 @29/02/2024", "A7 @mai"));
}

TEST(Written, CsvReadsAsItWasAndHoldsNoFormula) {
    const std::string bytes = write_csv(table());
    EXPECT_TRUE(bytes.starts_with("\xEF\xBB\xBFTên;Số;Từ ngày\r\n"));
    EXPECT_EQ(bytes.find("\n="), bytes.npos);
    EXPECT_THAT(csv(bytes), ElementsAre("A1 Tên", "B1 Số", "C1 Từ ngày", "A2 =1+1", "B2 12", "C2 01/07/2025", "A3 '=cmd|' /C calc'!A0", "B3 -5",
                                        "C3 không rõ", "A4 007", "B4 3.25", "A5 Phòng \"Một cửa\"; tầng 1\nbên trái", "C5 31/12/1899", "A6 +84 277",
                                        "B6 một", "C6 29/02/2024", "A7 @mai"));
}

/// What LibreOffice makes of a file, "" where it makes none. It takes a .csv for Windows' letters until it is told.
std::string converted(const std::string& bytes, const std::string& from, const std::string& filter, const std::string& to) {
    const TemporaryFolder folder, out;
    folder.write("table." + from, bytes);
    Command command{.program = find_program("soffice", ReadingLimits().program_folders).value()};
    command.arguments = {"-env:UserInstallation=file://" + (folder.path() / "profile").string(), "--headless", "--convert-to", filter, "--outdir", out.path().string(),
                         "table." + from};
    if (from == "csv") command.arguments.insert(command.arguments.begin(), "--infilter=Text - txt - csv (StarCalc):44,34,76");
    command.environment = {{"HOME", folder.path().string()}, {"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
    command.folder = folder.path();
    command.memory_bytes = std::size_t{8} << 30;
    command.time = 120s;
    run(command);
    return out.read("table." + to, 50U << 20).value_or("");
}

TEST(OfficeSuite, ReadsWhatWeWriteAndWritesWhatWeRead) {
    // Without it soffice takes a minute to say that it knows no spreadsheets.
    if (!std::filesystem::exists("/usr/lib/libreoffice/program/libsclo.so")) GTEST_SKIP() << "needs libreoffice-calc";
    const std::string saved = converted(write_xlsx({table()}), "xlsx", "xlsx:Calc MS Excel 2007 XML", "xlsx");
    ASSERT_NE(saved, "");
    EXPECT_EQ(read(saved), read(write_xlsx({table()})));
    const std::string text = converted(write_xlsx({table()}), "xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1", "csv");
    EXPECT_THAT(csv(text), ::testing::Contains("C2 01/07/2025"));
    EXPECT_THAT(csv(text), ::testing::Contains("A4 007"));
    // A formula that LibreOffice has worked out, and an error.
    const std::string worked_out = converted("Tên,Số\n=\"a\"&\"b\",=1/0\n", "csv", "xlsx:Calc MS Excel 2007 XML", "xlsx");
    EXPECT_THAT(read(worked_out), ElementsAre("A1 Tên", "B1 Số", "A2 =ab", "B2 =!#DIV/0!"));
}

}  // namespace
}  // namespace loa::formats
