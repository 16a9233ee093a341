// What happens by the clock: every morning each authority's ladder, and what waits to be confirmed.
#include "jobs.h"

#include "actions.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"
#include "waiting_evidence.h"

namespace loa::monitoring {

namespace {

/// For the installation: one job for each authority that has a plan in force. For an authority: what is to be done there.
template <class Step>
Result<> in_each_authority(Work& work, const jobs::Job& job, Step&& step) {
    if (job.authority) {
        step(work);
        return Done{};
    }
    for (const auto& row : work.db.query("monitoring.authorities_with_running_plans")) {
        Work inside = work;
        inside.authority = row.id("authority_id");
        jobs::enqueue(inside, job.kind, "{}", {.unique_key = job.kind});
    }
    return Done{};
}

Result<> urge_units(Work& work, const jobs::Job& job) {
    return in_each_authority(work, job, [](Work& inside) { urge(inside); });
}

Result<> call_offices(Work& work, const jobs::Job& job) { return in_each_authority(work, job, call_for_confirmation); }

}  // namespace

void join_jobs(Registry& registry) {
    registry.add(jobs::JobKind{.name = "monitoring.urge", .handler = urge_units});
    // Before the hour of the digest, which is 7 for who has not chosen another.
    registry.add(jobs::JobKind{.name = "monitoring.call_for_confirmation", .handler = call_offices});
    registry.add(jobs::Schedule{.name = "monitoring.call_for_confirmation", .job_kind = "monitoring.call_for_confirmation", .daily_at = jobs::ClockTime{6, 30}});
    registry.add(jobs::Schedule{.name = "monitoring.urge", .job_kind = "monitoring.urge", .daily_at = jobs::ClockTime{7, 0}});
}

}  // namespace loa::monitoring
