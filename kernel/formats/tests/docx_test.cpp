#include "loa/formats/docx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "test_places.h"
#include "tests/support/docx_file.h"

namespace loa::formats {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TextDocument read(const std::string& bytes) {
    auto document = read_docx(bytes);
    if (!document) {
        ADD_FAILURE() << document.failure().problems.front().key;
        return {};
    }
    return *std::move(document);
}

/// A paragraph of runs as they are given.
std::string runs(std::string_view content) {
    return "<w:p>" + std::string(content) + "</w:p>";
}
std::string only_line(std::string_view run_content) {
    const TextDocument document = read(docx_of(runs(run_content)));
    return document.lines.size() == 1 ? document.lines.front()
                                      : std::to_string(document.lines.size()) + " lines";
}

TEST(Docx, EachParagraphIsABlockAndALine) {
    const TextDocument document = read(docx_of(p("KẾ HOẠCH", R"(<w:jc w:val="center"/>)", "<w:b/>") + p("") +
                                               p("Tuyên truyền cải cách hành chính")));
    EXPECT_THAT(document.lines, ElementsAre("KẾ HOẠCH", "Tuyên truyền cải cách hành chính"));
    ASSERT_EQ(document.blocks.size(), 2U);
    const Block& title = document.blocks.front();
    EXPECT_EQ(title.text, "KẾ HOẠCH");
    EXPECT_TRUE(title.centred);
    EXPECT_EQ(title.lines, (LineRange{1, 1}));
    ASSERT_EQ(title.emphasis.size(), 1U);
    EXPECT_EQ(title.emphasis.front().end, title.text.size());
    EXPECT_TRUE(title.emphasis.front().bold);
    EXPECT_EQ(document.blocks.back().lines, (LineRange{2, 2}));
    EXPECT_FALSE(document.blocks.back().centred);
}

TEST(Docx, JoinsTheRunsOfAWord) {
    EXPECT_EQ(only_line(r("Tuyên tr") + r("uyền") + r(" ") + r("cải cách")), "Tuyên truyền cải cách");
}

TEST(Docx, EmphasisIsMeasuredInBytesOfTheText) {
    const TextDocument document =
        read(docx_of(runs(r("Mục đích: ", "<w:b/>") + r("nâng cao ") + r("nhận thức", "<w:i/>"))));
    const Block& block = document.blocks.front();
    ASSERT_EQ(block.emphasis.size(), 2U);
    const auto words = [&](const Emphasis& of) { return block.text.substr(of.begin, of.end - of.begin); };
    EXPECT_EQ(words(block.emphasis[0]), "Mục đích:");
    EXPECT_TRUE(block.emphasis[0].bold);
    EXPECT_FALSE(block.emphasis[0].italic);
    EXPECT_EQ(words(block.emphasis[1]), "nhận thức");
    EXPECT_TRUE(block.emphasis[1].italic);
}

TEST(Docx, ABlankBetweenBoldWordsDoesNotBreakThem) {
    const TextDocument document = read(docx_of(runs(r("KẾ", "<w:b/>") + r(" ") + r("HOẠCH", "<w:b/>"))));
    ASSERT_EQ(document.blocks.front().emphasis.size(), 1U);
    EXPECT_EQ(document.blocks.front().emphasis.front().end, document.blocks.front().text.size());
}

TEST(Docx, BoldComesFromStylesAndCanBeTakenBack) {
    const std::string styles =
        R"(<w:style w:type="paragraph" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>)"
        R"(<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dam"/></w:style>)"
        R"(<w:style w:type="character" w:styleId="Manh"><w:rPr><w:b/></w:rPr></w:style>)";
    const auto bold = [&](std::string_view paragraph, std::string_view run) {
        return !read(docx_of(p("chữ", paragraph, run), "", styles)).blocks.front().emphasis.empty();
    };
    EXPECT_TRUE(bold(R"(<w:pStyle w:val="Dam"/>)", ""));
    EXPECT_TRUE(bold(R"(<w:pStyle w:val="Con"/>)", ""));
    EXPECT_FALSE(bold(R"(<w:pStyle w:val="Con"/>)", R"(<w:b w:val="0"/>)"));
    EXPECT_FALSE(bold(R"(<w:pStyle w:val="Con"/>)", R"(<w:b w:val="false"/>)"));
    EXPECT_TRUE(bold("", R"(<w:rStyle w:val="Manh"/>)"));
    EXPECT_FALSE(
        bold(R"(<w:pStyle w:val="Dam"/>)", R"(<w:rStyle w:val="Manh"/>)"));  // they toggle each other
    EXPECT_FALSE(bold("", R"(<w:rStyle w:val="Dam"/><w:b w:val="off"/>)"));
    EXPECT_FALSE(bold(R"(<w:pStyle w:val="Khong-co"/>)", ""));
}

