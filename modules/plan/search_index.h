// What the search page finds of a plan.
#pragma once

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Indexes an issued revision for everyone of the authority: the plan, its activities, its duties.
void index_plan(Work& work, const Content& content);
/// All issued plans of the acting authority, for a rebuild.
void index_all_plans(Work& work);

}  // namespace loa::plan
