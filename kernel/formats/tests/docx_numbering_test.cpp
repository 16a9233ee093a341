#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docx_numbering.h"
#include "loa/formats/docx.h"
#include "tests/support/docx_file.h"

namespace loa::formats {
namespace {

using namespace testing;
using ::testing::ElementsAre;

std::vector<std::string> markers(const std::string& bytes) {
    const auto document = read_docx(bytes);
    if (!document) return {"failed: " + document.failure().problems.front().key};
    std::vector<std::string> out;
    for (const Block& block : document->blocks) out.push_back(block.marker);
    return out;
}

const std::string kPlanList = "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "upperRoman", "%1.") +
                              level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)") +
                              level(3, "bullet", "-") + "</w:abstractNum>";
const std::string kOneList = kPlanList + R"(<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";

TEST(DocxNumbering, CountsEachLevelAndRestartsTheDeeperOnes) {
    EXPECT_THAT(markers(docx_of(item(5, 0, "A") + item(5, 1, "B") + item(5, 2, "C") + item(5, 2, "D") +
                                    item(5, 1, "E") + item(5, 2, "F") + item(5, 3, "G") + item(5, 0, "H") +
                                    item(5, 1, "I"),
                                kOneList)),
                ElementsAre("I.", "1.", "a)", "b)", "2.", "a)", "-", "II.", "1."));
}

TEST(DocxNumbering, ComposesSeveralLevels) {
    const std::string list = "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "upperRoman", "%1.") +
                             level(1, "decimal", "%1.%2.") + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>") +
                             R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";
    EXPECT_THAT(
        markers(docx_of(
            item(5, 0, "A") + item(5, 0, "B") + item(5, 1, "C") + item(5, 2, "D") + item(5, 2, "E"), list)),
        ElementsAre("I.", "II.", "II.1.", "2.1.1", "2.1.2"));
}

TEST(DocxNumbering, ShowsTheStartOfALevelThatWasSkipped) {
    const std::string list = "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "decimal", "%1.") +
                             level(1, "decimal", "%1.%2.") +
                             R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";
    EXPECT_THAT(markers(docx_of(item(5, 1, "A") + item(5, 0, "B"), list)), ElementsAre("1.1.", "1."));
}

TEST(DocxNumbering, ListsOverOneDefinitionCountOnTogetherUnlessOneStartsAnew) {
    const std::string lists = kOneList + R"(<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>)" +
                              R"(<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">)" +
                              R"(<w:startOverride w:val="7"/></w:lvlOverride></w:num>)";
    EXPECT_THAT(
        markers(docx_of(item(5, 0, "A") + item(6, 0, "B") + item(7, 0, "C") + item(7, 0, "D"), lists)),
        ElementsAre("I.", "II.", "VII.", "VIII."));
}

TEST(DocxNumbering, TakesTheLevelThatAListRedefines) {
    const std::string lists = kPlanList +
                              R"(<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">)" +
                              level(0, "upperLetter", "%1/") + "</w:lvlOverride></w:num>";
    EXPECT_THAT(markers(docx_of(item(8, 0, "A") + item(8, 0, "B"), lists)), ElementsAre("A/", "B/"));
}

TEST(DocxNumbering, HonoursRestartRules) {
    const auto list = [](std::string_view restart) {
        return "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "decimal", "%1.") +
               level(1, "decimal", "%1.%2.") + level(2, "lowerLetter", "%3)", restart) +
               R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";
    };
    const std::string body = item(5, 0, "A") + item(5, 1, "B") + item(5, 2, "C") + item(5, 1, "D") +
                             item(5, 2, "E") + item(5, 0, "F") + item(5, 2, "G");
    EXPECT_THAT(markers(docx_of(body, list(""))), ElementsAre("1.", "1.1.", "a)", "1.2.", "a)", "2.", "a)"));
    EXPECT_THAT(markers(docx_of(body, list(R"(<w:lvlRestart w:val="0"/>)"))),
                ElementsAre("1.", "1.1.", "a)", "1.2.", "b)", "2.", "c)"));
    EXPECT_THAT(markers(docx_of(body, list(R"(<w:lvlRestart w:val="1"/>)"))),
                ElementsAre("1.", "1.1.", "a)", "1.2.", "b)", "2.", "a)"));
}

TEST(DocxNumbering, ComesFromAStyleToo) {
    const std::string lists = "<w:abstractNum w:abstractNumId=\"1\">" +
                              level(0, "upperRoman", "%1.", R"(<w:pStyle w:val="Muc"/>)") +
                              level(1, "decimal", "%2.", R"(<w:pStyle w:val="Khoan"/>)") +
                              R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";
    const std::string styles =
        R"(<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="5"/>)"
        R"(</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Khoan">)"
        R"(<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>)";
    const auto styled = [](std::string_view style, std::string_view more = {}) {
        return p("x", R"(<w:pStyle w:val=")" + std::string(style) + "\"/>" + std::string(more));
    };
    EXPECT_THAT(
        markers(docx_of(styled("Muc") + styled("Khoan") + styled("Khoan") + styled("Muc") +
                            styled("Muc", R"(<w:numPr><w:numId w:val="0"/></w:numPr>)") + styled("Khoan"),
                        lists, styles)),
        ElementsAre("I.", "1.", "2.", "II.", "", "1."));
}

