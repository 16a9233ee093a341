#include "loa/formats/marker.h"

#include <array>
#include <string>

#include "loa/base/text.h"

namespace loa::formats {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_roman(char c) {
    return c == 'I' || c == 'V' || c == 'X' || c == 'L' || c == 'C';
}

/// Where the blanks after `at` end.
std::size_t past_blanks(std::string_view line, std::size_t at) {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t' || line[at] == '\n')) ++at;
    return at;
}

bool blank_or_end(std::string_view line, std::size_t at) {
    return at >= line.size() || past_blanks(line, at) > at;
}

Marker made(std::string_view line, std::size_t end, bool bullet = false) {
    return {line.substr(0, end), past_blanks(line, end), bullet};
}

Marker bullet(std::string_view line) {
    static constexpr std::array<std::string_view, 17> kBullets{"-", "–", "—", "+", "*", "•", "·", "▪", "■",
                                                               "◦", "●", "○", "□", "➢", "➤", "✓", "❖"};
    for (const auto sign : kBullets) {
        if (!line.starts_with(sign)) continue;
        const std::size_t end = sign.size();
        if (blank_or_end(line, end)) return made(line, end, true);
        // "-Nội dung" is typed in haste; "-5 %", "--" and "**" are something else.
        const char next = line[end];
        if (sign == "*" || is_digit(next) || next == '-' || next == '+' || next == '.') return {};
        return made(line, end, true);
    }
    return {};
}

/// "1." "1.2" "1.2." "01." "1)" "1/" and "a.1)": the length of the numbering, 0 if it is none.
std::size_t numbering(std::string_view line) {
    std::size_t at = 0, parts = 0, last_width = 0;
    int first = 0;
    while (at < line.size() && is_digit(line[at])) {
        const std::size_t begin = at;
        while (at < line.size() && is_digit(line[at])) ++at;
        last_width = at - begin;
        if (last_width > 2) return 0;
        if (parts == 0) first = std::stoi(std::string(line.substr(begin, last_width)));
        ++parts;
        if (at < line.size() && line[at] == '.' && at + 1 < line.size() && is_digit(line[at + 1]))
            ++at;
        else
            break;
    }
    if (parts == 0) return 0;
    if (at == line.size()) return parts > 1 ? at : 0;
    const char stop = line[at];
    if (stop == ')') return at + 1;
    if (stop == '/') return blank_or_end(line, at + 1) ? at + 1 : 0;
    if (stop == '.') {
        // "3.Tổ chức" without a blank is still an item; "1..." is not.
        return at + 1 < line.size() && line[at + 1] == '.' ? 0 : at + 1;
    }
    constexpr int kMostSections = 20;  // "30.4" is a day
    return parts > 1 && last_width == 1 && first <= kMostSections && blank_or_end(line, at) ? at : 0;
}

std::size_t roman(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && at < 6 && is_roman(line[at])) ++at;
    if (at == 0 || at >= line.size()) return 0;
    if (line[at] != '.' && line[at] != ')' && line[at] != '/') return 0;
    if (line[at] == '/' && !blank_or_end(line, at + 1)) return 0;  // "V/v" is no ordinal
    return at + 1 >= line.size() || line[at + 1] != '.' ? at + 1 : 0;
}

/// "a)" "đ)" "a." "a1)" "A.": a capital before a stop only where lists reach; P., Q., T. begin titles.
std::size_t letter(std::string_view line) {
    std::size_t at = 0;
    const char32_t c = next_code_point(line, at);
    const bool small = (c >= 'a' && c <= 'z') || c == U'đ';
    const bool capital = (c >= 'A' && c <= 'H') || c == U'Đ' || c == 'K';
    if (!small && !capital) return 0;
    std::size_t digits = at;
    while (digits < line.size() && digits < at + 2 && is_digit(line[digits])) ++digits;
    if (digits < line.size() && line[digits] == ')') return digits + 1;
    if (at >= line.size() || (line[at] != '.' && line[at] != '/')) return 0;
    if (small && line[at] == '.' && at + 2 < line.size() && is_digit(line[at + 1])) {
        std::size_t end = at + 1;  // "a.1." and "a.1)"
        while (end < line.size() && is_digit(line[end])) ++end;
        if (end < line.size() && (line[end] == '.' || line[end] == ')')) return end + 1;
        return blank_or_end(line, end) ? end : 0;
    }
    return blank_or_end(line, at + 1) ? at + 1 : 0;
}

std::size_t in_brackets(std::string_view line) {
    if (!line.starts_with('(')) return 0;
    const std::size_t close = line.find(')');
    if (close == line.npos || close < 2 || close > 4) return 0;
    const std::string_view inside = line.substr(1, close - 1);
    std::size_t at = 0;
    while (at < inside.size() && is_digit(inside[at])) ++at;
    if (at == inside.size()) return at <= 2 ? close + 1 : 0;
    at = 0;
    while (at < inside.size() && (inside[at] == 'i' || inside[at] == 'v' || inside[at] == 'x')) ++at;
    if (at == inside.size()) return close + 1;
    at = 0;
    const char32_t c = next_code_point(inside, at);
    return at == inside.size() && ((c >= 'a' && c <= 'z') || c == U'đ' || c == '*') ? close + 1 : 0;
}

}  // namespace

Marker leading_marker(std::string_view line) {
    if (line.empty()) return {};
    if (const Marker found = bullet(line); found.end > 0) return found;
    for (const auto measure : {numbering, roman, letter, in_brackets})
        if (const std::size_t end = measure(line); end > 0) return made(line, end);
    return {};
}

}  // namespace loa::formats
