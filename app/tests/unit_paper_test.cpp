// "Việc của đơn vị tôi" on paper: the page that is printed and the file for Word say the same.
#include "loa/base/text.h"
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

TEST_P(UnitPaperTest, WhatIsAskedForIsShownPrintedAndSent) {
    auto clerk = commune().sign_in_again("clerk");
    const auto count = [&](const std::string& query) {
        const auto page = clerk.get("/viec-don-vi" + query);
        EXPECT_EQ(page.status, 200) << query;
        const auto list = page.body.substr(page.body.find("id=\"viec\""));
        std::size_t lines = 0;
        for (auto at = list.find("/viec/"); at != std::string::npos; at = list.find("/viec/", at + 1)) ++lines;
        // The other two say as many.
        const auto papers = clerk.get(link_in(page.body.substr(page.body.find("href=\"/viec-don-vi/xuat"))));
        const auto document = formats::read_docx(papers.body);
        if (!document) return lines + 1000;
        std::size_t rows = 0;
        for (const auto& table : document->tables)
            if (table.at(0, 1)->header) rows += static_cast<std::size_t>(table.rows) - 1;
        EXPECT_EQ(rows, lines) << query;
        return lines;
    };
    const Id own = commune().drafting_unit(), topic = commune().topic(), channel = commune().channel();
    const auto stored = [&](auto&& fits) {
        return commune().town().read(Id{}, [&](Work& work) {
            std::size_t found = 0;
            for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune().issued()}))
                found += row.id("unit_id") == own && row.text("state") != "ended" && fits(work, row);
            return found;
        });
    };
    const auto tells = [](Work& work, const storage::Row& row, const char* statement, Id entry) {
        for (const auto& one : work.db.query(statement, {work.authority, entry}))
            if (row.optional_id("activity_id") == one.id("activity_id")) return true;
        return false;
    };
    const auto all = count("");
    ASSERT_GT(all, 1u);
    EXPECT_EQ(all, stored([](Work&, const storage::Row&) { return true; }));
    std::size_t by_state = 0;
    for (const char* state : {"open", "reported", "closed"}) {
        const auto found = count(std::string("?trang-thai=") + state);
        EXPECT_EQ(found, stored([&](Work&, const storage::Row& row) { return row.text("state") == state; })) << state;
        by_state += found;
    }
    EXPECT_EQ(by_state, all);
    const auto told = count("?noi-dung=" + to_string(topic)), by = count("?hinh-thuc=" + to_string(channel));
    EXPECT_EQ(told, stored([&](Work& work, const storage::Row& row) { return tells(work, row, "plan.activities_of_topic", topic); }));
    EXPECT_EQ(by, stored([&](Work& work, const storage::Row& row) { return tells(work, row, "plan.activities_of_channel", channel); }));
    EXPECT_LT(told, all);
    EXPECT_EQ(count("?ke-hoach=" + to_string(commune().issued())), all);
    EXPECT_EQ(count("?ke-hoach=7"), 0u);
    EXPECT_EQ(count("?trang-thai=late"), 0u);
    EXPECT_EQ(count("?tu=01/01/2031"), 0u);
    const auto due = count("?tu=01/01/2026&den=31/12/2026");
    EXPECT_GT(due, 0u);
    EXPECT_LT(due, all) << "what has no day is due at no time";
    EXPECT_THAT(clerk.get("/viec-don-vi?tu=31/02/2026&den=x").body, HasSubstr("Chưa lọc theo ngày này"));
    EXPECT_THAT(clerk.get("/viec-don-vi?tu=05/05/2026&den=01/05/2026").body, HasSubstr("Ngày cuối trước ngày đầu"));
    EXPECT_THAT(clerk.get("/viec-don-vi?ke-hoach=7").body, HasSubstr("Không có việc nào như vậy"));
    for (const char* odd : {"?trang-thai=x&noi-dung=-1&hinh-thuc=99999999999999999999", "?ke-hoach=x"}) EXPECT_EQ(clerk.get(std::string("/viec-don-vi") + odd).status, 200) << odd;
    commune().pass_time(365 * 24 * 3600);
    clerk = commune().sign_in_again("clerk");
    EXPECT_EQ(count("?trang-thai=late"), count("?trang-thai=late&den=31/12/2026"));
    EXPECT_GT(count("?trang-thai=late"), 0u);
}

LOA_ON_BOTH_ENGINES(UnitPaperTest);

}  // namespace
}  // namespace loa::app
