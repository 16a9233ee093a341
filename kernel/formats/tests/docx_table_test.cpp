#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/formats/docx.h"
#include "tests/support/docx_file.h"

namespace loa::formats {
namespace {

using namespace testing;
using ::testing::ElementsAre;

TextDocument read(const std::string& bytes) {
    auto document = read_docx(bytes);
    if (!document) {
        ADD_FAILURE() << document.failure().problems.front().key;
        return {};
    }
    return *std::move(document);
}

std::string tc(std::string_view content, std::string_view properties = {}) {
    const bool is_markup = content.starts_with('<');
    return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" +
           (is_markup ? std::string(content) : p(content)) + "</w:tc>";
}
std::string tr(std::string_view cells, std::string_view properties = {}) {
    return "<w:tr><w:trPr>" + std::string(properties) + "</w:trPr>" + std::string(cells) + "</w:tr>";
}
std::string tbl(std::string_view rows, std::string_view properties = {}) {
    return "<w:tbl><w:tblPr>" + std::string(properties) + "</w:tblPr>" + std::string(rows) + "</w:tbl>";
}

std::string squares(const Table& table) {
    std::string out;
    for (int row = 0; row < table.rows; ++row) {
        for (int column = 0; column < table.columns; ++column) {
            const Cell* cell = table.at(row, column);
            out += cell ? (cell->text.empty() ? "_" : cell->text) : ".";
        }
        out += '/';
    }
    return out;
}

TEST(DocxTable, HasALineForEachRow) {
    const TextDocument document = read(
        docx_of(p("trước") +
                tbl(tr(tc("STT") + tc("Nội dung"), "<w:tblHeader/>") + tr(tc("1") + tc("Treo băng rôn"))) +
                p("sau")));
    EXPECT_THAT(document.lines, ElementsAre("trước", "STT | Nội dung", "1 | Treo băng rôn", "sau"));
    ASSERT_EQ(document.blocks.size(), 3U);
    EXPECT_EQ(document.blocks[1].kind, BlockKind::Table);
    EXPECT_EQ(document.blocks[1].lines, (LineRange{2, 3}));
    const Table& table = document.tables.at(document.blocks[1].table);
    EXPECT_EQ(table.rows, 2);
    EXPECT_EQ(table.columns, 2);
    EXPECT_TRUE(table.at(0, 1)->header);
    EXPECT_FALSE(table.at(1, 1)->header);
    EXPECT_EQ(table.at(1, 0)->lines, (LineRange{3, 3}));
    EXPECT_EQ(document.blocks[2].lines, (LineRange{4, 4}));
}

TEST(DocxTable, MergedCellsAreListedAndPrintedOnce) {
    const std::string down = R"(<w:vMerge w:val="restart"/>)", on = "<w:vMerge/>",
                      wide = R"(<w:gridSpan w:val="2"/>)";
    const TextDocument document = read(docx_of(tbl(tr(tc("A", down) + tc("B", wide) + tc("C")) +
                                                   tr(tc("", on) + tc("D") + tc("E") + tc("F", down)) +
                                                   tr(tc("", on) + tc("G", wide) + tc("", on)))));
    const Table& table = document.tables.front();
    EXPECT_EQ(squares(table), "ABBC/ADEF/AGGF/");
    EXPECT_EQ(table.cells.size(), 7U);
    EXPECT_EQ(table.at(0, 0)->rows, 3);
    EXPECT_EQ(table.at(0, 0)->lines, (LineRange{1, 3}));
    EXPECT_EQ(table.at(1, 3)->lines, (LineRange{2, 3}));
    EXPECT_THAT(document.lines, ElementsAre("A | B | C", "D | E | F", "G"));
}

TEST(DocxTable, MergesInBothDirections) {
    const TextDocument document =
        read(docx_of(tbl(tr(tc("A", R"(<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>)") + tc("B")) +
                         tr(tc("", R"(<w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>)") + tc("C")))));
    EXPECT_EQ(squares(document.tables.front()), "AAB/AAC/");
}

TEST(DocxTable, OldHorizontalMerge) {
    const TextDocument document =
        read(docx_of(tbl(tr(tc("A", R"(<w:hMerge w:val="restart"/>)") + tc("", "<w:hMerge/>") + tc("B")))));
    EXPECT_EQ(squares(document.tables.front()), "AAB/");
}

TEST(DocxTable, AContinuationOfNothingIsACellOfItsOwn) {
    const TextDocument document =
        read(docx_of(tbl(tr(tc("A", "<w:vMerge/>") + tc("B")) + tr(tc("C", R"(<w:gridSpan w:val="2"/>)")) +
                         tr(tc("D") + tc("E", "<w:vMerge/>")))));
    EXPECT_EQ(squares(document.tables.front()), "AB/CC/DE/");
}

TEST(DocxTable, ShortRowsAndIndentedRows) {
    const TextDocument document = read(docx_of(
        tbl(tr(tc("A") + tc("B") + tc("C")) + tr(tc("D")) + tr(tc("E"), R"(<w:gridBefore w:val="2"/>)"))));
    EXPECT_EQ(squares(document.tables.front()), "ABC/D../..E/");
}

TEST(DocxTable, DeletedRowsAreLeftOut) {
    const TextDocument document = read(docx_of(
        tbl(tr(tc("A") + tc("B")) + tr(tc("C") + tc("D"), "<w:del/>") + tr(tc("E") + tc("F"), "<w:ins/>"))));
    EXPECT_EQ(squares(document.tables.front()), "AB/EF/");
}

TEST(DocxTable, CellsHoldParagraphsNumbersAndBold) {
    const std::string lists = "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "decimal", "%1") +
                              R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";
    const TextDocument document =
        read(docx_of(tbl(tr(tc(item(5, 0, "")) + tc(p("Đậm", "", "<w:b/>") + p("cả", "", "<w:b/>"))) +
                         tr(tc(item(5, 0, "")) + tc(p("Đậm", "", "<w:b/>") + p("không")))),
                     lists));
    const Table& table = document.tables.front();
    EXPECT_EQ(table.at(0, 0)->text, "1");
    EXPECT_EQ(table.at(1, 0)->text, "2");
    EXPECT_EQ(table.at(0, 1)->text, "Đậm\ncả");
    EXPECT_TRUE(table.at(0, 1)->bold);
    EXPECT_FALSE(table.at(1, 1)->bold);
    EXPECT_THAT(document.lines, ElementsAre("1 | Đậm cả", "2 | Đậm không"));
}

TEST(DocxTable, TablesWithinCells) {
    const std::string inner = tbl(tr(tc("x") + tc("y")) + tr(tc("z") + tc("w")));
    const TextDocument document =
        read(docx_of(p("đầu") + tbl(tr(tc("A") + tc("B")) + tr(tc(p("C") + inner + p("D")) + tc("E")))));
    ASSERT_EQ(document.tables.size(), 2U);
    EXPECT_EQ(document.blocks.size(), 2U);
    EXPECT_EQ(document.tables[0].at(1, 0)->text, "C\nx | y\nz | w\nD");
    EXPECT_EQ(document.tables[0].depth, 0);
    EXPECT_EQ(document.tables[1].depth, 1);
    EXPECT_EQ(squares(document.tables[1]), "xy/zw/");
    EXPECT_EQ(document.tables[1].lines, (LineRange{3, 3}));
    EXPECT_EQ(document.tables[1].at(1, 1)->lines, (LineRange{3, 3}));
    EXPECT_THAT(document.lines, ElementsAre("đầu", "A | B", "C x | y z | w D | E"));
}

TEST(DocxTable, ASingleCellIsAFrame) {
    const TextDocument document = read(docx_of(tbl(tr(tc(p("DỰ THẢO") + tbl(tr(tc("A") + tc("B"))))))));
    EXPECT_THAT(document.lines, ElementsAre("DỰ THẢO", "A | B"));
    ASSERT_EQ(document.blocks.size(), 2U);
    EXPECT_EQ(document.blocks[0].kind, BlockKind::Paragraph);
    EXPECT_EQ(document.tables.at(document.blocks[1].table).depth, 0);
}

TEST(DocxTable, RulesComeFromTheTableItsStyleOrItsCells) {
    const std::string cells = tr(tc("A") + tc("B"));
    const std::string drawn = R"(<w:top w:val="single"/><w:insideV w:val="single"/>)";
    const std::string none = R"(<w:top w:val="nil"/><w:insideV w:val="none"/>)";
    const std::string styles =
        R"(<w:style w:type="table" w:styleId="Luoi"><w:tblPr><w:tblBorders>)" + drawn +
        R"(</w:tblBorders></w:tblPr></w:style><w:style w:type="table" w:styleId="Con"><w:basedOn w:val="Luoi"/></w:style>)";
    const auto ruled = [&](std::string_view properties, std::string_view rows) {
        return read(docx_of(tbl(rows, properties), "", styles)).tables.front().ruled;
    };
    EXPECT_FALSE(ruled("", cells));
    EXPECT_TRUE(ruled("<w:tblBorders>" + drawn + "</w:tblBorders>", cells));
    EXPECT_FALSE(ruled("<w:tblBorders>" + none + "</w:tblBorders>", cells));
    EXPECT_TRUE(ruled(R"(<w:tblStyle w:val="Luoi"/>)", cells));
    EXPECT_TRUE(ruled(R"(<w:tblStyle w:val="Con"/>)", cells));
    EXPECT_FALSE(ruled(R"(<w:tblStyle w:val="Luoi"/><w:tblBorders>)" + none + "</w:tblBorders>", cells));
    EXPECT_FALSE(
        ruled("", tr(tc("A", R"(<w:tcBorders><w:bottom w:val="single"/></w:tcBorders>)") + tc("B"))));
    EXPECT_TRUE(ruled(
        "",
        tr(tc("A",
              R"(<w:tcBorders><w:top w:val="single"/><w:left w:val="single"/><w:bottom w:val="single"/></w:tcBorders>)") +
           tc("B"))));
}

TEST(DocxTable, RowsAndCellsInContentControls) {
    const TextDocument document =
        read(docx_of(tbl("<w:sdt><w:sdtContent>" +
                         tr(tc("A") + "<w:sdt><w:sdtContent>" + tc("B") + "</w:sdtContent></w:sdt>") +
                         "</w:sdtContent></w:sdt>" + tr(tc("C") + tc("D")))));
    EXPECT_EQ(squares(document.tables.front()), "AB/CD/");
}

}  // namespace
}  // namespace loa::formats
