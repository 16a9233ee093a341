// Changes as they stand in their column: a JSON list of {"field", "before", "after"}.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/identity/timeline.h"

namespace loa::identity {

std::string text_of(const std::vector<Change>& changes);
/// Text that is no such list gives nothing: somebody wrote into the table, and verify_timeline() says so.
std::vector<Change> changes_of(std::string_view text);

}  // namespace loa::identity
