// Units as people name them in the form of a change.
#pragma once

#include <string_view>
#include <vector>

#include "loa/identity/unit_changes.h"

namespace loa::identity {

/// One line each: "Phòng Nội vụ", "UBND phường An Bình" (another authority's committee), "UBND phường An Bình > Phòng
/// Văn hóa - Xã hội", each with "; 40%" behind it where shares are known. `people_line`: which of them people go to,
/// counted from 1; 0: to none. Invalid, beside "successors": a name nobody or several have on the day of the set.
Result<std::vector<ChangeSuccessor>> successors_in_words(const Work& work, const UnitChangeSet& set, std::string_view lines,
                                                         std::int64_t people_line);

}  // namespace loa::identity