TEST(Docx, HeadingsByOutlineLevelAndByStyleName) {
    const std::string styles =
        R"(<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="Heading 1"/></w:style>)"
        R"(<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="Mục"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>)"
        R"(<w:style w:type="paragraph" w:styleId="u3"><w:name w:val="Con"/><w:basedOn w:val="u2"/></w:style>)";
    const auto block = [&](std::string_view properties) {
        return read(docx_of(p("x", properties), "", styles)).blocks.front();
    };
    EXPECT_EQ(block(R"(<w:pStyle w:val="u1"/>)").kind, BlockKind::Heading);
    EXPECT_EQ(block(R"(<w:pStyle w:val="u1"/>)").level, 1);
    EXPECT_EQ(block(R"(<w:pStyle w:val="u3"/>)").level, 2);
    EXPECT_EQ(block(R"(<w:outlineLvl w:val="2"/>)").level, 3);
    EXPECT_EQ(block(R"(<w:pStyle w:val="u2"/><w:outlineLvl w:val="9"/>)").kind, BlockKind::Paragraph);
}

TEST(Docx, TypedMarkersStandApart) {
    const TextDocument document =
        read(docx_of(p("I. MỤC ĐÍCH", "", "<w:b/>") + p("- Nâng cao nhận thức") + p("1.000 tờ rơi") +
                     runs(r("a)") + "<w:r><w:tab/></w:r>" + r("Nhiệm vụ")) + p("-")));
    ASSERT_EQ(document.blocks.size(), 5U);
    EXPECT_EQ(document.blocks[0].marker, "I.");
    EXPECT_EQ(document.blocks[0].text, "MỤC ĐÍCH");
    EXPECT_EQ(document.blocks[0].emphasis.front().begin, 0U);
    EXPECT_EQ(document.blocks[0].emphasis.front().end, document.blocks[0].text.size());
    EXPECT_EQ(document.blocks[1].marker, "-");
    EXPECT_EQ(document.blocks[1].kind, BlockKind::ListItem);
    EXPECT_EQ(document.blocks[2].marker, "");
    EXPECT_EQ(document.blocks[3].marker, "a)");
    EXPECT_EQ(document.blocks[3].text, "Nhiệm vụ");
    EXPECT_EQ(document.blocks[4].text, "-");
    EXPECT_THAT(document.lines,
                ElementsAre("I. MỤC ĐÍCH", "- Nâng cao nhận thức", "1.000 tờ rơi", "a) Nhiệm vụ", "-"));
}

TEST(Docx, TrackedChangesReadAsAccepted) {
    EXPECT_EQ(only_line(r("giữ ") + "<w:del><w:r><w:delText>xóa</w:delText></w:r>" + r("xóa") +
                        "</w:del><w:ins>" + r("thêm") + "</w:ins><w:moveFrom>" + r("đi") +
                        "</w:moveFrom><w:moveTo>" + r(" đến") + "</w:moveTo>"),
              "giữ thêm đến");
}

TEST(Docx, AParagraphWhoseMarkWasDeletedRunsOn) {
    const TextDocument document =
        read(docx_of(p("Kế hoạch ", "<w:rPr><w:del/></w:rPr>") + p("tuyên truyền") + p("Sau")));
    EXPECT_THAT(document.lines, ElementsAre("Kế hoạch tuyên truyền", "Sau"));
}

TEST(Docx, FieldsGiveTheirResult) {
    const std::string begin = R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r>)";
    const std::string separate = R"(<w:r><w:fldChar w:fldCharType="separate"/></w:r>)";
    const std::string end = R"(<w:r><w:fldChar w:fldCharType="end"/></w:r>)";
    EXPECT_EQ(only_line(begin + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + separate + r("12") + end +
                        r(" trang")),
              "12 trang");
    // A field in the code of another: its result is code.
    EXPECT_EQ(only_line(begin + r("IF ") + begin + separate + r("mã") + end + separate + r("đúng") + end),
              "đúng");
    EXPECT_EQ(only_line(begin + r("mã") + end + r("sau")), "sau");
    EXPECT_EQ(only_line(R"(<w:fldSimple w:instr="DATE">)" + r("11/01/2026") + "</w:fldSimple>"),
              "11/01/2026");
    EXPECT_EQ(only_line(end + separate + r("lẻ")), "lẻ");
    const TextDocument across = read(
        docx_of(runs(begin + r("TOC")) + runs(r("\\o") + separate + r("Mục lục")) + runs(r("hết") + end)));
    EXPECT_THAT(across.lines, ElementsAre("Mục lục", "hết"));
}

