// What .txt and .md have in common: lines, and which of them one paragraph was broken into.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"

namespace loa::formats {

/// The lines of a text file in NFC, without their ends (LF, CRLF or CR LF mixed) and without a byte order mark.
Result<std::vector<std::string>> text_lines(std::string_view bytes);

/// True of a line that is empty or white space.
bool is_blank(std::string_view line);

/// Finds the column at which an author, or his program, broke the lines of a file, from the places where a
/// sentence plainly runs on: the next line begins with a small letter. A file that was not wrapped has none.
class Wrapping {
  public:
    explicit Wrapping(const std::vector<std::string>& lines);

    /// Whether `next`, the line right below `line`, goes on with the same paragraph.
    bool continues(std::string_view line, std::string_view next) const;

  private:
    bool is_full(std::string_view line, std::string_view next) const;

    std::size_t width_ = 0;  // code points; 0: not wrapped
    bool compact_ = false;   // paragraphs follow each other without blank lines
};

}  // namespace loa::formats
