// What people call their files, made safe to keep, to show and to send.
#pragma once

#include <string>
#include <string_view>

namespace loa::media {

/// The last path component (of either kind of slash) in NFC, without control, invisible and
/// direction-changing characters, without dots in front, at most 120 code points before the ending.
/// May come out empty.
std::string clean_name(std::string_view name);

}  // namespace loa::media
