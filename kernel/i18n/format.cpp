#include "loa/i18n/format.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "loa/base/check.h"
#include "loa/i18n/catalogue.h"

namespace loa::i18n {

namespace {

constexpr std::string_view kMinus = "\u2212";
constexpr std::string_view kNoBreakSpace = "\u00A0";

char thousands_separator(Language language) { return language == Language::Vietnamese ? '.' : ','; }
char decimal_separator(Language language) { return language == Language::Vietnamese ? ',' : '.'; }

/// Digits alone, with a separator before each group of three from the right.
std::string grouped(Language language, std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += thousands_separator(language);
        out += digits[i];
    }
    return out;
}

std::string with_sign(bool negative, std::string text) { return negative ? std::string(kMinus) + text : text; }

std::string named(Language language, std::string_view list, int number) {
    return translate(language, fmt::format("{}{}", list, number));
}

}  // namespace

std::string number(Language language, std::int64_t value) {
    const auto magnitude = value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    return with_sign(value < 0, grouped(language, fmt::format("{}", magnitude)));
}

std::string decimal(Language language, double value, int places) {
    LOA_CHECK(std::isfinite(value) && std::abs(value) < 1e15 && places >= 0 && places <= 9);
    // The shortest decimal text of 91.35 is "91.35", though the number lies below it; people mean the text.
    const auto shortest = fmt::format("{}", std::abs(value));
    auto text = fmt::format("{:.{}f}", std::abs(value), places);
    if (const auto point = shortest.find('.'); point != std::string::npos && shortest.find('e') == std::string::npos) {
        const auto digits = static_cast<std::size_t>(places);
        if (shortest.size() == point + digits + 2 && shortest.back() == '5')
            text = fmt::format("{:.{}f}", std::nextafter(std::abs(value), 1e15), places);
    }
    const auto point = text.find('.');
    const bool negative = value < 0 && text.find_first_of("123456789") != std::string::npos;
    auto out = grouped(language, std::string_view(text).substr(0, point));
    if (point != std::string::npos) out += decimal_separator(language) + text.substr(point + 1);
    return with_sign(negative, out);
}

std::string money(Language language, Money amount) {
    return translate(language, "i18n.money", {{"number", number(language, amount.dong)}});
}

std::string percent(Language language, std::int64_t part, std::int64_t whole) {
    LOA_CHECK(whole > 0 && part >= 0);
    auto rounded = static_cast<std::int64_t>(
        std::floor(static_cast<long double>(part) * 100 / static_cast<long double>(whole) + 0.5L));
    if (part > 0 && rounded == 0) rounded = 1;
    if (part < whole && rounded == 100) rounded = 99;
    return number(language, rounded) + "%";
}

std::string file_size(Language language, std::int64_t bytes) {
    LOA_CHECK(bytes >= 0);
    static constexpr std::array kUnits = {"B", "KB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    auto size = static_cast<double>(bytes);
    // 1023.5 would be rounded to a 1024 that belongs to the next unit
    while (size >= 1023.5 && unit + 1 < kUnits.size()) {
        size /= 1024;
        ++unit;
    }
    const bool fraction = unit > 0 && size < 9.95 && std::abs(size - std::round(size)) >= 0.05;
    return decimal(language, size, fraction ? 1 : 0) + std::string(kNoBreakSpace) + kUnits[unit];
}

std::string long_date(Language language, Date day) {
    const auto form = language == Language::Vietnamese ? "{:02}" : "{}";
    return translate(language, "i18n.long_date",
                     {{"day", fmt::format(fmt::runtime(form), day.day())},
                      {"month", named(language, "i18n.month.", day.month())},
                      {"year", fmt::format("{}", day.year())}});
}

std::string weekday_date(Language language, Date day) {
    return named(language, "i18n.weekday.", day.weekday()) + ", " + day.vietnamese();
}

std::string until_due(Language language, Date due, Date today) {
    const int days = due.days_since(today);
    if (days == 0) return translate(language, "i18n.due_today");
    return translate(language, days > 0 ? "i18n.days_left" : "i18n.overdue",
                     {{"n", number(language, days > 0 ? days : -days)}});
}

}  // namespace loa::i18n
