#include "loa/formats/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace loa::formats {
namespace {

using testing::ElementsAre;

TextDocument read(std::string_view bytes) {
    auto document = read_markdown(bytes);
    EXPECT_TRUE(document);
    return document ? *document : TextDocument{};
}

std::vector<std::string> texts(const TextDocument& document) {
    std::vector<std::string> out;
    for (const auto& block : document.blocks) out.push_back(block.marker.empty() ? block.text : block.marker + " " + block.text);
    return out;
}

TEST(Markdown, ReadsHeadingsOfAnyRankWithTheirMarkers) {
    const auto document = read("## **2. Các hình thức**\n\n##### V. TỔ CHỨC\n");
    ASSERT_EQ(document.blocks.size(), 2u);
    EXPECT_EQ(document.blocks[0].kind, BlockKind::Heading);
    EXPECT_EQ(document.blocks[0].level, 2);
    EXPECT_EQ(document.blocks[0].marker, "2.");
    EXPECT_EQ(document.blocks[0].text, "Các hình thức");
    EXPECT_EQ(document.blocks[1].marker, "V.");
    EXPECT_EQ(document.blocks[1].lines, (LineRange{3, 3}));
}

TEST(Markdown, TakesOffEmphasisAndEscapes) {
    EXPECT_THAT(texts(read("*a) Phối hợp **tuyên truyền***\n\n\\- Quy định\n\n\\+ Rà soát\n\n***Nơi nhận:***\n")),
                ElementsAre("a) Phối hợp tuyên truyền", "- Quy định", "+ Rà soát", "Nơi nhận:"));
    EXPECT_THAT(texts(read("ten_file_dai và 2 * 3\n")), ElementsAre("ten_file_dai và 2 * 3"));
    EXPECT_THAT(texts(read("Xem [Cổng dịch vụ công](https://dichvucong.gov.vn) &amp; <u>mục</u>&nbsp;1\n")),
                ElementsAre("Xem Cổng dịch vụ công & mục 1"));
}

TEST(Markdown, TellsWhatIsBold) {
    const auto document = read("**1. Hướng dẫn trực tiếp.** Bố trí công chức.\n");
    ASSERT_EQ(document.blocks.size(), 1u);
    ASSERT_EQ(document.blocks[0].emphasis.size(), 1u);
    EXPECT_EQ(document.blocks[0].text.substr(0, document.blocks[0].emphasis[0].end), "Hướng dẫn trực tiếp.");
    EXPECT_TRUE(document.blocks[0].emphasis[0].bold);
}

TEST(Markdown, BreaksLinesWhereTheAuthorDid) {
    EXPECT_THAT(texts(read("**TM. ỦY BAN NHÂN DÂN  \nCHỦ TỊCH**\n\n**Phạm Tấn Đạt**\n")),
                ElementsAre("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phạm Tấn Đạt"));
    EXPECT_THAT(texts(read("UBND TỈNH A<br>SỞ B\n")), ElementsAre("UBND TỈNH A", "SỞ B"));
}

TEST(Markdown, JoinsAHeadingThatWasWrapped) {
    const auto document = read(
        "### Tuyên truyền về chuyển đổi số và dịch vụ công trực tuyến trên địa bàn thành phố Uông\n"
        "Bí năm 2024\n"
        "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương\n"
        "trình Chuyển đổi số quốc gia;\n"
        "- Nâng cao hiểu biết của người dân về lợi ích của chuyển đổi số; tạo thói quen dùng dịch\n"
        "vụ công trực tuyến.\n");
    ASSERT_EQ(document.blocks.size(), 3u);
    EXPECT_TRUE(document.blocks[0].text.ends_with("thành phố Uông Bí năm 2024"));
    EXPECT_EQ(document.blocks[0].lines, (LineRange{1, 2}));
    EXPECT_EQ(document.blocks[2].lines, (LineRange{5, 6}));
}

TEST(Markdown, ReadsPipeTables) {
    const auto document = read("| TT | Nhiệm vụ |\n|---|---|\n| **I** | **BÁO CHÍ** |\n| 1 | Viết tin \\| bài<br>và ảnh |\n");
    ASSERT_EQ(document.tables.size(), 1u);
    const Table& table = document.tables[0];
    EXPECT_EQ(table.rows, 3);
    EXPECT_EQ(table.columns, 2);
    EXPECT_TRUE(table.at(0, 1)->header);
    EXPECT_TRUE(table.at(1, 1)->bold);
    EXPECT_EQ(table.at(2, 1)->text, "Viết tin | bài\nvà ảnh");
    EXPECT_EQ(table.at(2, 1)->lines, (LineRange{4, 4}));
}

TEST(Markdown, ReadsHtmlTablesWithMergedCells) {
    const auto document = read(
        "<table>\n<tr><th>TT</th><th>Việc</th><th>Chủ trì</th></tr>\n"
        "<tr><td>A</td><td colspan=\"2\"><b>Nhóm</b></td></tr>\n"
        "<tr><td>1</td><td>Một</td><td rowspan=\"2\">Sở</td></tr>\n"
        "<tr><td>2</td><td>Hai</td></tr>\n</table>\nSau bảng\n");
    ASSERT_EQ(document.tables.size(), 1u);
    const Table& table = document.tables[0];
    EXPECT_EQ(table.rows, 4);
    EXPECT_EQ(table.columns, 3);
    EXPECT_TRUE(table.at(0, 0)->header);
    EXPECT_EQ(table.at(1, 1), table.at(1, 2));
    EXPECT_TRUE(table.at(1, 1)->bold);
    EXPECT_EQ(table.at(3, 2)->text, "Sở");
    EXPECT_EQ(table.at(3, 1)->lines, (LineRange{5, 5}));
    EXPECT_EQ(document.blocks.back().text, "Sau bảng");
}

TEST(Markdown, SurvivesHostileTables) {
    std::string unclosed;
    for (int i = 0; i < 20'000; ++i) unclosed += "<table><tr><td rowspan=99999 colspan=99999>x";
    EXPECT_TRUE(read_markdown(unclosed));
    EXPECT_TRUE(read_markdown("|" + std::string(1'000'000, '|') + "\n|---|\n"));
    EXPECT_TRUE(read_markdown(std::string(1'000'000, '[')));
    EXPECT_TRUE(read_markdown(std::string(1'000'000, '*')));
    EXPECT_TRUE(read_markdown(std::string(1'000'000, '<')));
}

TEST(Markdown, ReadsTenMegabytesInASecond) {
    std::string text;
    while (text.size() < (10u << 20))
        text += "- Tổ chức **hội nghị** đối thoại với người dân, doanh nghiệp về thủ tục hành chính tại các xã, phường.\n";
    const auto begin = std::chrono::steady_clock::now();
    const auto document = read(text);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_GT(document.blocks.size(), 50'000u);
    EXPECT_LT(std::chrono::duration<double>(took).count(), 20.0);  // the real bound is kept by the benchmark
}

TEST(Markdown, RefusesWhatIsNoText) {
    const auto document = read_markdown("# K\xC3\x28\n");
    ASSERT_FALSE(document);
    EXPECT_EQ(document.failure().problems.size(), 1u);
    EXPECT_EQ(document.failure().problems[0].key, "formats.not_utf8");
}

}  // namespace
}  // namespace loa::formats
