// Everything that reads.
#pragma once

#include <vector>

#include "loa/storage/work.h"
#include "types.h"

namespace loa::monitoring {

/// The plans in force, the last issued first.
std::vector<RunningPlan> running_plans(Work& work);
/// Those that are done: their figures stay.
std::vector<RunningPlan> closed_plans(Work& work);

/// How far they are with the lines of the plans in force.
Standing standing(Work& work, const Scope& scope);
/// Of all units those that are furthest behind: with most lines late, then with the smallest share confirmed.
std::vector<UnitStanding> units_behind(Work& work, int limit);
/// Of what fell due between these days, both included, by unit; the least punctual first. Either way of counting comes to
/// the same sum.
std::vector<Punctuality> punctuality(Work& work, Date from, Date to, UnitsOf by);
/// The ended units whose lines count for this one by today's units.
std::vector<Id> counted_for(const Work& work, Id unit);
/// In the order of the months.
std::vector<MonthFigures> months(Work& work, const Scope& scope);

/// What the overview shows of all of it is waited for together: for a page that asks for the standing, the months, `units` of
/// units_behind() and the coverage of `filter` afterwards.
void read_overview_ahead(Work& work, const Scope& scope, const CoverageFilter& filter, int units);

/// How often the lines that are late in standing() have missed a day: one that recurs may have missed several.
std::int64_t late_times(Work& work, const Scope& scope);
/// What is open past its day, the longest first, at most `limit`.
std::vector<DueLine> late_lines(Work& work, const Scope& scope, int limit);
/// What falls due from one day to another, whatever became of it, by day; at most `limit`.
std::vector<DueLine> lines_due(Work& work, const Scope& scope, Date from, Date to, int limit);
/// The days from one to another on which anything falls due.
std::map<Date, DayFigures> days(Work& work, const Scope& scope, Date from, Date to);

/// What a plan in force asks for, in the order of the paper; of one unit only what is asked of it.
std::vector<SubjectTimes> times_by_subject(Work& work, Id plan, std::optional<Id> unit);

/// A line of a plan in force by one time it falls due, for reminding of it.
struct LineToUrge {
    DueLine line;  // of one that has no day only `state`
    Id aggregating_unit;
    bool has_day = false;
};
std::optional<LineToUrge> line_to_urge(Work& work, Id occurrence);
/// Open lines whose day stands between these two and that nobody was reminded of by that step since they were last returned;
/// a unit's stand together. Without those that a unit has given back.
std::vector<DueLine> lines_to_remind(Work& work, Date from, Date to, const std::string& step);
/// What is late of these plans, in that scope, without what that step was taken for or a unit has given back; the longest
/// first, at most `limit`.
std::vector<DueLine> late_to_urge(Work& work, const std::vector<Id>& plans, const Scope& scope, const std::string& step, int limit);
/// How many those are, `limit` at most.
std::int64_t count_late_to_urge(Work& work, const std::vector<Id>& plans, const Scope& scope, const std::string& step, std::int64_t limit);

/// ",12,13,", as statements look through several.
std::string listed(const std::vector<Id>& ids);

/// Of a row with the columns of late_lines; its state is the caller's to fill.
DueLine due_line_from(const storage::Row& row);

Coverage coverage(Work& work, const CoverageFilter& filter);
class Reader;  // scope.h

/// A number of the matrix as somebody asks for what stands behind it: a cell, the sum of a Channel, or all of it.
struct CellAsked {
    CoverageFilter filter;
    std::optional<Id> topic, channel;  // none: whatever it is
    bool no_channel = false;           // those that name none
};
/// The pieces behind it that open for that reader, the latest first; and how many those are altogether.
std::vector<Piece> pieces_of_cell(Work& work, const CellAsked& cell, const Reader& reader, int limit, int offset);
std::int64_t count_of_cell(Work& work, const CellAsked& cell, const Reader& reader);
/// The next `limit` in that order, behind a piece; from the beginning without one.
struct PieceBehind {
    Date done_on;
    Id evidence;
};
std::vector<Piece> pieces_behind(Work& work, const CellAsked& cell, const Reader& reader, const std::optional<PieceBehind>& behind, int limit);

}  // namespace loa::monitoring
