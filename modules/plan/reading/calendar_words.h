// Parts of the calendar by their names: a period that comes again, a stretch of months.
#pragma once

#include <optional>

#include "loa/plan/reading.h"
#include "reading/words.h"

namespace loa::plan {

/// From the first of `first_month` to the end of `last_month`; a year that is not printed is absent.
struct Months {
    int first_month = 1, last_month = 12;
    std::optional<int> first_year, last_year;
    bool whole_year = false;  // printed as a year alone: "năm 2024", "2025"
};

/// What a number behind "tháng" or "quý" is: its name ("tháng 5"), or what is counted in it ("mỗi tháng 02 lần").
enum class NumberBehind { Name, Count };
/// A period by its bare name in front of word `end`: "tháng", "6 tháng", "quý"; `at` is moved past it.
std::optional<Period> read_period(const Text& text, std::size_t& at, std::size_t end, NumberBehind behind = NumberBehind::Name);
/// One stretch: "tháng 10/2026", "10/2026", "quý II", "6 tháng cuối năm 2025", "năm 2024"; `at` is moved past it.
std::optional<Months> read_months(const Text& text, std::size_t& at, std::size_t end);
/// "các tháng 3, 6, 9, 12": each quarter; "tháng 6 và tháng 12": each half-year. `at` is moved past them.
std::optional<Period> read_named_months(const Text& text, std::size_t& at, std::size_t end);
/// What follows the stretch that begins at word `first`, in a list or a range: "tháng 11 - 12/2025", "quý I, II",
/// "năm 2024 - 2025". `from`: "từ" stands in front, so that only a range goes on.
std::optional<Months> read_more_months(const Text& text, std::size_t& at, std::size_t end, std::size_t first,
                                       const Months& before, bool from);

/// "… đến hết năm 2025", "… đến cuối tháng 11" behind the day it begins; a year that is not printed is that day's.
std::optional<Date> read_end_of_months(const Text& text, std::size_t& at, std::size_t end, Date from);

/// "17 giờ", "17 giờ 30 phút", "17h30": the word behind, `at` if no time of the day stands there.
std::size_t past_clock(const Text& text, std::size_t at, std::size_t end);

}  // namespace loa::plan