TEST(Docx, LooksThroughWrappers) {
    EXPECT_EQ(only_line("<w:hyperlink>" + r("một ") + "</w:hyperlink><w:smartTag>" + r("hai ") +
                        "</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>" + r("ba") + "</w:sdtContent></w:sdt>"),
              "một hai ba");
    const TextDocument document =
        read(docx_of("<w:sdt><w:sdtContent>" + p("trong") + "</w:sdtContent></w:sdt><w:customXml>" +
                     p("tùy biến") + "</w:customXml>"));
    EXPECT_THAT(document.lines, ElementsAre("trong", "tùy biến"));
}

TEST(Docx, BlanksOfEveryKind) {
    EXPECT_EQ(only_line(r("Số:\u00A0\u00A012/KH")), "Số: 12/KH");
    EXPECT_EQ(only_line(r("tuyên\u00AD truy\u200Bền") + "<w:r><w:softHyphen/></w:r>"), "tuyên truyền");
    EXPECT_EQ(only_line("<w:r><w:t>Bến</w:t><w:noBreakHyphen/><w:t>Tre</w:t></w:r>"), "Bến-Tre");
    EXPECT_EQ(only_line("<w:r><w:t>  a  </w:t></w:r>"), "a");
    const TextDocument document =
        read(docx_of(runs("<w:r><w:t>Nơi nhận:</w:t><w:tab/><w:tab/><w:t>TM. ỦY BAN NHÂN "
                          "DÂN</w:t><w:br/><w:t>dòng hai</w:t></w:r>")));
    EXPECT_EQ(document.blocks.front().text, "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\ndòng hai");
    EXPECT_THAT(document.lines, ElementsAre("Nơi nhận: TM. ỦY BAN NHÂN DÂN dòng hai"));
    EXPECT_EQ(read(docx_of(p("ngày     tháng 3"))).blocks.front().text, "ngày\ttháng 3");
    EXPECT_EQ(read(docx_of(p("ngày   tháng 3"))).blocks.front().text, "ngày tháng 3");
}

TEST(Docx, ComposesLettersEvenAcrossRuns) {
    EXPECT_EQ(only_line(r("Tuye\u0302n truye\u0302\u0300n")), "Tuyên truyền");
    const TextDocument document = read(docx_of(runs(r("hoa", "<w:b/>") + r("\u0323ch"))));
    EXPECT_EQ(document.lines.front(), "hoạch");
    EXPECT_EQ(document.blocks.front().emphasis.front().end, std::string("hoạ").size());
}

TEST(Docx, HiddenTextAndCapitals) {
    EXPECT_EQ(only_line(r("thấy") + r(" giấu", "<w:vanish/>")), "thấy");
    EXPECT_EQ(only_line(r("Mục đích đó", "<w:caps/>")), "MỤC ĐÍCH ĐÓ");
    EXPECT_EQ(only_line(r("Mục đích", R"(<w:caps w:val="0"/>)")), "Mục đích");
}

TEST(Docx, SignsOfSymbolFonts) {
    EXPECT_EQ(
        only_line(
            R"(<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> đạt</w:t></w:r>)"),
        "✓ đạt");
    EXPECT_EQ(only_line(R"(<w:r><w:sym w:font="Symbol" w:char="00B0"/></w:r>)" + r("C")), "°C");
    EXPECT_EQ(only_line(R"(<w:r><w:sym w:font="Times New Roman" w:char="0111"/></w:r>)"), "đ");
    EXPECT_EQ(only_line(R"(<w:r><w:sym w:font="Lạ" w:char="D800"/></w:r>)"), "\uFFFD");
    EXPECT_EQ(only_line(r("\uF0D8 mục", R"(<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>)")), "➢ mục");
}

