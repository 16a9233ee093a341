// From the bytes of a request target to a path, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/web/http.h"

namespace loa::web {

enum class Plus { Literal, Blank };

/// %xx decoded; nothing when an escape is cut off or no hexadecimal number.
std::optional<std::string> percent_decoded(std::string_view text, Plus plus = Plus::Literal);
/// For a query value or a path segment: all but letters, digits and -._~ as %XX.
std::string percent_encoded(std::string_view text);
/// For a whole path or Location: what a URI can't hold (blanks, control characters, bytes beyond ASCII) as
/// %XX.
std::string encoded_address(std::string_view address);

/// A target split and decoded. Nothing for what no browser sends: no leading slash, a broken escape, bytes
/// that are no UTF-8, control characters, a backslash, or an encoded slash; "//" and dot segments neither.
struct Target {
    std::string path;                   // NFC
    std::vector<std::string> segments;  // of the path; none for "/"
    std::string_view query;             // as sent
};
std::optional<Target> parse_target(std::string_view target);

/// A path of our own to go back to ("/a?b"): no other host, no scheme, no control characters.
bool is_own_path(std::string_view address);

}  // namespace loa::web
