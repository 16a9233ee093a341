#include "counts.h"

namespace loa::plan {

namespace {

/// 1 for what it has become, -1 for what it was before, 0 for what it stays or has nothing to do with.
template <class State>
int gain(State before, State after, State of) {
    return (after == of ? 1 : 0) - (before == of ? 1 : 0);
}

}  // namespace

void recount(Work& work, Id plan) {
    for (const char* statement : {"plan.forget_unit_progress", "plan.count_unit_progress", "plan.forget_day_progress", "plan.count_day_progress"})
        work.db.run(statement, {work.authority, plan});
}

void count_change(Work& work, const Assignment& line, AssignmentState now, const Occurrence& before, const Occurrence& after) {
    const int reported = gain(line.state, now, AssignmentState::Reported), closed = gain(line.state, now, AssignmentState::Closed);
    if (reported != 0 || closed != 0) work.db.run("plan.move_unit_progress", {work.authority, line.plan, line.unit, reported, closed});
    const auto on = [&](OccurrenceState state) { return gain(before.state, after.state, state); };
    const auto move_day = [&](Date day, int open, int reported_then, int closed_then, int confirmed) {
        work.db.run("plan.move_day_progress", {work.authority, line.plan, day, open, reported_then, closed_then, confirmed});
    };
    if (after.due_on && before.state != after.state)
        move_day(*after.due_on, on(OccurrenceState::Open), on(OccurrenceState::Reported), on(OccurrenceState::Closed), 0);
    if (before.closed_on == after.closed_on) return;
    if (before.closed_on) move_day(*before.closed_on, 0, 0, 0, -1);
    if (after.closed_on) move_day(*after.closed_on, 0, 0, 0, 1);
}

}  // namespace loa::plan
