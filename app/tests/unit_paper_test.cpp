// "Việc của đơn vị tôi" on paper: the page that is printed and the file for Word say the same.
#include "loa/formats/docx.h"
#include "loa/i18n/catalogue.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class UnitPaperTest : public OnBoth {};

TEST_P(UnitPaperTest, PageAndFileSayTheSame) {
    const auto page = commune().sign_in_again("clerk").get("/viec-don-vi/in");
    ASSERT_EQ(page.status, 200);
    const auto file = commune().sign_in_again("clerk").get("/viec-don-vi/xuat");
    ASSERT_EQ(file.status, 200);
    const auto document = formats::read_docx(file.body);
    ASSERT_TRUE(document);
    const auto shown = words_of(page.body);
    const auto& table = document->tables.at(1);
    ASSERT_GT(table.rows, 2);
    for (int row = 0; row < table.rows; ++row)
        for (int column = 0; column < table.columns; ++column) EXPECT_THAT(shown, HasSubstr(table.at(row, column)->text)) << row << "/" << column;
    std::string all;
    for (const auto& line : document->lines) all += line + "\n";
    EXPECT_THAT(all, AllOf(HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), HasSubstr("PHÒNG VĂN HÓA - XÃ HỘI"), HasSubstr("DANH MỤC CÔNG VIỆC ĐƯỢC GIAO"), HasSubstr("Bình Hòa Trung, ngày 01 tháng 4 năm 2026"),
                           HasSubstr("Kế hoạch số 15/KH-UBND")));
    EXPECT_TRUE(table.at(0, 1)->header);
}

TEST_P(UnitPaperTest, AnothersWorkIsNotPrinted) {
    const auto own = commune().sign_in_again("other_unit").get("/viec-don-vi/in").body;
    EXPECT_THAT(own, AllOf(HasSubstr("PHÒNG KINH TẾ"), Not(HasSubstr("PHÒNG VĂN HÓA - XÃ HỘI"))));
    const auto asked = "?don-vi=" + to_string(commune().drafting_unit());
    EXPECT_THAT(commune().sign_in_again("other_unit").get("/viec-don-vi/in" + asked).body, Not(HasSubstr("PHÒNG VĂN HÓA")));
    EXPECT_EQ(commune().sign_in_again("other_unit").get("/viec-don-vi/xuat" + asked).status, 404);
    EXPECT_EQ(commune().sign_in_again("clerk").get("/viec-don-vi/xuat" + asked).status, 200);
}

LOA_ON_BOTH_ENGINES(UnitPaperTest);

}  // namespace
}  // namespace loa::app
