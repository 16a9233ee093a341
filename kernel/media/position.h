// Where and when a picture was taken, in what `vipsheader -a` prints of it.
#pragma once

#include <optional>
#include <string_view>

#include "loa/media/file.h"

namespace loa::media {

/// Lines "exif-ifd3-GPSLatitude: 10/1 48/1 3012/100 (…)" with their "…Ref: N (…)" (Exif 2.32, 4.6.6). Nothing unless all four
/// are there and make a place on Earth.
std::optional<Position> position_in(std::string_view header);
/// Line "exif-ifd2-DateTimeOriginal: 2026:04:01 08:15:30 (…)" (Exif 2.32, 4.6.5), which has no zone: the time of Vietnam.
std::optional<Instant> taken_in(std::string_view header);

}  // namespace loa::media
