#include "reading/calendar_words.h"

#include <algorithm>
#include <array>

#include "reading/lexicon.h"

namespace loa::plan {

namespace {

int roman_quarter(std::string_view word) {
    static constexpr std::array<std::string_view, 4> kRoman{"i", "ii", "iii", "iv"};
    const auto found = std::find(kRoman.begin(), kRoman.end(), word);
    if (found != kRoman.end()) return static_cast<int>(found - kRoman.begin()) + 1;
    return word.size() == 1 && word[0] >= '1' && word[0] <= '4' ? word[0] - '0' : 0;
}

bool is_quarter_word(const Text& text, std::size_t at) { return text.is_one_of(at, {"quý", "quí"}); }

/// "quý II", "tháng 5": the quarter or month behind its word, 0 where none is.
int quarter_at(const Text& text, std::size_t at, std::size_t end) { return at < end ? roman_quarter(text.folded(at)) : 0; }
int month_at(const Text& text, std::size_t at, std::size_t end) {
    const int month = at < end ? text.integer(at) : 0;
    return month >= 1 && month <= 12 ? month : 0;
}

/// "Tháng Ba", "tháng Mười một": a month by its name, which a capital letter tells from a number of months.
struct NamedMonth {
    int month = 0;
    std::size_t words = 0;
};
NamedMonth named_month(const Text& text, std::size_t at, std::size_t end) {
    static constexpr std::array<std::string_view, 10> kNames{"giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"};
    if (at >= end || !text[at].capital) return {};
    const auto found = std::find(kNames.begin(), kNames.end(), text.folded(at));
    if (found == kNames.end()) return {};
    const int month = static_cast<int>(found - kNames.begin()) + 1;
    if (month == 10 && at + 1 < end && text.is_one_of(at + 1, {"một", "hai"})) return {text.is(at + 1, "một") ? 11 : 12, 2};
    return {month, 1};
}

/// How many months "6 tháng đầu năm" and "sáu tháng cuối năm" speak of; 0 for no such word.
int count_of_months(const Text& text, std::size_t at) {
    static constexpr std::array<std::pair<std::string_view, int>, 3> kSpelled{{{"ba", 3}, {"sáu", 6}, {"chín", 9}}};
    if (text.is_number(at)) return text.integer(at);
    for (const auto& [word, count] : kSpelled)
        if (text.is(at, word)) return count;
    return 0;
}

void set_quarter(Months& months, int quarter) {
    months.first_month = quarter * 3 - 2;
    months.last_month = quarter * 3;
}

bool is_year(const Text& text, std::size_t at, std::size_t end) {
    return at < end && text.integer(at) >= 1990 && text.integer(at) <= 2200;
}

std::optional<int> read_year(const Text& text, std::size_t& at, std::size_t end) {
    std::size_t next = at;
    if (text.is_one_of(next, {"/", "năm", "của", "-"}) && next < end) ++next;
    if (text.is(next, "năm")) ++next;
    if (!is_year(text, next, end)) return std::nullopt;
    at = next + 1;
    return text.integer(next);
}

}  // namespace

std::optional<Period> read_period(const Text& text, std::size_t& at, std::size_t end, NumberBehind behind) {
    const std::size_t begin = at;
    if (text.integer(at) == 6 || text.is(at, "sáu")) {
        if (!text.is(at + 1, "tháng") || at + 1 >= end) return std::nullopt;
        at += 2;
        if (text.is(at, "đầu") || text.is(at, "cuối")) {
            at = begin;
            return std::nullopt;
        }
        if (text.is(at, "một") && text.is(at + 1, "lần")) at += 2;
        return Period::HalfYear;
    }
    if (text.integer(at) == 1 || text.is(at, "một")) ++at;
    if (text.integer(at) == 3 && text.is(at + 1, "tháng")) {
        at += 2;
        return Period::Quarter;
    }
    const auto word = lexicon().time_words.at(text, at, end);
    static constexpr std::array<std::pair<TimeWord, Period>, 5> kPeriods{{{TimeWord::Day, Period::Day},
                                                                          {TimeWord::Week, Period::Week},
                                                                          {TimeWord::Month, Period::Month},
                                                                          {TimeWord::Quarter, Period::Quarter},
                                                                          {TimeWord::Year, Period::Year}}};
    for (const auto& [key, value] : kPeriods) {
        if (!is(word, key)) continue;
        const std::size_t next = at + word.words;
        if (text.is_number(next) && next < end && behind == NumberBehind::Name) break;  // "tháng 5", "ngày 10"
        const bool counted = behind == NumberBehind::Count && text.is_number(next);  // "mỗi quý 1 lần"
        if (key == TimeWord::Quarter && quarter_at(text, next, end) > 0 && !counted) break;
        at = next;
        return value;
    }
    at = begin;
    return std::nullopt;
}

std::optional<Months> read_months(const Text& text, std::size_t& at, std::size_t end) {
    Months months;
    std::size_t next = at;
    if (const int count = count_of_months(text, at); count != 0 && at + 2 < end && text.is(at + 1, "tháng") && text.is_one_of(at + 2, {"đầu", "cuối"})) {
        if (count < 1 || count > 11) return std::nullopt;
        const bool early = text.is(at + 2, "đầu");
        months.first_month = early ? 1 : 13 - count;
        months.last_month = early ? count : 12;
        next = at + 3;
    } else if (text.is(at, "nửa") && at + 2 < end && text.is_one_of(at + 1, {"đầu", "cuối", "sau"}) && text.is(at + 2, "năm")) {
        (text.is(at + 1, "đầu") ? months.last_month : months.first_month) = text.is(at + 1, "đầu") ? 6 : 7;
        next = at + 2;
        months.first_year = months.last_year = read_year(text, next, end);
        at = months.first_year ? next : at + 3;
        return months;
    } else if (text.is(at, "tháng")) {
        const int month = month_at(text, at + 1, end);
        const NamedMonth named = month != 0 ? NamedMonth{month, 1} : named_month(text, at + 1, end);
        if (named.month == 0) return std::nullopt;
        months.first_month = months.last_month = named.month;
        next = at + 1 + named.words;
    } else if (month_at(text, at, end) != 0 && text.is(at + 1, "/") && is_year(text, at + 2, end)) {
        months.first_month = months.last_month = month_at(text, at, end);
        next = at + 1;
    } else if (text.is(at, "t") && at + 1 < end && text[at + 1].glued && month_at(text, at + 1, end) != 0) {
        months.first_month = months.last_month = month_at(text, at + 1, end);
        next = at + 2;
    } else if (is_quarter_word(text, at)) {
        const int quarter = quarter_at(text, at + 1, end);
        if (quarter == 0) return std::nullopt;
        set_quarter(months, quarter);
        next = at + 2;
    } else {
        if (text.is_one_of(at, {"năm", "giai"})) next = at + (text.is(at, "giai") ? 2 : 1);
        const int year = next < end ? text.integer(next) : -1;
        if (year < 1990 || year > 2200) return std::nullopt;
        months.first_year = months.last_year = year;
        months.whole_year = true;
        at = next + 1;
        return months;
    }
    months.first_year = months.last_year = read_year(text, next, end);
    if (!months.first_year && count_of_months(text, at) != 0 && text.is(next, "năm")) ++next;  // "6 tháng đầu năm"
    at = next;
    return months;
}

std::optional<Period> read_named_months(const Text& text, std::size_t& at, std::size_t end) {
    std::size_t next = text.is(at, "các") ? at + 1 : at;
    if (!text.is(next, "tháng")) return std::nullopt;
    std::vector<int> named;
    while (next < end) {
        if (text.is(next, "tháng")) ++next;
        const int month = next < end ? text.integer(next) : -1;
        if (month < 1 || month > 12 || (!named.empty() && month <= named.back())) return std::nullopt;
        named.push_back(month);
        ++next;
        if (!text.is_one_of(next, {",", "và"})) break;
        ++next;
    }
    if (named.size() != 2 && named.size() != 4) return std::nullopt;
    const int apart = 12 / static_cast<int>(named.size());
    for (std::size_t i = 1; i < named.size(); ++i)
        if (named[i] - named[i - 1] != apart) return std::nullopt;
    at = next;
    return named.size() == 4 ? Period::Quarter : Period::HalfYear;
}

std::optional<Months> read_more_months(const Text& text, std::size_t& at, std::size_t end, std::size_t first,
                                       const Months& before, bool from) {
    std::size_t next = at;
    const auto link = lexicon().time_words.at(text, next, end);
    const bool to = is(link, TimeWord::To) || is(link, TimeWord::Until);
    if (to) next += link.words;
    else if (!from && text.is_one_of(next, {",", "và", "&", "+", "/"})) ++next;
    else return std::nullopt;
    if (text.is_one_of(next, {"hết", "cuối"})) ++next;
    std::size_t behind = next;
    // "từ tháng 3/2025 đến hết năm 2025" goes from months to a year; side by side the two are no span.
    if (auto whole = read_months(text, behind, end); whole && (to || whole->whole_year == before.whole_year)) {
        at = behind;
        return whole;
    }
    if (to && !before.whole_year && text.is(next, "năm") && text.integer(next + 1) < 0) {  // "đến cuối năm"
        at = next + 1;
        return Months{};
    }
    if (before.whole_year || next >= end) return std::nullopt;
    Months months;
    const int month = text.is(first, "tháng") ? month_at(text, next, end) : 0;
    const bool same_figures = text.is_number(next) == text.is_number(first + 1);  // "quý 1, 2", but not "quý II, 3 hội nghị"
    const int quarter = is_quarter_word(text, first) && same_figures ? quarter_at(text, next, end) : 0;
    if (month != 0) months.first_month = months.last_month = month;
    else if (quarter != 0) set_quarter(months, quarter);
    else return std::nullopt;
    ++next;
    months.first_year = months.last_year = read_year(text, next, end);
    at = next;
    return months;
}

std::optional<Date> read_end_of_months(const Text& text, std::size_t& at, std::size_t end, Date from) {
    std::size_t next = at;
    const auto months = read_more_months(text, next, end, next, Months{}, true);
    if (!months) return std::nullopt;
    const auto month = Date::from(months->last_year.value_or(from.year()), months->last_month, 1);
    if (!month || month->last_of_month() <= from) return std::nullopt;
    at = next;
    return month->last_of_month();
}

std::size_t past_clock(const Text& text, std::size_t at, std::size_t end) {
    if (text.integer(at) < 0 || text.integer(at) > 24 || !text.is_one_of(at + 1, {"giờ", "h", "g"})) return at;
    std::size_t next = at + 2;
    if (text.is_number(next)) ++next;
    while (text.is_one_of(next, {"phút", "'", "’", ","})) ++next;
    return std::min(next, end);
}

}  // namespace loa::plan
