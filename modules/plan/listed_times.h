// "Vào tháng 4 và tháng 9", "Quý I, quý III": months or quarters that a deadline names one by one, each of which it asks for.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "loa/plan/reading.h"

namespace loa::plan {

struct ListedTimes {
    Period period = Period::Month;  // Month or Quarter
    std::vector<int> numbers;       // 4, 9; ascending, at least two
};
/// Nothing where the words say anything else as well, a day or from when to when: that is no list to be taken apart.
std::optional<ListedTimes> listed_times(std::string_view text);

}  // namespace loa::plan
