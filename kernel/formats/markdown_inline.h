// The words of a line of Markdown without its marks: emphasis, escapes, links, tags, entities.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/formats/document.h"

namespace loa::formats {

/// A stretch of text up to a line broken on purpose (<br>, two blanks or a backslash at the end).
struct MarkdownLine {
    std::string text;  // as cleaned() gives it
    std::vector<Emphasis> emphasis;

    bool all_bold() const;
    /// Adds what follows after one blank.
    void append(const MarkdownLine& next);
};

/// Emphasis may open on one line and close on a later one of the same paragraph, or never.
class MarkdownInline {
  public:
    /// The pieces of one physical line, at least one. `broken` tells whether the last ends with a break.
    std::vector<MarkdownLine> read(std::string_view line);
    bool ended_with_break() const { return broken_; }

  private:
    bool bold_ = false;
    bool italic_ = false;
    bool broken_ = false;
};

}  // namespace loa::formats
