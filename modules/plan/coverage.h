// The figures of the coverage matrix, Topic × Channel × unit × month: kept by the writes, so that showing them costs
// nothing (plan_coverage, plan_unit_coverage).
#pragma once

#include "evidence.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Counts a piece of evidence of that line in, by 1 once it is confirmed, or out again, by -1.
void count_coverage(Work& work, const Assignment& line, Id evidence, int by);

/// The figures by unit of a plan anew, after lines went to other units; what everybody did together stays the same.
void recount_unit_coverage(Work& work, Id plan);

}  // namespace loa::plan
