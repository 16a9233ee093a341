// What stands in front of an item: "III.", "1.2.", "a)", "(1)", "-", "+".
#pragma once

#include <cstddef>
#include <string_view>

namespace loa::formats {

struct Marker {
    std::string_view text;  // as printed, without blanks; empty when there is none
    std::size_t end = 0;    // where what follows begins, blanks passed
    bool bullet = false;
};

/// The typed marker at the start of a line (NFC, no blanks before it). Numbers that count or date something
/// ("1.000 tờ rơi", "05/9", "-5 %", "30.4") are not markers, nor are the "P." and "Q." of a signature.
Marker leading_marker(std::string_view line);

}  // namespace loa::formats
