// What was done to a plan, as far as the person may know: what happens to a revision that is not in force is
// its office's business.
#pragma once

#include <optional>
#include <vector>

#include "loa/base/ref.h"
#include "loa/identity/timeline.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Lines about the plan or one of its activities, newest first.
std::vector<identity::TimelineLine> history_of(Work& work, const Plan& plan, const Ref& subject);

/// The plan's last step, if it gave a reason that the person should read first: returned or withdrawn.
std::optional<Step> last_refusal(Work& work, const Plan& plan);

}  // namespace loa::plan
