// Working days, as far as moving a due date needs them: Saturdays, Sundays and the holidays in the tables
// (Labour Code 45/2019/QH14, Art. 112). Days that move each year (Tết, Giỗ Tổ, days swapped by the Prime
// Minister) are rows that the installation enters; the four fixed ones are shipped.
#pragma once

#include <string>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

bool is_working_day(const Work& work, Date day);
/// The day itself if it is a working day, else the first one after it.
Date next_working_day(const Work& work, Date day);

enum class DayKind { Holiday, WorkingDay };  // a day off; a Saturday that is worked to make up for one
/// For every authority of this installation, so for the system only (a command). Again for the same day:
/// replaces it.
Result<> set_special_day(Work& work, Date day, DayKind kind, const std::string& name);

}  // namespace loa::identity
