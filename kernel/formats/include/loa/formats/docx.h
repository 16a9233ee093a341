// Word documents (.docx, ECMA-376) as plain words: our own reader, in this process.
#pragma once

#include <string_view>

#include "loa/base/result.h"
#include "loa/formats/document.h"

namespace loa::formats {

/// What the officer would read on paper, with automatic numbers in Block::marker; one line for each
/// paragraph and each row of a table. Tracked deletions, field codes, hidden text, notes, headers and
/// footers are left out; TCVN3 and VNI fonts are read as Unicode. A table of a single cell is a frame: what
/// it holds stands in the text. A table within a cell is also words of that cell.
/// Fails with one of formats.damaged, .encrypted, .too_large_inside, .unsafe_archive, .unsafe_xml,
/// .not_word (a zip without a Word document), .no_text.
Result<TextDocument> read_docx(std::string_view bytes);

}  // namespace loa::formats
