#include "loa/base/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "loa/base/text.h"

namespace loa {

namespace chrono = std::chrono;

namespace {

constexpr std::int64_t kVietnamOffset = 7 * 3600 * 1000;

std::optional<int> number(std::string_view digits) {
    int value = 0;
    if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::optional<Date> from_parts(std::string_view year, std::string_view month, std::string_view day) {
    if (month.size() > 2 || day.size() > 2) return std::nullopt;
    const auto y = number(year), m = number(month), d = number(day);
    if (!y || !m || !d) return std::nullopt;
    return Date::from(*y, *m, *d);
}

/// The nearest day of the years 1 … 9999.
chrono::sys_days bounded(chrono::sys_days days) {
    constexpr chrono::sys_days kFirst = chrono::year(1) / 1 / 1, kLast = chrono::year(9999) / 12 / 31;
    return std::clamp(days, kFirst, kLast);
}

chrono::year_month_day parts(chrono::sys_days days) { return chrono::year_month_day{days}; }

struct WallClock {
    int hour, minute, second, millisecond;
};

WallClock wall_clock(std::int64_t milliseconds) {
    constexpr std::int64_t kDay = 24 * 3600 * 1000;
    const auto in_day = static_cast<int>(((milliseconds % kDay) + kDay) % kDay);
    return {in_day / 3600000, in_day / 60000 % 60, in_day / 1000 % 60, in_day % 1000};
}

chrono::sys_days day_of(std::int64_t milliseconds) {
    return chrono::floor<chrono::days>(chrono::sys_time<chrono::milliseconds>(chrono::milliseconds(milliseconds)));
}

}  // namespace

std::optional<Date> Date::from(int year, int month, int day) {
    // chrono keeps a month and a day in one byte: 257 would be 1.
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                      chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return Date(chrono::sys_days(date));
}

std::optional<Date> Date::parse_iso(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return from_parts(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
}

std::optional<Date> Date::parse_vietnamese(std::string_view text) {
    text = trimmed(text);
    if (auto date = parse_iso(text)) return date;
    for (const char separator : {'/', '-', '.'}) {
        const auto pieces = split(text, separator);
        if (pieces.size() == 3 && pieces[2].size() == 4) return from_parts(pieces[2], pieces[1], pieces[0]);
    }
    return std::nullopt;
}

int Date::year() const { return int(parts(days_).year()); }
int Date::month() const { return static_cast<int>(unsigned(parts(days_).month())); }
int Date::day() const { return static_cast<int>(unsigned(parts(days_).day())); }
int Date::weekday() const { return static_cast<int>(chrono::weekday(days_).iso_encoding()); }
std::string Date::iso() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }
std::string Date::vietnamese() const { return fmt::format("{:02}/{:02}/{:04}", day(), month(), year()); }
Date Date::plus_days(int days) const { return Date(bounded(days_ + chrono::days(days))); }

Date Date::plus_months(int months) const {
    constexpr int kMost = 9999 * 12;  // chrono keeps a year in two bytes
    const auto moved = parts(days_) + chrono::months(std::clamp(months, -kMost, kMost));
    if (moved.year() < chrono::year(1) || moved.year() > chrono::year(9999))
        return Date(bounded(chrono::sys_days(moved.year() / moved.month() / chrono::last)));
    return Date(moved.ok() ? chrono::sys_days(moved) : chrono::sys_days(moved.year() / moved.month() / chrono::last));
}

Date Date::last_of_month() const {
    const auto date = parts(days_);
    return Date(chrono::sys_days(date.year() / date.month() / chrono::last));
}

int Date::days_since(Date other) const { return static_cast<int>((days_ - other.days_).count()); }

Date Instant::date() const {
    const auto day = parts(day_of(milliseconds + kVietnamOffset));
    return Date::from(int(day.year()), static_cast<int>(unsigned(day.month())), static_cast<int>(unsigned(day.day())))
        .value_or(Date());
}

std::string Instant::clock_time() const {
    const auto wall = wall_clock(milliseconds + kVietnamOffset);
    return fmt::format("{:02}:{:02}", wall.hour, wall.minute);
}

std::string Instant::vietnamese() const { return clock_time() + ", " + date().vietnamese(); }

std::string Instant::iso() const {
    const auto day = parts(day_of(milliseconds));
    const auto wall = wall_clock(milliseconds);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(day.year()), unsigned(day.month()),
                       unsigned(day.day()), wall.hour, wall.minute, wall.second, wall.millisecond);
}

Instant start_of(Date day) {
    const auto days = day.days_since(*Date::from(1970, 1, 1));
    return {std::int64_t{days} * 24 * 3600 * 1000 - kVietnamOffset};
}

Instant SystemClock::now() {
    return {chrono::duration_cast<chrono::milliseconds>(chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace loa
