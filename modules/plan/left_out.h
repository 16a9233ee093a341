// What a person left out of a draft stands there crossed out until she keeps it or submits the draft; then it is erased.
#pragma once

#include "draft.h"

namespace loa::plan {

/// An item of the draft, for good. What hangs on it goes too; duties attached to an activity stand alone again.
void erase(Work& work, const Draft& draft, const Clause& clause);
void erase(Work& work, const Draft& draft, const ActivityText& activity);
void erase(Work& work, const Draft& draft, const DutyText& duty);

/// All that was left out. What was issued before stays, as "bãi bỏ": offices work by it.
void erase_left_out(Work& work, const Draft& draft, const Content& content);

}  // namespace loa::plan
