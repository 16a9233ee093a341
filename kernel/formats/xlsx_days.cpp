// Which numbers of a workbook are days (ECMA-376 part 1, 18.8.30 and 18.17.4).
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "loa/base/date.h"
#include "xlsx.h"

namespace loa::formats {

namespace {

/// The formats that every program has built in and no file spells out; the last two rows are those of East Asia.
bool is_built_in_day(int format) {
    return (format >= 14 && format <= 22) || (format >= 45 && format <= 47) || (format >= 27 && format <= 36) ||
           (format >= 50 && format <= 58);
}

/// Where a quoted or bracketed stretch ends, or a letter that is meant as it stands.
std::size_t end_of_literal(std::string_view code, std::size_t at) {
    const auto closed_by = [&](char end) {
        const std::size_t found = code.find(end, at + 1);
        return found == code.npos ? code.size() : found + 1;
    };
    switch (code[at]) {
        case '"':
            return closed_by('"');
        case '[':
            return closed_by(']');
        case '\\':
        case '_':
        case '*':
            return std::min(at + 2, code.size());
        default:
            return at;
    }
}

/// "dd/mm/yyyy", "hh:mm": a letter of days or hours that is not quoted.
bool is_day_code(std::string_view code) {
    if (code == "General" || code == "Standard") return false;
    for (std::size_t at = 0; at < code.size();) {
        if (const std::size_t end = end_of_literal(code, at); end > at) {
            at = end;
            continue;
        }
        if (std::string_view("dmyhsDMYHS").find(code[at]) != std::string_view::npos) return true;
        ++at;
    }
    return false;
}

pugi::xml_node section(pugi::xml_node styles, std::string_view name) {
    for (const pugi::xml_node child : styles.children())
        if (local_name_of(child) == name) return child;
    return {};
}

}  // namespace

XlsxDays::XlsxDays(pugi::xml_node styles, bool since_1904) : since_1904_(since_1904) {
    std::map<int, bool> own;
    for (const pugi::xml_node format : section(styles, "numFmts").children())
        own[format.attribute("numFmtId").as_int()] = is_day_code(format.attribute("formatCode").as_string());
    for (const pugi::xml_node style : section(styles, "cellXfs").children()) {
        const int format = style.attribute("numFmtId").as_int();
        const auto found = own.find(format);
        day_styles_.push_back(found == own.end() ? is_built_in_day(format) : found->second);
    }
}

std::optional<std::string> XlsxDays::day_text(double serial) const {
    constexpr double kPastTheLast = 2'958'466;  // 01/01/10000
    if (!(serial >= 0) || serial >= kPastTheLast) return std::nullopt;
    auto days = static_cast<int>(std::floor(serial));
    auto minutes = static_cast<int>(std::lround((serial - days) * 24 * 60));
    if (minutes == 24 * 60) {
        ++days;
        minutes = 0;
    }
    const std::string time = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
    if (days == 0 && !since_1904_) return time;
    // Day 1 is 1 January 1900, and day 60 a 29 February that never was.
    const Date first = since_1904_ ? *Date::from(1904, 1, 1) : *Date::from(1899, 12, days < 60 ? 31 : 30);
    const Date day = first.plus_days(days);
    if (day.year() > 9999) return std::nullopt;
    return minutes == 0 ? day.vietnamese() : day.vietnamese() + " " + time;
}

}  // namespace loa::formats
