// Civil dates and instants. Vietnam has one time zone, UTC+7 without summer time, so an offset serves.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loa {

/// A day of the Gregorian calendar, always a real one (years 1 … 9999).
class Date {
  public:
    Date() = default;  // 1970-01-01
    static std::optional<Date> from(int year, int month, int day);
    /// ISO 8601, "2024-01-05", and nothing else.
    static std::optional<Date> parse_iso(std::string_view text);
    /// What people type: "5/1/2024", "05/01/2024", "05-01-2024", or ISO.
    static std::optional<Date> parse_vietnamese(std::string_view text);

    int year() const;
    int month() const;
    int day() const;
    /// 1 = Monday … 7 = Sunday (ISO 8601).
    int weekday() const;
    std::string iso() const;
    /// "05/01/2024", the form of Decree 30/2020/NĐ-CP.
    std::string vietnamese() const;
    Date plus_days(int days) const;
    /// The same day of a later month, or that month's last day.
    Date plus_months(int months) const;
    Date last_of_month() const;
    /// Days from `other` to this day.
    int days_since(Date other) const;

    auto operator<=>(const Date&) const = default;

  private:
    explicit Date(std::chrono::sys_days days) : days_(days) {}
    std::chrono::sys_days days_{};
};

/// A moment: milliseconds since 1970-01-01 UTC.
struct Instant {
    std::int64_t milliseconds = 0;

    auto operator<=>(const Instant&) const = default;
    Instant plus_seconds(std::int64_t seconds) const { return {milliseconds + seconds * 1000}; }
    /// The day it is in Vietnam (Asia/Ho_Chi_Minh, UTC+7).
    Date date() const;
    /// "09:40" in Vietnam.
    std::string clock_time() const;
    /// "09:40, 17/07/2024" in Vietnam.
    std::string vietnamese() const;
    /// "2024-07-17T02:40:00.000Z".
    std::string iso() const;
};

/// 00:00 of that day in Vietnam.
Instant start_of(Date day);

/// Where the time comes from: the system, or a test.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() override;
};

/// A clock that stands still until told to move.
class FixedClock final : public Clock {
  public:
    explicit FixedClock(Instant now) : now_(now) {}
    Instant now() override { return now_; }
    void set(Instant now) { now_ = now; }

  private:
    Instant now_;
};

}  // namespace loa
