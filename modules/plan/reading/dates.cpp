#include <algorithm>

#include "reading/deadlines.h"

namespace loa::plan {

namespace {

bool in_range(int value, int least, int most) { return value >= least && value <= most; }
bool is_blank_mark(const Text& text, std::size_t at) { return text.is_one_of(at, {".", "…", "_", ","}); }

std::size_t past_blank_marks(const Text& text, std::size_t at, std::size_t end) {
    while (at < end && is_blank_mark(text, at)) ++at;
    return at;
}

/// "tháng 3 năm 2024": month and year, each of which may be blank.
std::size_t read_month_and_year(const Text& text, std::size_t at, std::size_t end, PartialDate& date) {
    if (!text.is(at, "tháng")) return at;
    std::size_t next = past_blank_marks(text, at + 1, end);
    if (next < end && in_range(text.integer(next), 1, 12)) date.month = text.integer(next++);
    next = past_blank_marks(text, next, end);
    if (text.is(next, "/") && next + 1 < end && text.integer(next + 1) > 1900) {
        date.year = text.integer(next + 1);
        return next + 2;
    }
    if (next >= end || !text.is(next, "năm")) return std::min(next, end);
    next = past_blank_marks(text, next + 1, end);
    if (next < end && in_range(text.integer(next), 1900, 2200)) date.year = text.integer(next++);
    return next;
}

/// "15/11/2025", "15-11-2025", "15.11.2025", "15/11".
std::size_t read_numeric(const Text& text, std::size_t at, std::size_t end, PartialDate& date) {
    const int day = text.integer(at);
    if (at + 2 >= end || !in_range(day, 1, 31) || !text.is_one_of(at + 1, {"/", "-", "."})) return at;
    if (!text[at + 1].glued && !text.is(at + 1, "/")) return at;
    const int month = text.integer(at + 2);
    if (!in_range(month, 1, 12)) return at;
    const bool has_year = at + 4 < end && text.folded(at + 3) == text.folded(at + 1) && in_range(text.integer(at + 4), 1900, 2200);
    if (!has_year && !text.is(at + 1, "/")) return at;
    date.day = day;
    date.month = month;
    if (!has_year) return at + 3;
    date.year = text.integer(at + 4);
    return at + 5;
}

}  // namespace

std::optional<PrintedDate> read_date(const Text& text, std::size_t at, std::size_t end) {
    PrintedDate printed;
    if (text.is(at, "tháng")) {
        printed.end = read_month_and_year(text, at, end, printed.date);
        return printed.date.month ? std::optional(printed) : std::nullopt;
    }
    if (at >= end || !text.is(at, "ngày")) {
        printed.end = read_numeric(text, at, end, printed.date);
        if (printed.end == at && at + 2 < end && in_range(text.integer(at), 1, 31) && text.is(at + 1, "tháng") &&
            in_range(text.integer(at + 2), 1, 12)) {  // "30 tháng 6"
            printed.date.day = text.integer(at);
            printed.end = read_month_and_year(text, at + 1, end, printed.date);
        }
        return printed.end > at ? std::optional(printed) : std::nullopt;
    }
    std::size_t next = past_blank_marks(text, at + 1, end);
    if (next < end)
        if (const std::size_t numeric = read_numeric(text, next, end, printed.date); numeric > next) {
            printed.end = numeric;
            if (text.is(numeric, "năm") && numeric + 1 < end && in_range(text.integer(numeric + 1), 1900, 2200)) {
                printed.date.year = text.integer(numeric + 1);
                printed.end = numeric + 2;
            }
            return printed;
        }
    if (next < end && in_range(text.integer(next), 1, 31)) printed.date.day = text.integer(next++);
    const std::size_t month = past_blank_marks(text, next, end);
    printed.end = text.is(month, "tháng") ? read_month_and_year(text, month, end, printed.date) : next;
    if (!printed.date.month && !printed.date.year) printed.end = next;  // "ngày 15 tháng cuối quý"
    return printed;
}

bool holds_impossible_date(const Text& text, std::size_t first, std::size_t last) {
    constexpr int kLeapYear = 2024;
    const auto separates = [&](std::size_t at) { return text.is_one_of(at, {"/", "-", "."}); };
    for (std::size_t at = first; at < last; ++at) {
        if (text.is_one_of(at, {"quý", "quí"})) {
            const bool fifth = text.is_number(at + 1) ? text.integer(at + 1) > 4
                                                      : text.is_one_of(at + 1, {"v", "vi", "vii", "viii", "ix", "x"});
            if (fifth && at + 1 < last) return true;
        }
        if (!text.is_number(at) || (at > first + 1 && separates(at - 1) && text.is_number(at - 2))) continue;
        const bool whole = at + 4 < last && separates(at + 1) && text.is_number(at + 2) &&
                           text.folded(at + 3) == text.folded(at + 1) && in_range(text.integer(at + 4), 1900, 2200);
        if (whole && !Date::from(text.integer(at + 4), text.integer(at + 2), text.integer(at))) return true;
        const bool in_words = at + 2 < last && text.is(at + 1, "tháng") && text.is_number(at + 2) && at > first && text.is(at - 1, "ngày");
        if (in_words && !Date::from(kLeapYear, text.integer(at + 2), text.integer(at))) return true;
        const auto printed = read_date(text, at, last);
        if (printed && printed->date.day && printed->date.month &&
            !Date::from(printed->date.year.value_or(kLeapYear), *printed->date.month, *printed->date.day))
            return true;
    }
    return false;
}

}  // namespace loa::plan
