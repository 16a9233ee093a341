// The figures that dashboards read (plan_unit_progress, plan_day_progress), kept by the writes.
#pragma once

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Counts a plan anew, after its lines or their days were made or mended.
void recount(Work& work, Id plan);

/// One time the line falls due went from `before` to `after`, on the same due day; the line, as it was till then, is `now`
/// what its times make of it.
void count_change(Work& work, const Assignment& line, AssignmentState now, const Occurrence& before, const Occurrence& after);

}  // namespace loa::plan
