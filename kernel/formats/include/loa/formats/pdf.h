// PDF as plain words, through poppler-utils; scans through tesseract. Both are programs of their own (their
// licence, and what a strange file may do to them), found when needed.
#pragma once

#include <string_view>

#include "loa/base/result.h"
#include "loa/formats/document.h"
#include "loa/formats/reading_limits.h"

namespace loa::formats {

/// Paragraphs are put together again from their printed lines, columns and tables from where words stand;
/// page numbers and running heads are left out. Rules and fonts are not seen: Table::ruled is true of three
/// columns and more, and nothing is bold. A PDF without words is recognised as a scan.
/// Fails with formats.damaged, .encrypted, .too_many_pages, .too_large_inside, .no_text; as Unavailable with
/// formats.needs_program or .took_too_long.
Result<TextDocument> read_pdf(std::string_view bytes, const ReadingLimits& limits = {});

}  // namespace loa::formats