TEST(Docx, FontsBeforeUnicode) {
    const auto font = [](const char* name) {
        return R"(<w:rFonts w:ascii=")" + std::string(name) + R"(" w:hAnsi=")" + name + "\"/>";
    };
    EXPECT_EQ(only_line(r("Tuyªn truyÒn c¶i c¸ch hµnh chÝnh, §ång Th¸p, ­u tiªn", font(".VnTime"))),
              "Tuyên truyền cải cách hành chính, Đồng Tháp, ưu tiên");
    EXPECT_EQ(only_line(r("kÕ ho¹ch", font(".VnTimeH"))), "KẾ HOẠCH");
    EXPECT_EQ(only_line(r("Tuyeân truyeàn caûi caùch haønh chính, Ñoàng Thaùp, öu tieân", font("VNI-Times"))),
              "Tuyên truyền cải cách hành chính, Đồng Tháp, ưu tiên");
    EXPECT_EQ(only_line(r("KEÁ HOAÏCH UÛY BAN NHAÂN DAÂN", font("VNI-Times"))), "KẾ HOẠCH ỦY BAN NHÂN DÂN");
    EXPECT_EQ(only_line(r("Kế hoạch", font(".VnTime"))), "Kế hoạch");
    EXPECT_EQ(only_line(r("truyÒn", font("Arial"))), "truyÒn");
    const std::string styles = R"(<w:docDefaults><w:rPrDefault><w:rPr>)" + font(".VnTime") +
                               "</w:rPr></w:rPrDefault></w:docDefaults>";
    EXPECT_EQ(read(docx_of(p("truyÒn"), "", styles)).lines.front(), "truyền");
}

TEST(Docx, TextBoxesAreReadOnce) {
    const std::string box = "<w:txbxContent>" + p("trong khung") + "</w:txbxContent>";
    const TextDocument document =
        read(docx_of(runs(r("neo") + "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><x>" +
                          box + "</x></w:drawing></mc:Choice><mc:Fallback><w:pict><y>" + box +
                          "</y></w:pict></mc:Fallback></mc:AlternateContent></w:r>") +
                     p("sau")));
    EXPECT_THAT(document.lines, ElementsAre("neo", "trong khung", "sau"));
    const TextDocument old = read(docx_of(runs("<w:r><w:pict><y>" + box + "</y></w:pict></w:r>")));
    EXPECT_THAT(old.lines, ElementsAre("trong khung"));
}

TEST(Docx, NotesAndCommentsAreLeftOut) {
    EXPECT_EQ(
        only_line(r("chữ") +
                  R"(<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>)"),
        "chữ");
}

TEST(Docx, FindsTheDocumentWhereTheRelationshipsSay) {
    const std::string document = R"(<w:document xmlns:w="x"><w:body>)" +
                                 p("Kế hoạch", R"(<w:pStyle w:val="D"/>)") + "</w:body></w:document>";
    const TextDocument read_back = read(zip_of(
        {{"_rels/.rels",
          R"(<Relationships><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>)"},
         {"word/document2.xml", document},
         {"word/document.xml", "not this one"},
         {"word/_rels/document2.xml.rels",
          R"(<Relationships><Relationship Type="x/styles" Target="s.xml"/></Relationships>)"},
         {"word/s.xml",
          R"(<w:styles xmlns:w="x"><w:style w:styleId="D"><w:rPr><w:b/></w:rPr></w:style></w:styles>)"}}));
    EXPECT_THAT(read_back.lines, ElementsAre("Kế hoạch"));
    EXPECT_EQ(read_back.blocks.front().emphasis.size(), 1U);
}

TEST(Docx, SaysWhatIsMissing) {
    const auto key = [](const std::string& bytes) { return read_docx(bytes).failure().problems.front().key; };
    EXPECT_EQ(key(docx_of("")), "formats.no_text");
    EXPECT_EQ(key(docx_of(p(" \u00A0 "))), "formats.no_text");
    EXPECT_EQ(key(zip_of({{"a.txt", "x"}})), "formats.not_word");
    EXPECT_EQ(key("không phải zip"), "formats.damaged");
}

TEST(DocxPlans, AreReadWholeWithTheirNumbers) {
    const char* shared = std::getenv("LOA_SHARED");
    const std::filesystem::path folder =
        std::filesystem::path(shared ? shared : LOA_SOURCE_DIR "/../shared") / "plans";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no sample plans";
    int plans = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".docx") continue;
        ++plans;
        std::ifstream file(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        const TextDocument document = read(bytes.str());
        ASSERT_GE(document.tables.size(), 2U);
        EXPECT_FALSE(document.tables.front().ruled);
        EXPECT_THAT(document.tables.front().cells.back().text,
                    ::testing::HasSubstr("Độc lập - Tự do - Hạnh phúc"));
        std::vector<std::string> romans;
        for (const Block& block : document.blocks)
            if (!block.marker.empty() && (block.marker.front() == 'I' || block.marker.front() == 'V'))
                romans.push_back(block.marker);
        ASSERT_GE(romans.size(), 5U) << entry.path();
        EXPECT_THAT(std::vector(romans.begin(), romans.begin() + 5),
                    ElementsAre("I.", "II.", "III.", "IV.", "V."));
    }
    EXPECT_GE(plans, 3);
}

}  // namespace
}  // namespace loa::formats
