// What a browser sends in a form. Linear in the size of the body; nothing is trusted.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "loa/web/http.h"

namespace loa::web {

inline constexpr std::size_t kFormFields = 5000;
inline constexpr std::size_t kFormUploads = 50;

/// application/x-www-form-urlencoded, also a query: NFC names and values. Nothing when an escape is broken,
/// the bytes are no UTF-8, a NUL is in it, or there are more than kFormFields.
std::optional<Fields> parse_urlencoded(std::string_view body);

/// "boundary" of a Content-Type; nothing when it is no multipart/form-data or has none of 1 to 70 characters.
std::optional<std::string> multipart_boundary(std::string_view content_type);
bool is_urlencoded(std::string_view content_type);

/// The last component of what a browser gives as file name, NFC, without control characters, at most 200 code
/// points (its extension kept).
std::optional<std::string> clean_file_name(std::string_view name);

/// "a=b; c=d" of a Cookie header, as sent.
Fields parse_cookies(std::string_view header);

}  // namespace loa::web
