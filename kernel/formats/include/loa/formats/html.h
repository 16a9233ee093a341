// What is told of a page of the web without showing it.
#pragma once

#include <string>
#include <string_view>

namespace loa::formats {

/// Do the bytes begin as a page does: a doctype, <html, <head, <title or <body, in any case, behind spaces and comments?
bool looks_like_html(std::string_view bytes);

/// The words of its first <title>, with entities read, in UTF-8 NFC; "" where there is none. Reads the first 256 KB.
std::string html_title(std::string_view bytes);

}  // namespace loa::formats
