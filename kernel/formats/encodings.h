// From what office programs write to UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loa::formats {

enum class ByteOrder { Little, Big };
/// Without its byte order mark; U+FFFD for half of a pair.
std::string from_utf16(std::string_view bytes, ByteOrder order);

/// Windows-1258, in which Excel saves "CSV" on a Vietnamese computer: letters, and five marks that follow their
/// letter. Nothing when the bytes can't be that: a mark stands behind no vowel, a sign within a
/// word (TCVN3), or no letter is Vietnamese. NFC.
std::optional<std::string> from_windows_1258(std::string_view bytes);

}  // namespace loa::formats
