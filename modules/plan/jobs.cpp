#include "jobs.h"

#include "loa/identity/timeline.h"
#include "loa/jobs/kind.h"
#include "occurrences.h"

namespace loa::plan {

namespace {

/// The calendar of the authority changed: so do the due days of its plans in force.
Result<> follow_calendar(Work& work, const jobs::Job&) {
    const identity::Calendar calendar(work);
    for (const auto& row : work.db.query("plan.plans_in_force", {work.authority}))
        if (const auto moved = move_due_days(work, row.id("id"), calendar); moved > 0)
            identity::record(work, {"plan.plan", work.authority, row.id("id")}, "plan.due_days_moved", {{"lines", "", std::to_string(moved)}});
    return Done{};
}

}  // namespace

void join_jobs(Registry& registry) {
    registry.add(jobs::JobKind{.name = std::string(identity::kDaysChanged), .handler = follow_calendar, .lease_seconds = 300});
}

}  // namespace loa::plan
