// When a line falls due: once, or once a period of a recurring deadline, in the periods the plan names (house.md §5).
// Each occurrence is reported, confirmed and late on its own; the line's state is what they make of it.
#pragma once

#include <optional>
#include <vector>

#include "loa/identity/calendar.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// A day that the plan asks for something; without a period it is the only one, without a day none is said.
struct DueDay {
    std::optional<Date> from, to;  // the period it is for, both days included
    std::optional<Date> on;

    bool operator==(const DueDay&) const = default;
};

/// The days a deadline means in the time of its plan (its window, else the plan's years, else the year of `first`).
/// Months or quarters that a deadline names one by one ("vào tháng 4 và tháng 9") are asked for each.
/// Of a recurring one those before `first`, the day the plan was issued, are not asked for. One that comes each day is
/// answered for month by month. Never empty.
std::vector<DueDay> due_days(const Plan& plan, const std::optional<Deadline>& deadline, Date first);

/// In the order of their days, without those that the plan no longer asks for.
std::vector<Occurrence> occurrences_by_assignment(Work& work, Id assignment);

/// A line of a plan with the days it is to have.
struct LineDays {
    const Assignment* assignment;
    std::vector<DueDay> days;
};
/// Makes the occurrences of a plan's lines fit these days from `first` on: those of the same period keep their id and what
/// was reported; open ones that are asked for no more end; periods before `first` stay as they were, and once a plan is in
/// force it asks for no new ones that are over today. An ended line has none open. Each line's state becomes what its
/// occurrences make of it.
void fit_occurrences(Work& work, Id plan, const std::vector<LineDays>& lines, Date first);

/// Makes the due days of a plan's lines what the calendar makes of the printed ones, and with them what was on time; gives
/// how many changed.
std::int64_t move_due_days(Work& work, Id plan, const identity::Calendar& calendar);

/// One time of one part of an activity.
struct ActivityTime {
    Occurrence occurrence;
    Id unit;
    bool lead = false, accountable = false;
};
std::vector<ActivityTime> times_of_activity(Work& work, Id plan, Id activity);
/// Of what waits to be confirmed, each time whose period the accountable lead has said is done.
std::vector<Occurrence> closable(const std::vector<ActivityTime>& times);

/// Open while one of them is, else reported while one waits, else closed.
AssignmentState state_by(const std::vector<Occurrence>& occurrences);

}  // namespace loa::plan
