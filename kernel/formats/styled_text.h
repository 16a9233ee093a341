// Text with its bold and italic stretches while it is being put together from runs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loa/formats/document.h"

namespace loa::formats {

struct Look {
    bool bold = false;
    bool italic = false;

    bool operator==(const Look&) const = default;
};

/// What a finished paragraph says: NFC, no soft hyphens or zero-width signs, each run of blanks (also
/// U+00A0) one blank, '\t' for a gap (a tab stop, or four blanks and more), '\n' for a line broken by hand.
struct Line {
    std::string text;
    std::vector<Emphasis> emphasis;
    bool bold = false;  // all of it
};

class StyledText {
  public:
    void append(std::u32string_view text, Look look);
    void append(char32_t c, Look look) { append(std::u32string_view(&c, 1), look); }
    void append(const StyledText& other);
    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }

    Line finished() const;

  private:
    std::u32string text_;
    std::vector<Look> looks_;  // one for each code point
};

std::u32string code_points(std::string_view text);
/// đ → Đ; what has no single capital stays.
char32_t capital_letter(char32_t c);

/// The first `bytes` taken off, with the emphasis moved along.
void remove_prefix(Line& line, std::size_t bytes);
/// '\n' and '\t' become blanks: what TextDocument::lines holds.
std::string on_one_line(std::string_view text);

}  // namespace loa::formats
