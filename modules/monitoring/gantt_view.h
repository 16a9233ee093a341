// A plan's year as bars, one row for each activity and duty and one bar for each time it falls due, drawn by the server.
#pragma once

#include <vector>

#include "loa/storage/work.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::monitoring {

/// "rows" {title, path, words, bars {x, width, fill}}, each bar within a picture of 366 by 20; "today_x" where today is in that
/// year; "months" {name}. What has no day lasts as long as the plan; what has neither a period nor a first day begins when the plan
/// was issued.
web::View gantt_view(const Work& work, const RunningPlan& plan, const std::vector<SubjectTimes>& subjects, int year);

}  // namespace loa::monitoring
