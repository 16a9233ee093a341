// Everything that changes something: reminding units of what is due, and when that happens by itself.
#pragma once

#include <vector>

#include "loa/base/result.h"
#include "loa/jobs/notices.h"
#include "loa/storage/work.h"

namespace loa::monitoring {

/// A day is near, or here.
inline constexpr jobs::MessageKind kDueSoon{"monitoring.due_soon", "monitoring.message_due_soon", {true, jobs::MailTime::AtOnce}};
/// A day is over and nothing was reported, or somebody urges.
inline constexpr jobs::MessageKind kUrged{"monitoring.urged", "monitoring.message_urged", {true, jobs::MailTime::AtOnce}};

/// Days after the due day on which units are reminded, the earliest first; negative: before it.
std::vector<int> ladder(Work& work);
/// By whom kSetLadder allows. Invalid: none, more than 10, a day beyond 60, the same twice.
Result<> set_ladder(Work& work, const std::vector<int>& days);

/// By hand: tells the people of the unit whose line it is, at most once a day for each time that the line falls due; a
/// second press the same day is no failure, and nobody hears of it. Not found: no such line of a plan in force; conflict
/// ("monitoring.not_open", "monitoring.no_day"): it is reported by now, or never falls due.
Result<> remind(Work& work, Id occurrence);
/// Everything that is late now, of the plans whose units the person may remind. Gives how many lines.
Result<int> remind_all_late(Work& work);

/// For the system: takes every step of the ladder whose day has come. A line that falls due within the days of a step before
/// it, or stays open past those of a step behind it, is reminded of once for each step; people are told once for each unit
/// and step. Gives how many lines.
int urge(Work& work);

}  // namespace loa::monitoring
