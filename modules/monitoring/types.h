// What is seen of the plans in force: how far they are, what is late and whose it is, what was told and how. The model is
// plan's (house.md §5); nothing here is stored a second time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/id.h"

namespace loa::monitoring {

/// Whose work a page is about: everybody's, or that of some units.
struct Scope {
    enum class Of { Everybody, Units } of = Of::Everybody;
    std::vector<Id> units;
};

struct RunningPlan {
    Id id;
    std::string title;
    int year_from = 0, year_to = 0;  // 0: the paper names none
    std::string document_number;     // "15/KH-UBND"
    std::optional<Date> issued_on;
    Id drafting_unit, aggregating_unit;
};

/// Lines counted. Open are those that are neither reported nor confirmed; of them `late` have missed a day.
struct Standing {
    std::int64_t lines = 0, reported = 0, closed = 0, late = 0;

    std::int64_t open() const { return lines - reported - closed; }
    Standing& operator+=(const Standing& other);
};

struct UnitStanding {
    Id unit;
    std::string name;
    Standing standing;
};

/// What fell due of a unit's lines in a time that is over: of it reported by its day, and not reported yet.
struct Punctuality {
    Id unit;
    std::string name;
    std::int64_t due = 0, on_time = 0, open = 0;
    bool over = false;  // the unit is no more

    std::int64_t late() const { return due - on_time - open; }
    /// 0 … 100, downwards; of a unit that had nothing due none.
    std::optional<std::int64_t> percent() const { return due > 0 ? std::optional(on_time * 100 / due) : std::nullopt; }
};

/// By which units something is counted: those that have it now, over all that ended since, or those whose it was then.
enum class UnitsOf { Today, Then };

/// How often something falls due in a month, and how often something was confirmed in it.
struct MonthFigures {
    std::string month;  // "2026-04"
    std::int64_t due = 0, closed = 0;
};

/// One time that a line falls due.
struct DueLine {
    Id plan, assignment, occurrence, unit;
    std::string unit_name;
    std::string title;  // of its activity, with its ordinal; or the words of its duty
    std::optional<Date> from, to;
    Date due_on;
    Id aggregating_unit;       // where it is urged
    std::string state;         // "open", "reported", "closed"
    bool given_back = false;   // its unit has said no, and the aggregating office has not decided yet
    std::int64_t version = 0;  // of that time; where it is to be urged
};

enum class LineState { Any, Open, Late, Reported, Closed };
/// Which lines a list shows; each narrows it.
struct LineFilter {
    Scope scope;
    std::optional<Id> plan, unit, topic, channel;
    std::vector<Id> formers;     // whose lines count for `unit` too: ended, and only it carries on for them
    std::optional<Id> due_unit;  // whose it was when it fell due, whoever has it now
    bool of_closed_plans = false;  // as well as of those in force
    LineState state = LineState::Any;
    LineState line_state = LineState::Any;  // of the whole line, whatever became of this time it falls due; never Late
    std::optional<int> on_time;             // 1: reported by its day, 0: reported, but later
    std::optional<Date> from, to;  // it falls due between them, both days included
};
/// A line of that list: one time that it falls due, or the one time of what has no day.
struct ListedLine {
    Id plan, assignment, occurrence, unit;
    std::string plan_name;  // its number, or its title
    std::string unit_name, title;
    std::optional<Date> from, to, due_on;
    std::string state;  // "open", "reported", "closed"
    std::optional<Date> reported_on, closed_on;
    bool given_back = false;  // as of DueLine
};

/// One time that an activity or a duty falls due, its units counted together.
struct TimeDue {
    std::optional<Date> from, to, due_on;
    std::int64_t open = 0, reported = 0, closed = 0;
};
/// An activity or duty with the times it falls due, the first first.
struct SubjectTimes {
    Id id;
    bool is_activity = true;
    std::string title;              // with its ordinal
    std::optional<Date> begins_on;  // "từ tháng 4 đến tháng 9": the first day of what has no period
    std::vector<TimeDue> times;
};

/// How much falls due on one day.
struct DayFigures {
    std::int64_t open = 0, reported = 0, closed = 0;

    std::int64_t all() const { return open + reported + closed; }
};

/// Topic and Channel; no Topic: every piece once; no Channel: pieces that name none.
using CellKey = std::pair<Id, Id>;
struct Cell {
    std::int64_t done = 0;     // confirmed pieces
    std::int64_t planned = 0;  // activities that tell it so
};
struct Coverage {
    std::map<CellKey, Cell> cells;

    Cell at(Id topic, Id channel) const;
    /// Each once, whatever it told.
    std::int64_t pieces() const;
};

struct CoverageFilter {
    Date from, to;  // whole months
    std::optional<Id> plan, unit;
};

/// A confirmed piece of evidence, as a cell lists it.
struct Piece {
    Id evidence, assignment, plan, unit;
    std::string what, unit_name, place;
    Date done_on;
};

}  // namespace loa::monitoring
