#include "position.h"

#include <charconv>
#include <cmath>
#include <string>

#include "loa/base/text.h"

namespace loa::media {

namespace {

constexpr std::string_view kMoment = "0000:00:00 00:00:00";

/// What stands behind "exif-<name>: " at the begin of a line, up to the bracket.
std::string_view value_of(std::string_view header, std::string_view name) {
    const std::string mark = "exif-" + std::string(name) + ": ";
    for (const auto line : split(header, '\n'))
        if (line.starts_with(mark)) return trimmed(line.substr(mark.size(), line.find('(') - mark.size()));
    return {};
}

std::optional<std::int64_t> number(std::string_view digits) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

/// "10/1 48/1 3012/100": degrees, minutes, seconds.
std::optional<double> degrees(std::string_view rationals) {
    double sum = 0, share = 1;
    int parts = 0;
    for (const auto rational : split(rationals, ' ')) {
        const auto slash = rational.find('/');
        if (slash == std::string_view::npos || ++parts > 3) return std::nullopt;
        const auto above = number(rational.substr(0, slash)), below = number(rational.substr(slash + 1));
        if (!above || !below || *below == 0) return std::nullopt;
        sum += share * static_cast<double>(*above) / static_cast<double>(*below);
        share /= 60;
    }
    return parts == 3 ? std::optional(sum) : std::nullopt;
}

std::optional<std::int64_t> coordinate(std::string_view header, std::string_view name, std::string_view hemispheres,
                                       double most) {
    const std::string tag = "ifd3-" + std::string(name);
    const auto side = value_of(header, tag + "Ref");
    const auto angle = degrees(value_of(header, tag));
    if (!angle || *angle > most || side.size() != 1 || hemispheres.find(side) == std::string_view::npos) return std::nullopt;
    const auto millionths = std::llround(*angle * 1e6);
    return side == hemispheres.substr(1) ? -millionths : millionths;
}

}  // namespace

std::optional<Position> position_in(std::string_view header) {
    const auto latitude = coordinate(header, "GPSLatitude", "NS", 90);
    const auto longitude = coordinate(header, "GPSLongitude", "EW", 180);
    if (!latitude || !longitude) return std::nullopt;
    // Cameras without a fix write zeros: the Gulf of Guinea is not ours.
    if (*latitude == 0 && *longitude == 0) return std::nullopt;
    return Position{*latitude, *longitude};
}

std::optional<Instant> taken_in(std::string_view header) {
    const auto text = value_of(header, "ifd2-DateTimeOriginal");
    if (text.size() != kMoment.size()) return std::nullopt;
    for (const std::size_t at : {4u, 7u, 10u, 13u, 16u})
        if (text[at] != kMoment[at]) return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t size) { return number(text.substr(at, size)); };
    const auto year = part(0, 4), month = part(5, 2), day = part(8, 2), hour = part(11, 2), minute = part(14, 2), second = part(17, 2);
    if (!year || !month || !day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    const auto date = Date::from(static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day));
    if (!date) return std::nullopt;
    return start_of(*date).plus_seconds((*hour * 60 + *minute) * 60 + *second);
}

}  // namespace loa::media