TEST(DocxNumbering, FollowsALinkToANumberingStyle) {
    const std::string lists =
        "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "decimal", "Điều %1.") +
        R"(<w:styleLink w:val="DieuKhoan"/></w:abstractNum><w:abstractNum w:abstractNumId="2">)" +
        R"(<w:numStyleLink w:val="DieuKhoan"/></w:abstractNum>)" +
        R"(<w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>)";
    EXPECT_THAT(markers(docx_of(item(9, 0, "A") + item(9, 0, "B"), lists)),
                ElementsAre("Điều 1.", "Điều 2."));
}

TEST(DocxNumbering, ReadsTheSignsOfSymbolFonts) {
    const auto bullet = [](std::string_view sign, std::string_view font) {
        const std::string list =
            "<w:abstractNum w:abstractNumId=\"1\">" +
            level(0, "bullet", sign, R"(<w:rPr><w:rFonts w:ascii=")" + std::string(font) + "\"/></w:rPr>") +
            R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";
        return markers(docx_of(item(5, 0, "A"), list)).front();
    };
    EXPECT_EQ(bullet("\uF0B7", "Symbol"), "•");
    EXPECT_EQ(bullet("\uF0A7", "Wingdings"), "▪");
    EXPECT_EQ(bullet("o", "Courier New"), "◦");
    EXPECT_EQ(bullet("-", "Times New Roman"), "-");
    EXPECT_EQ(bullet("+", "Symbol"), "•");
    EXPECT_EQ(bullet("+", "Times New Roman"), "+");
}

TEST(DocxNumbering, CountsAnEmptyLineButDoesNotShowIt) {
    EXPECT_THAT(markers(docx_of(item(5, 0, "A") + item(5, 0, "") + item(5, 0, "C"), kOneList)),
                ElementsAre("I.", "III."));
}

TEST(DocxNumbering, UnknownListsAndLevelsPrintNothing) {
    EXPECT_THAT(
        markers(docx_of(item(77, 0, "A") + item(5, 8, "B") + item(5, -4, "C") + item(5, 99, "D"), kOneList)),
        ElementsAre("", "", "I.", ""));
}

TEST(Numbered, EveryFormat) {
    EXPECT_EQ(numbered(4, NumberFormat::Decimal), "4");
    EXPECT_EQ(numbered(4, NumberFormat::DecimalZero), "04");
    EXPECT_EQ(numbered(14, NumberFormat::LowerRoman), "xiv");
    EXPECT_EQ(numbered(1999, NumberFormat::UpperRoman), "MCMXCIX");
    EXPECT_EQ(numbered(4000, NumberFormat::UpperRoman), "4000");
    EXPECT_EQ(numbered(5, NumberFormat::LowerLetter), "e");
    EXPECT_EQ(numbered(5, NumberFormat::LowerLetter, Alphabet::Vietnamese), "đ");
    EXPECT_EQ(numbered(6, NumberFormat::LowerLetter, Alphabet::Vietnamese), "e");
    EXPECT_EQ(numbered(5, NumberFormat::UpperLetter, Alphabet::Vietnamese), "Đ");
    EXPECT_EQ(numbered(23, NumberFormat::LowerLetter, Alphabet::Vietnamese), "y");
    EXPECT_EQ(numbered(27, NumberFormat::LowerLetter), "aa");
    EXPECT_EQ(numbered(28, NumberFormat::LowerLetter), "bb");
    EXPECT_EQ(numbered(1'000'000, NumberFormat::LowerLetter), "1000000");
    EXPECT_EQ(numbered(0, NumberFormat::LowerLetter), "0");
    EXPECT_EQ(numbered(3, NumberFormat::None), "");
}

TEST(DocxNumbering, VietnameseLettersWhereTheListIsMarkedVietnamese) {
    const std::string list = "<w:abstractNum w:abstractNumId=\"1\">" +
                             level(0, "lowerLetter", "%1)", R"(<w:rPr><w:lang w:val="vi-VN"/></w:rPr>)") +
                             R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)";
    std::string body;
    for (int i = 0; i < 6; ++i) body += item(5, 0, "x");
    EXPECT_THAT(markers(docx_of(body, list)), ElementsAre("a)", "b)", "c)", "d)", "đ)", "e)"));
}

}  // namespace
}  // namespace loa::formats
