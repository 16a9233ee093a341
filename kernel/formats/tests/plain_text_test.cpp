#include "loa/formats/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace loa::formats {
namespace {

using testing::ElementsAre;

TextDocument read(std::string_view bytes) {
    auto document = read_plain_text(bytes);
    EXPECT_TRUE(document);
    return document ? *document : TextDocument{};
}

std::vector<std::string> texts(const TextDocument& document) {
    std::vector<std::string> out;
    for (const auto& block : document.blocks) out.push_back(block.marker.empty() ? block.text : block.marker + " " + block.text);
    return out;
}

std::string problem(std::string_view bytes) {
    const auto document = read_plain_text(bytes);
    return document ? "" : document.failure().problems.front().key;
}

TEST(PlainText, JoinsLinesThatWereWrappedAndKeepsTheirNumbers) {
    const auto document = read(
        "Phổ biến, giáo dục pháp luật về giải quyết thủ tục hành chính lĩnh vực hộ\n"
        "tịch, chứng thực năm 2024\n"
        "\n"
        "Căn cứ Luật Phổ biến, giáo dục pháp luật; Kế hoạch số 56/KH-UBND ngày 29\n"
        "tháng 01 năm 2024 của Ủy ban nhân dân tỉnh.\n");
    ASSERT_EQ(document.blocks.size(), 2u);
    EXPECT_EQ(document.blocks[0].text,
              "Phổ biến, giáo dục pháp luật về giải quyết thủ tục hành chính lĩnh vực hộ tịch, chứng thực năm 2024");
    EXPECT_EQ(document.blocks[0].lines, (LineRange{1, 2}));
    EXPECT_EQ(document.blocks[1].lines, (LineRange{4, 5}));
    EXPECT_EQ(document.lines.size(), 5u);
}

TEST(PlainText, DoesNotTakeAWrappedDateForAnItem) {
    const auto document = read(
        "Ủy ban nhân dân xã ban hành kế hoạch thông tin tuyên truyền trong năm\n"
        "2024 trên địa bàn toàn xã, hoàn thành các nội dung trước ngày 30 tháng\n"
        "4. Các ấp chủ động thực hiện và báo cáo kết quả về Phòng Văn hóa - Xã\n"
        "hội để tổng hợp.\n"
        "\n"
        "Các ấp niêm yết thủ tục hành chính tại nhà văn hóa, thông báo rộng rãi\n"
        "cho nhân dân biết và giám sát việc thực hiện của công chức xã theo quy\n"
        "định.\n");
    EXPECT_EQ(document.blocks.size(), 2u);
}

TEST(PlainText, KeepsLinesThatStandUnderEachOtherOnPurpose) {
    EXPECT_THAT(texts(read("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐỗ Khắc Hòa\n")),
                ElementsAre("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đỗ Khắc Hòa"));
    EXPECT_THAT(texts(read("- Loa truyền thanh;\n- Họp dân;\n1. Nội dung\na) Một\nđ) Hai\n")),
                ElementsAre("- Loa truyền thanh;", "- Họp dân;", "1. Nội dung", "a) Một", "đ) Hai"));
}

TEST(PlainText, ReadsATableTypedWithBlanks) {
    const auto document = read(
        "II. CÁC NHIỆM VỤ\n"
        "\n"
        "STT   Nhiệm vụ                    Chủ trì             Phối hợp            Thời gian\n"
        "1     Cập nhật 100% thủ tục       Phòng Kiểm soát                         Thường xuyên\n"
        "                                  TTHC\n"
        "\n"
        "2     Họp báo công bố             Phòng Tổng hợp      Báo và phát thanh,  Quý I/2026\n"
        "                                                      truyền hình Huế\n"
        "\n"
        "III. TỔ CHỨC THỰC HIỆN\n");
    ASSERT_EQ(document.tables.size(), 1u);
    const Table& table = document.tables[0];
    EXPECT_EQ(table.rows, 3);
    EXPECT_EQ(table.columns, 5);
    EXPECT_EQ(table.lines, (LineRange{3, 8}));
    std::vector<std::string> second, third;
    for (const auto& cell : table.cells) {
        if (cell.row == 1) second.push_back(cell.text);
        if (cell.row == 2) third.push_back(cell.text);
    }
    EXPECT_THAT(second, ElementsAre("1", "Cập nhật 100% thủ tục", "Phòng Kiểm soát\nTTHC", "", "Thường xuyên"));
    EXPECT_THAT(third, ElementsAre("2", "Họp báo công bố", "Phòng Tổng hợp", "Báo và phát thanh,\ntruyền hình Huế", "Quý I/2026"));
    EXPECT_EQ(table.cells.back().lines, (LineRange{7, 8}));
    EXPECT_EQ(document.blocks.back().text, "TỔ CHỨC THỰC HIỆN");
}

TEST(PlainText, SeesNoTableWhereOnlyTheHeaderHasGaps) {
    const auto document = read("STT   Nhiệm vụ   Chủ trì\nĐây là một đoạn văn bản viết liền không có cột nào.\n");
    EXPECT_TRUE(document.tables.empty());
}

TEST(PlainText, ReadsAHeadingInTwoColumnsOfBlanks) {
    const auto document = read(
        "        UBND TỈNH BẮC KẠN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "            SỞ TƯ PHÁP                      Độc lập - Tự do - Hạnh phúc\n"
        "          Số:      /KH-STP               Bắc Kạn, ngày     tháng 4 năm 2024\n"
        "\n"
        "KẾ HOẠCH\n");
    ASSERT_EQ(document.tables.size(), 1u);
    ASSERT_EQ(document.tables[0].cells.size(), 2u);
    EXPECT_EQ(document.tables[0].cells[0].text, "UBND TỈNH BẮC KẠN\nSỞ TƯ PHÁP\nSố: /KH-STP");
    EXPECT_EQ(document.tables[0].cells[1].text,
              "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBắc Kạn, ngày tháng 4 năm 2024");
    EXPECT_EQ(document.tables[0].lines, (LineRange{1, 3}));
    EXPECT_EQ(document.blocks.back().text, "KẾ HOẠCH");
}

TEST(PlainText, MakesDecomposedLettersWholeAndDropsWhatIsNotSeen) {
    const auto document = read("\xEF\xBB\xBF" "Ke\xCC\x82\xCC\x81 hoa\xCC\xA3" "ch\xC2\xA0tru\xC2\xADyền\r\n");
    ASSERT_EQ(document.blocks.size(), 1u);
    EXPECT_EQ(document.blocks[0].text, "Kế hoạch truyền");
    EXPECT_EQ(document.lines.size(), 1u);
}

TEST(PlainText, RefusesWhatIsNoText) {
    EXPECT_EQ(problem("K\xFF\xFE" "ế"), "formats.not_utf8");
    EXPECT_EQ(problem(std::string_view("a\0b", 3)), "formats.not_text");
    EXPECT_EQ(problem(std::string(33u << 20, 'a')), "formats.too_large");
    EXPECT_EQ(problem(std::string(500'000, '\n')), "formats.too_large_inside");
}

TEST(PlainText, ReadsAnEmptyFile) { EXPECT_TRUE(read("").blocks.empty()); }

}  // namespace
}  // namespace loa::formats
