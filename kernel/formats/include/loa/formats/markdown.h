// Markdown as people and converters really write it: headings of any rank, emphasis that opens and never
// closes, escapes, pipe tables, HTML tables with merged cells, lines wrapped by hand. Not CommonMark.
#pragma once

#include <string_view>

#include "loa/base/result.h"
#include "loa/formats/document.h"

namespace loa::formats {

/// One block for each line of the author: a paragraph whose lines were wrapped by hand is one block, lines
/// that stand under each other on purpose are a block each. Works in time and memory proportional to the
/// file. Problems: formats.not_utf8, formats.not_text, formats.too_large.
Result<TextDocument> read_markdown(std::string_view bytes);

}  // namespace loa::formats
