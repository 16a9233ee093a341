// Months and quarters that a deadline names one by one, and the days that come of them.
#include "listed_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "occurrences.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;

std::string read(std::string_view text) {
    const auto listed = listed_times(text);
    if (!listed) return "";
    std::string told = listed->period == Period::Month ? "tháng" : "quý";
    for (const int number : listed->numbers) told += " " + std::to_string(number);
    return told;
}

TEST(ListedTimesTest, MonthsAndQuartersOneByOne) {
    EXPECT_EQ(read("vào tháng 4 và tháng 9"), "tháng 4 9");
    EXPECT_EQ(read("Vào Tháng 04, tháng 9 năm 2026."), "tháng 4 9");
    EXPECT_EQ(read("Tháng 3, tháng 6 và tháng 9 năm 2026"), "tháng 3 6 9");
    EXPECT_EQ(read("các tháng 3, 6, 9, 12"), "tháng 3 6 9 12");
    EXPECT_EQ(read("trong các tháng 4; 9/2026"), "tháng 4 9");
    EXPECT_EQ(read("Quý I và quý III"), "quý 1 3");
    EXPECT_EQ(read("Quý I, II, IV năm 2026"), "quý 1 2 4");
    EXPECT_EQ(read("hằng năm, vào tháng 4 và tháng 9"), "tháng 4 9");
    EXPECT_EQ(read("định kỳ hàng năm vào quý 2, quý 4/2026"), "quý 2 4");
}

TEST(ListedTimesTest, WhatSaysAnythingElseIsNoList) {
    for (const char* text : {"", "tháng 4", "Quý IV/2026", "từ tháng 4 đến tháng 9", "Tháng 11 - 12/2025", "tháng 4–9", "Từ tháng 3 đến tháng 5 và tháng 9",
                             "trước ngày 15 tháng 4 và tháng 9", "tháng 11 và tháng 3", "tháng 4 và tháng 13", "tháng 4 và quý III", "4 và 9", "năm 2026 và 2027",
                             "quý V và quý VI", "tháng 4, tháng 4", "vào tháng 4 và khi có yêu cầu", "tháng 4 và tháng 9/26"})
        EXPECT_EQ(read(text), "") << text;
}

std::vector<std::string> days(const Deadline& deadline, int from, int to, Date first) {
    Plan plan;
    plan.year_from = from, plan.year_to = to;
    std::vector<std::string> texts;
    for (const auto& due : due_days(plan, deadline, first)) texts.push_back((due.from ? due.from->iso() + "…" : "") + (due.on ? due.on->iso() : "-"));
    return texts;
}

TEST(ListedTimesTest, EachOfThemFallsDue) {
    const Date issued = *Date::from(2026, 1, 15);
    const Deadline window{.text = "vào tháng 4 và tháng 9", .kind = DeadlineKind::Window, .from = Date::from(2026, 4, 1), .to = Date::from(2026, 9, 30)};
    EXPECT_THAT(days(window, 2026, 2026, issued), ElementsAre("2026-04-01…2026-04-30", "2026-09-01…2026-09-30"));
    EXPECT_THAT(days(window, 2026, 2026, *Date::from(2026, 5, 2)), ElementsAre("2026-09-01…2026-09-30")) << "April was over when it was issued";
    EXPECT_THAT(days(window, 2026, 2026, *Date::from(2026, 10, 1)), ElementsAre("2026-09-30")) << "all of it was";
    const Deadline quarters{.text = "Quý I, quý III", .kind = DeadlineKind::Window, .from = Date::from(2026, 1, 1), .to = Date::from(2026, 9, 30)};
    EXPECT_THAT(days(quarters, 2026, 2026, issued), ElementsAre("2026-01-01…2026-03-31", "2026-07-01…2026-09-30"));
    const Deadline yearly{.text = "hằng năm vào tháng 4 và tháng 9", .kind = DeadlineKind::Recurring, .every = Period::Year};
    EXPECT_THAT(days(yearly, 2026, 2027, *Date::from(2026, 6, 1)), ElementsAre("2026-09-01…2026-09-30", "2027-04-01…2027-04-30", "2027-09-01…2027-09-30"));
    const Deadline span{.text = "từ tháng 4 đến tháng 9", .kind = DeadlineKind::Window, .from = Date::from(2026, 4, 1), .to = Date::from(2026, 9, 30)};
    EXPECT_THAT(days(span, 2026, 2026, issued), ElementsAre("2026-09-30"));
}

}  // namespace
}  // namespace loa::plan
