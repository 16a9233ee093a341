// The figures that dashboards read (plan_unit_progress, plan_month_progress), kept by the writes.
#pragma once

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Counts a plan anew, after its lines or their days were made or mended.
void recount(Work& work, Id plan);

/// One time a line falls due went from `before` to another state, and the line with it; `closed_on` is the day it is
/// confirmed now, if it is.
void count_change(Work& work, const Assignment& line, AssignmentState now, const Occurrence& before, std::optional<Date> closed_on);

}  // namespace loa::plan
