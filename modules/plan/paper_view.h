// The document as the review shows it: set as it is on paper, with the words that were read in it marked.
#pragma once

#include <string>
#include <vector>

#include "loa/web/view.h"
#include "types.h"

namespace loa::plan {

/// The ids under which the review page shows what was read; the marks of the document lead there.
std::string anchor_of(const ActivityText& activity);
std::string anchor_of(const DutyText& duty);
std::string anchor_of(const Clause& clause);

/// `left` and `right` of its head, and its `blocks`: each a `line` or a `table`. An element of line n has the id "dn".
web::View paper_view(const std::vector<std::string>& lines, const Content& content);
/// What the paper says there, line by line, for the card of what was read.
std::vector<web::View> quoted_lines(const std::vector<std::string>& lines, const Review& review);

}  // namespace loa::plan
