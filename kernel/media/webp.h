// The container of WebP (RIFF; developers.google.com/speed/webp/docs/riff_container).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loa::media {

/// The picture without anything but its points: colour profile, Exif, XMP and unknown chunks are left out. Nothing when
/// it is no still WebP. libvips 8.14 keeps Exif in WebP, position and all, when told to strip it (libvips #3340).
std::optional<std::string> only_points(std::string_view webp);

}  // namespace loa::media
