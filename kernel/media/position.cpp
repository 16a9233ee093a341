#include "position.h"

#include <charconv>
#include <cmath>
#include <string>

#include "loa/base/text.h"

namespace loa::media {

namespace {

/// What stands behind "exif-ifd3-<name>: " at the begin of a line, up to the bracket.
std::string_view value_of(std::string_view header, std::string_view name) {
    const std::string mark = "exif-ifd3-" + std::string(name) + ": ";
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
    const auto side = value_of(header, std::string(name) + "Ref");
    const auto angle = degrees(value_of(header, name));
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

}  // namespace loa::media
