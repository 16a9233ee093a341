// .txt files, and the words of any text file made clean.
#pragma once

#include <string>
#include <string_view>

#include "loa/base/result.h"
#include "loa/formats/document.h"

namespace loa::formats {

/// Lines that were wrapped by hand are joined to the paragraph they belong to; what stands side by side over
/// several lines (the two-column heading of an official document) becomes a table of one row. The lines of
/// the result are the lines of the file, NFC. Problems: formats.not_utf8, formats.not_text, formats.too_large.
Result<TextDocument> read_plain_text(std::string_view bytes);

/// NFC in; out: blanks of every kind squeezed to one, ends bare, no soft hyphens and zero-width characters.
std::string cleaned(std::string_view text);

}  // namespace loa::formats
