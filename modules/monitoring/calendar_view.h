// A month as a table of weeks, Monday first.
#pragma once

#include <string>

#include "loa/storage/work.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::monitoring {

/// "month" in words, "weeks" of "days" {day, today, off, figures: count, tag, label, path}; a day leads to `path` with
/// "ngay=2026-04-01" added.
web::View month_view(const Work& work, Date in_month, const std::map<Date, DayFigures>& figures, const std::string& path);

}  // namespace loa::monitoring
