#include "loa/i18n/format.h"

#include <gtest/gtest.h>

#include <limits>

#include "loa/base/fault.h"

namespace loa::i18n {
namespace {

constexpr auto kVietnamese = Language::Vietnamese;
constexpr auto kEnglish = Language::English;

Date day(int year, int month, int of_month) { return Date::from(year, month, of_month).value(); }

TEST(Number, GroupsByThree) {
    EXPECT_EQ(number(kVietnamese, 0), "0");
    EXPECT_EQ(number(kVietnamese, 999), "999");
    EXPECT_EQ(number(kVietnamese, 1000), "1.000");
    EXPECT_EQ(number(kVietnamese, 1234567), "1.234.567");
    EXPECT_EQ(number(kEnglish, 1234567), "1,234,567");
    EXPECT_EQ(number(kVietnamese, -1234), "−1.234");
    EXPECT_EQ(number(kVietnamese, -100), "−100");
}

TEST(Number, HoldsTheWholeRange) {
    EXPECT_EQ(number(kVietnamese, std::numeric_limits<std::int64_t>::max()), "9.223.372.036.854.775.807");
    EXPECT_EQ(number(kEnglish, std::numeric_limits<std::int64_t>::min()), "−9,223,372,036,854,775,808");
}

TEST(Decimal, RoundsHalvesAwayFromZeroAsWritten) {
    EXPECT_EQ(decimal(kVietnamese, 91.35, 1), "91,4");
    EXPECT_EQ(decimal(kVietnamese, 91.34, 1), "91,3");
    EXPECT_EQ(decimal(kVietnamese, 0.125, 2), "0,13");
    EXPECT_EQ(decimal(kVietnamese, 2.675, 2), "2,68");
    EXPECT_EQ(decimal(kVietnamese, 0.5, 0), "1");
    EXPECT_EQ(decimal(kVietnamese, 2.5, 0), "3");
    EXPECT_EQ(decimal(kEnglish, 1234.5, 1), "1,234.5");
    EXPECT_EQ(decimal(kVietnamese, 1234.5, 2), "1.234,50");
    EXPECT_EQ(decimal(kVietnamese, 999.95, 1), "1.000,0");
}

TEST(Decimal, NegativesAndNothing) {
    EXPECT_EQ(decimal(kVietnamese, -2.5, 0), "−3");
    EXPECT_EQ(decimal(kVietnamese, -0.04, 1), "0,0");
    EXPECT_EQ(decimal(kVietnamese, -0.0, 0), "0");
    EXPECT_EQ(decimal(kVietnamese, 1e-9, 1), "0,0");
}

TEST(Decimal, RefusesWhatIsNoNumber) {
    EXPECT_THROW(decimal(kVietnamese, std::numeric_limits<double>::quiet_NaN(), 1), Fault);
    EXPECT_THROW(decimal(kVietnamese, std::numeric_limits<double>::infinity(), 1), Fault);
    EXPECT_THROW(decimal(kVietnamese, 1e15, 0), Fault);
    EXPECT_THROW(decimal(kVietnamese, 1.0, 10), Fault);
    EXPECT_THROW(decimal(kVietnamese, 1.0, -1), Fault);
}

TEST(MoneyText, KeepsNumberAndUnitTogether) {
    EXPECT_EQ(money(kVietnamese, Money{1500000}), "1.500.000\u00A0đồng");
    EXPECT_EQ(money(kEnglish, Money{1500000}), "1,500,000\u00A0đồng");
    EXPECT_EQ(money(kVietnamese, Money{-20600000}), "−20.600.000\u00A0đồng");
    EXPECT_EQ(money(kVietnamese, Money{}), "0\u00A0đồng");
}

TEST(Percent, NeverClaimsNothingOrEverything) {
    EXPECT_EQ(percent(kVietnamese, 0, 48), "0%");
    EXPECT_EQ(percent(kVietnamese, 48, 48), "100%");
    EXPECT_EQ(percent(kVietnamese, 29, 48), "60%");
    EXPECT_EQ(percent(kVietnamese, 1, 8), "13%");
    EXPECT_EQ(percent(kVietnamese, 1, 1000), "1%");
    EXPECT_EQ(percent(kVietnamese, 999, 1000), "99%");
    EXPECT_EQ(percent(kVietnamese, 3, 2), "150%");
    EXPECT_EQ(percent(kEnglish, 100, 7), "1,429%");
    EXPECT_EQ(percent(kVietnamese, std::numeric_limits<std::int64_t>::max() - 1, std::numeric_limits<std::int64_t>::max()),
              "99%");
    EXPECT_THROW(percent(kVietnamese, 0, 0), Fault);
    EXPECT_THROW(percent(kVietnamese, -1, 5), Fault);
}

TEST(FileSize, ChoosesTheUnit) {
    EXPECT_EQ(file_size(kVietnamese, 0), "0\u00A0B");
    EXPECT_EQ(file_size(kVietnamese, 512), "512\u00A0B");
    EXPECT_EQ(file_size(kVietnamese, 1023), "1.023\u00A0B");
    EXPECT_EQ(file_size(kVietnamese, 1024), "1\u00A0KB");
    EXPECT_EQ(file_size(kVietnamese, 1536), "1,5\u00A0KB");
    EXPECT_EQ(file_size(kEnglish, 1536), "1.5\u00A0KB");
    EXPECT_EQ(file_size(kVietnamese, 20 * 1024 * 1024), "20\u00A0MB");
    EXPECT_EQ(file_size(kVietnamese, 1024 * 1024 - 1), "1\u00A0MB");
    EXPECT_EQ(file_size(kVietnamese, 10187), "9,9\u00A0KB");
    EXPECT_EQ(file_size(kVietnamese, 10190), "10\u00A0KB");
    EXPECT_EQ(file_size(kVietnamese, std::numeric_limits<std::int64_t>::max()), "8.192\u00A0PB");
    EXPECT_THROW(file_size(kVietnamese, -1), Fault);
}

TEST(LongDate, PadsDaysBelowTenAndTheFirstTwoMonths) {
    EXPECT_EQ(long_date(kVietnamese, day(2024, 1, 5)), "ngày 05 tháng 01 năm 2024");
    EXPECT_EQ(long_date(kVietnamese, day(2024, 2, 29)), "ngày 29 tháng 02 năm 2024");
    EXPECT_EQ(long_date(kVietnamese, day(2024, 3, 9)), "ngày 09 tháng 3 năm 2024");
    EXPECT_EQ(long_date(kVietnamese, day(2024, 10, 10)), "ngày 10 tháng 10 năm 2024");
    EXPECT_EQ(long_date(kVietnamese, day(2024, 12, 31)), "ngày 31 tháng 12 năm 2024");
    EXPECT_EQ(long_date(kEnglish, day(2024, 1, 5)), "5 January 2024");
    EXPECT_EQ(long_date(kEnglish, day(2024, 12, 31)), "31 December 2024");
}

TEST(WeekdayDate, NamesEveryDayOfTheWeek) {
    EXPECT_EQ(weekday_date(kVietnamese, day(2024, 7, 15)), "Thứ Hai, 15/07/2024");
    EXPECT_EQ(weekday_date(kVietnamese, day(2024, 7, 17)), "Thứ Tư, 17/07/2024");
    EXPECT_EQ(weekday_date(kVietnamese, day(2024, 7, 21)), "Chủ nhật, 21/07/2024");
    EXPECT_EQ(weekday_date(kEnglish, day(2024, 7, 21)), "Sunday, 21/07/2024");
}

TEST(UntilDue, CountsDaysOnBothSides) {
    const Date today = day(2024, 7, 17);
    EXPECT_EQ(until_due(kVietnamese, today.plus_days(12), today), "còn 12 ngày");
    EXPECT_EQ(until_due(kVietnamese, today, today), "hạn hôm nay");
    EXPECT_EQ(until_due(kVietnamese, today.plus_days(-3), today), "quá hạn 3 ngày");
    EXPECT_EQ(until_due(kEnglish, today.plus_days(1), today), "1 day left");
    EXPECT_EQ(until_due(kEnglish, today.plus_days(2), today), "2 days left");
    EXPECT_EQ(until_due(kEnglish, today.plus_days(-1), today), "1 day overdue");
    EXPECT_EQ(until_due(kVietnamese, day(2030, 1, 1), today), "còn 1.994 ngày");
}

}  // namespace
}  // namespace loa::i18n
