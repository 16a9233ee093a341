#include "counts.h"

#include <string>

namespace loa::plan {

namespace {
std::string month_of(Date day) { return day.iso().substr(0, 7); }
}  // namespace

void recount(Work& work, Id plan) {
    for (const char* statement : {"plan.forget_unit_progress", "plan.count_unit_progress", "plan.forget_month_progress", "plan.count_month_progress"})
        work.db.run(statement, {work.authority, plan});
}

void count_change(Work& work, const Assignment& line, AssignmentState now, const Occurrence& before, std::optional<Date> closed_on) {
    const auto change = [&](AssignmentState state) { return (now == state ? 1 : 0) - (line.state == state ? 1 : 0); };
    const int reported = change(AssignmentState::Reported), closed = change(AssignmentState::Closed);
    if (reported != 0 || closed != 0) work.db.run("plan.move_unit_progress", {work.authority, line.plan, line.unit, reported, closed});
    if (before.closed_on == closed_on) return;
    if (before.closed_on) work.db.run("plan.move_month_progress", {work.authority, line.plan, month_of(*before.closed_on), -1});
    if (closed_on) work.db.run("plan.move_month_progress", {work.authority, line.plan, month_of(*closed_on), 1});
}

}  // namespace loa::plan
