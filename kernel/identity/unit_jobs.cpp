#include "unit_jobs.h"

#include "loa/identity/unit_changes.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"

namespace loa::identity {

namespace {
constexpr std::int64_t kDay = 24 * 60 * 60;

/// For the installation: one job for each authority in which something is due. For an authority: its sets.
Result<> apply_changes(Work& work, const Registry& registry, const jobs::Job& job) {
    if (job.authority) {
        apply_due_changes(work, registry);
        return Done{};
    }
    for (const auto& row : work.db.query("identity.authorities_with_due_changes", {work.today()})) {
        Work inside = work;
        inside.authority = row.id("authority_id");
        jobs::enqueue(inside, job.kind, "{}", {.unique_key = job.kind});
    }
    return Done{};
}

Result<> forget_imports(Work& work, const jobs::Job&) {
    work.db.run("identity.forget_imports", {work.now.plus_seconds(-7 * kDay)});
    work.db.run("identity.empty_imports", {work.now.plus_seconds(-7 * kDay)});
    return Done{};
}
}  // namespace

void add_unit_jobs(Registry& registry) {
    registry.add(jobs::JobKind{"identity.apply_unit_changes",
                               [&registry](Work& work, const jobs::Job& job) { return apply_changes(work, registry, job); }});
    registry.add(jobs::Schedule{.name = "identity.apply_unit_changes",
                                .job_kind = "identity.apply_unit_changes",
                                .daily_at = jobs::ClockTime{0, 5}});
    registry.add(jobs::JobKind{"identity.forget_unit_imports", forget_imports});
    registry.add(jobs::Schedule{.name = "identity.forget_unit_imports",
                                .job_kind = "identity.forget_unit_imports",
                                .daily_at = jobs::ClockTime{3, 20}});
}

}  // namespace loa::identity
