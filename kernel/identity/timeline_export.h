// Lines of the timeline as a file: for a spreadsheet, and for a program that checks the chain.
#pragma once

#include <string>
#include <vector>

#include "loa/identity/timeline.h"

namespace loa::identity {

/// RFC 4180 in UTF-8 with a byte order mark. A cell that a spreadsheet would take for a formula gets an apostrophe
/// before it.
std::string timeline_csv(const Work& work, const std::vector<TimelineLine>& lines);
/// One JSON object a line; ids are strings. "changes" is the text that is chained, letter by letter.
std::string timeline_jsonl(const std::vector<TimelineLine>& lines);

}  // namespace loa::identity
