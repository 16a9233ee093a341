#include "loa/jobs/queue.h"

#include "loa/i18n/catalogue.h"
#include "wake.h"

namespace loa::jobs {

Id enqueue(Work& work, std::string_view kind, std::string payload, const EnqueueOptions& options) {
    const Id id = work.new_id();
    const Instant due = options.run_at.value_or(work.now);
    const std::optional<std::string> unique_key =
        options.unique_key.empty() ? std::nullopt : std::optional(options.unique_key);
    const auto added = work.db.run("jobs.add_job", {work.authority, id, kind, std::move(payload), unique_key, due,
                                                    work.now});
    if (added == 0) return {};
    if (due <= work.now) work.db.after_commit([authority = work.authority] { ring(authority); });
    return id;
}

std::vector<DeadJob> dead_jobs(Work& work, int limit) {
    std::vector<DeadJob> jobs;
    for (const auto& row : work.db.query("jobs.dead_jobs", {work.authority, limit}))
        jobs.push_back({row.id("id"), row.text("kind"), row.text("payload"), static_cast<int>(row.number("attempts")),
                        row.text("reason"), row.text("problem"), row.instant("died_at")});
    return jobs;
}

Result<Done> revive_job(Work& work, Id id) {
    if (work.db.run("jobs.revive_job", {work.authority, id, work.now}) == 0) return not_found("jobs.no_dead_job");
    work.db.after_commit([authority = work.authority] { ring(authority); });
    return Done{};
}

Result<Done> discard_job(Work& work, Id id) {
    if (work.db.run("jobs.discard_job", {work.authority, id}) == 0) return not_found("jobs.no_dead_job");
    return Done{};
}

QueueState queue_state(storage::Transaction& db, Instant now) {
    const auto row = db.one("jobs.queue_state", {now});
    return {row->number("waiting"), row->number("running"), row->number("dead"), row->optional_instant("oldest_due")};
}

Work system_work(storage::Transaction& db, IdSource& ids, Instant now, Id authority) {
    return {.db = db, .ids = ids, .now = now, .authority = authority,
            .actor = {.person = {},
                      .name = i18n::translate(Language::Vietnamese, "jobs.system"),
                      .system = true,
                      .grants = {}},
            .language = Language::Vietnamese,
            .request_id = {}};
}

}  // namespace loa::jobs
