// A month as a table of weeks, Monday first.
#pragma once

#include <string>

#include "loa/identity/calendar.h"
#include "loa/storage/work.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::monitoring {

/// "lacks_days", "missing_days" (a sentence), "may_set_days": for monitoring/_missing_days.
void set_missing_days(const Work& work, const identity::Calendar& calendar, int year, web::View& view);
/// "month" in words, "weeks" of "days" {day, today, off, figures: count, tag, label, path}; a day leads to `path` with
/// "ngay=2026-04-01" added. "days_off": those of the month that have a name, {days, name}.
web::View month_view(const Work& work, const identity::Calendar& calendar, Date in_month, const std::map<Date, DayFigures>& figures, const std::string& path);

}  // namespace loa::monitoring
