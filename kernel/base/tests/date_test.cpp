// Days and moments: what is a date, how it is read and printed, where a day of Vietnam begins and ends.
#include "loa/base/date.h"

#include <gtest/gtest.h>

namespace loa {
namespace {

std::string iso(const std::optional<Date>& date) { return date ? date->iso() : "none"; }
Date day(int year, int month, int of_month) { return Date::from(year, month, of_month).value(); }

struct Form {
    const char* printed;
    const char* means;
};

TEST(Date, IsAlwaysARealDay) {
    EXPECT_EQ(Date().iso(), "1970-01-01");
    EXPECT_EQ(iso(Date::from(2024, 2, 29)), "2024-02-29");
    EXPECT_EQ(iso(Date::from(2000, 2, 29)), "2000-02-29");
    EXPECT_EQ(iso(Date::from(1, 1, 1)), "0001-01-01");
    EXPECT_EQ(iso(Date::from(9999, 12, 31)), "9999-12-31");
    const int wrong[][3] = {{2023, 2, 29}, {1900, 2, 29}, {2024, 2, 30},  {2024, 4, 31}, {2024, 13, 1},   {2024, 0, 1},
                            {2024, 1, 0},  {2024, 1, 32}, {2024, -1, 1},  {2024, 1, -1}, {0, 1, 1},       {-1, 1, 1},
                            {10000, 1, 1}, {67560, 1, 1}, {2024, 257, 1}, {2024, 1, 257}, {2024, 1, 1 << 30}};
    for (const auto& [year, month, of_month] : wrong)
        EXPECT_EQ(iso(Date::from(year, month, of_month)), "none") << year << ' ' << month << ' ' << of_month;
}

TEST(Date, ReadsIsoAndNothingElse) {
    const Form forms[] = {
        {"2024-01-05", "2024-01-05"}, {"0001-01-01", "0001-01-01"}, {"2024-02-29", "2024-02-29"}, {"2023-02-29", "none"},
        {"2024-1-5", "none"},         {"2024/01/05", "none"},       {"24-01-05", "none"},         {" 2024-01-05", "none"},
        {"2024-01-05 ", "none"},      {"2024-01-05T00:00", "none"}, {"+024-01-05", "none"},       {"2024--1-05", "none"},
        {"2024-01-0x", "none"},       {"2024-+1-05", "none"},       {"2024- 1-05", "none"},       {"", "none"},
        {"0000-01-01", "none"},       {"2024-00-05", "none"},       {"2024-13-05", "none"},       {"2O24-01-05", "none"},
    };
    for (const auto& form : forms) EXPECT_EQ(iso(Date::parse_iso(form.printed)), form.means) << form.printed;
}

TEST(Date, ReadsWhatPeopleType) {
    const Form forms[] = {
        {"5/1/2024", "2024-01-05"},
        {"05/01/2024", "2024-01-05"},
        {"05-01-2024", "2024-01-05"},
        {"5-1-2024", "2024-01-05"},
        {"2024-01-05", "2024-01-05"},
        {"  5/1/2024\u00A0", "2024-01-05"},
        {"29/02/2024", "2024-02-29"},
        {"29/02/2023", "none"},
        {"31/4/2024", "none"},
        {"1/13/2024", "none"},  // never the American way
        {"5/1/24", "none"},
        {"5/1", "none"},
        {"5/1/2024/1", "none"},
        {"5/1-2024", "none"},
        {"5//2024", "none"},
        {"/1/2024", "none"},
        {"-5/1/2024", "none"},
        {"+5/1/2024", "none"},
        {"5 /1/2024", "none"},
        {"0x5/1/2024", "none"},
        {"005/01/2024", "none"},
        {"5/000000001/2024", "none"},
        {"4294967301/1/2024", "none"},
        {"5/1/0000", "none"},
        {"ngày mai", "none"},
        {"", "none"},
        {"//", "none"},
    };
    for (const auto& form : forms) EXPECT_EQ(iso(Date::parse_vietnamese(form.printed)), form.means) << form.printed;
}

TEST(Date, PrintsBothWays) {
    EXPECT_EQ(day(2024, 1, 5).iso(), "2024-01-05");
    EXPECT_EQ(day(2024, 1, 5).vietnamese(), "05/01/2024");
    EXPECT_EQ(day(987, 12, 31).vietnamese(), "31/12/0987");
    for (const Date each : {day(1, 1, 1), day(1969, 12, 31), day(2024, 2, 29), day(9999, 12, 31)}) {
        EXPECT_EQ(Date::parse_iso(each.iso()), each);
        EXPECT_EQ(Date::parse_vietnamese(each.vietnamese()), each);
    }
}

TEST(Date, WeekBeginsOnMonday) {
    EXPECT_EQ(day(2024, 1, 1).weekday(), 1);
    EXPECT_EQ(day(2024, 1, 7).weekday(), 7);
    EXPECT_EQ(day(1970, 1, 1).weekday(), 4);
    EXPECT_EQ(day(1969, 12, 28).weekday(), 7);
    EXPECT_EQ(day(2000, 2, 29).weekday(), 2);
}

TEST(Date, CountsDays) {
    EXPECT_EQ(day(2024, 2, 28).plus_days(1), day(2024, 2, 29));
    EXPECT_EQ(day(2024, 2, 28).plus_days(2), day(2024, 3, 1));
    EXPECT_EQ(day(2024, 1, 1).plus_days(-1), day(2023, 12, 31));
    EXPECT_EQ(day(2024, 1, 1).plus_days(366), day(2025, 1, 1));
    EXPECT_EQ(day(2025, 1, 1).days_since(day(2024, 1, 1)), 366);
    EXPECT_EQ(day(2024, 1, 1).days_since(day(2025, 1, 1)), -366);
    EXPECT_LT(day(2024, 1, 31), day(2024, 2, 1));
}

TEST(Date, MonthsKeepTheDayOrEndWithTheMonth) {
    EXPECT_EQ(day(2024, 1, 31).plus_months(1), day(2024, 2, 29));
    EXPECT_EQ(day(2023, 1, 31).plus_months(1), day(2023, 2, 28));
    EXPECT_EQ(day(2024, 1, 31).plus_months(3), day(2024, 4, 30));
    EXPECT_EQ(day(2024, 1, 15).plus_months(12), day(2025, 1, 15));
    EXPECT_EQ(day(2024, 2, 29).plus_months(12), day(2025, 2, 28));
    EXPECT_EQ(day(2024, 2, 29).plus_months(48), day(2028, 2, 29));
    EXPECT_EQ(day(2024, 3, 31).plus_months(-1), day(2024, 2, 29));
    EXPECT_EQ(day(2024, 1, 1).plus_months(-1), day(2023, 12, 1));
    EXPECT_EQ(day(2024, 12, 31).plus_months(2), day(2025, 2, 28));
    EXPECT_EQ(day(2024, 5, 5).plus_months(0), day(2024, 5, 5));
    EXPECT_EQ(day(2024, 2, 1).last_of_month(), day(2024, 2, 29));
    EXPECT_EQ(day(2023, 12, 31).last_of_month(), day(2023, 12, 31));
}

TEST(Date, StaysBetweenTheFirstAndTheLastYear) {
    const Date first = day(1, 1, 1), last = day(9999, 12, 31);
    EXPECT_EQ(last.plus_days(1), last);
    EXPECT_EQ(first.plus_days(-1), first);
    EXPECT_EQ(last.plus_days(2'000'000'000), last);
    EXPECT_EQ(first.plus_days(-2'000'000'000), first);
    EXPECT_EQ(last.plus_months(1), last);
    EXPECT_EQ(first.plus_months(-1), first);
    EXPECT_EQ(day(2024, 1, 31).plus_months(2'000'000'000), last);
    EXPECT_EQ(day(2024, 1, 31).plus_months(-2'000'000'000), first);
    EXPECT_EQ(day(9999, 11, 30).plus_months(1), day(9999, 12, 30));
}

TEST(Instant, DayOfVietnamBeginsAtSeventeenHoursUtc) {
    const Date new_year = day(2025, 1, 1);
    const Instant midnight = start_of(new_year);
    EXPECT_EQ(midnight.iso(), "2024-12-31T17:00:00.000Z");
    EXPECT_EQ(midnight.date(), new_year);
    EXPECT_EQ(midnight.clock_time(), "00:00");
    const Instant before = {midnight.milliseconds - 1};
    EXPECT_EQ(before.date(), day(2024, 12, 31));
    EXPECT_EQ(before.clock_time(), "23:59");
    EXPECT_EQ(before.iso(), "2024-12-31T16:59:59.999Z");
    // 24:00 of a day is 00:00 of the next.
    EXPECT_EQ(start_of(day(2024, 12, 31)).plus_seconds(24 * 3600), midnight);
    EXPECT_EQ(start_of(day(2024, 2, 28).plus_days(1)).date(), day(2024, 2, 29));
}

TEST(Instant, PrintsTheTimeOfVietnam) {
    const Instant instant = {1721184000123};
    EXPECT_EQ(instant.iso(), "2024-07-17T02:40:00.123Z");
    EXPECT_EQ(instant.clock_time(), "09:40");
    EXPECT_EQ(instant.vietnamese(), "09:40, 17/07/2024");
    EXPECT_EQ((Instant{}.vietnamese()), "07:00, 01/01/1970");
}

TEST(Instant, WorksInFrontOfTheEpoch) {
    const Instant instant = {-1};
    EXPECT_EQ(instant.iso(), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(instant.vietnamese(), "06:59, 01/01/1970");
    EXPECT_EQ((Instant{-7 * 3600 * 1000 - 1}.date()), day(1969, 12, 31));
    EXPECT_EQ(start_of(day(1945, 9, 2)).date(), day(1945, 9, 2));
    EXPECT_EQ(start_of(day(1, 1, 1)).date(), day(1, 1, 1));
    EXPECT_EQ(start_of(day(9999, 12, 31)).date(), day(9999, 12, 31));
}

TEST(Instant, ClocksTellTheTime) {
    FixedClock fixed({1000});
    EXPECT_EQ(fixed.now(), (Instant{1000}));
    fixed.set(fixed.now().plus_seconds(2));
    EXPECT_EQ(fixed.now(), (Instant{3000}));
    EXPECT_GT(SystemClock().now().date(), day(2024, 1, 1));
}

}  // namespace
}  // namespace loa
