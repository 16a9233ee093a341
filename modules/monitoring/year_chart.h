// The year's line: how much was to be confirmed by each month's end, and how much was. Drawn by the server as SVG, with the
// same numbers in a table.
#pragma once

#include <vector>

#include "loa/base/date.h"
#include "loa/base/language.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::monitoring {

/// "axes" {y, label, text_y}, "ticks" {x, label}, paths "plan_path", "done_path", "area_path", "today_x", "today_y",
/// "done_label_x", "total", "done", "planned_by_now" and the table "months" {month, due, closed, due_sum, closed_sum}.
/// Months before January and after December of `today`'s year count into its ends. Nothing where nothing is due.
std::optional<web::View> year_chart(const std::vector<MonthFigures>& months, Date today);

}  // namespace loa::monitoring
