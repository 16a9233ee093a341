// What happens by the clock: every morning each authority's ladder.
#include "jobs.h"

#include "actions.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"

namespace loa::monitoring {

namespace {

/// For the installation: one job for each authority that has a plan in force. For an authority: its ladder.
Result<> urge_units(Work& work, const jobs::Job& job) {
    if (job.authority) {
        urge(work);
        return Done{};
    }
    for (const auto& row : work.db.query("monitoring.authorities_with_running_plans")) {
        Work inside = work;
        inside.authority = row.id("authority_id");
        jobs::enqueue(inside, job.kind, "{}", {.unique_key = job.kind});
    }
    return Done{};
}

}  // namespace

void join_jobs(Registry& registry) {
    registry.add(jobs::JobKind{.name = "monitoring.urge", .handler = urge_units});
    registry.add(jobs::Schedule{.name = "monitoring.urge", .job_kind = "monitoring.urge", .daily_at = jobs::ClockTime{7, 0}});
}

}  // namespace loa::monitoring
