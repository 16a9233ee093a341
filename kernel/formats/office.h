// Documents of other word processors (.doc, .odt, .rtf): LibreOffice makes a .docx of them.
#pragma once

#include <string>
#include <string_view>

#include "loa/base/result.h"
#include "loa/formats/reading_limits.h"

namespace loa::formats {

/// The bytes of the .docx. `extension` ("doc", "odt", "rtf") tells LibreOffice which filter to take. Fails
/// with formats.damaged, for an .odt also with what its archive and its XML fail with; as Unavailable with formats.needs_program or .took_too_long.
Result<std::string> converted_to_docx(std::string_view bytes, std::string_view extension,
                                      const ReadingLimits& limits);

}  // namespace loa::formats
