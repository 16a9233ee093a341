#include "loa/jobs/queue.h"

#include <algorithm>

#include "loa/i18n/catalogue.h"
#include "wake.h"

namespace loa::jobs {

namespace {

void witness(Work& work, const Registry& registry, Id id, const std::string& kind, std::string_view event) {
    for (const auto& each : registry.all<JobWitness>()) each.see(work, id, kind, event);
}

const JobKind* kind_called(const Registry& registry, const std::string& name) {
    const auto& kinds = registry.all<JobKind>();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const JobKind& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

Result<Done> cancel(Work& work, const Registry& registry, Id id, const std::string& name) {
    const auto* kind = kind_called(registry, name);
    if (kind == nullptr || !kind->cancelled) return conflict("jobs.cannot_cancel");
    if (const auto row = work.db.one("jobs.cancel_waiting_job", {work.authority, id})) {
        kind->cancelled(work, {.authority = work.authority, .id = id, .kind = name, .payload = row->text("payload"),
                               .attempt = static_cast<int>(row->number("attempts")), .outcome = {}, .progress = {},
                               .reporter = nullptr});
    } else if (work.db.run("jobs.cancel_running_job", {work.authority, id, work.now}) == 0) {
        return not_found("jobs.no_job");
    }
    witness(work, registry, id, name, "jobs.cancelled");
    return Done{};
}

}  // namespace

Id enqueue(Work& work, std::string_view kind, std::string payload, const EnqueueOptions& options) {
    const Id id = work.new_id();
    const Instant due = options.run_at.value_or(work.now);
    const std::optional<std::string> unique_key =
        options.unique_key.empty() ? std::nullopt : std::optional(options.unique_key);
    const std::optional<Id> owner = options.owner ? std::optional(options.owner) : std::nullopt;
    const auto added = work.db.run("jobs.add_job", {work.authority, id, kind, std::move(payload), unique_key, due,
                                                    work.now, owner});
    // One waits already. Held until we commit, so that no worker begins it before and misses what we have written.
    if (added == 0) work.db.query("jobs.hold_waiting_job", {work.authority, kind, unique_key});
    if (due <= work.now) work.db.after_commit([authority = work.authority] { ring(authority); });
    return added == 0 ? Id{} : id;
}

std::vector<DeadJob> dead_jobs(Work& work, int limit) {
    std::vector<DeadJob> jobs;
    for (const auto& row : work.db.query("jobs.dead_jobs", {work.authority, limit}))
        jobs.push_back({row.id("id"), row.text("kind"), row.text("payload"), static_cast<int>(row.number("attempts")),
                        row.text("reason"), row.text("problem"), row.instant("died_at")});
    return jobs;
}

Result<Done> revive_job(Work& work, const Registry& registry, Id id) {
    const auto row = work.db.one("jobs.revive_job", {work.authority, id, work.now});
    if (!row) return not_found("jobs.no_dead_job");
    witness(work, registry, id, row->text("kind"), "jobs.revived");
    work.db.after_commit([authority = work.authority] { ring(authority); });
    return Done{};
}

Result<Done> discard_job(Work& work, const Registry& registry, Id id) {
    const auto row = work.db.one("jobs.discard_job", {work.authority, id});
    if (!row) return not_found("jobs.no_dead_job");
    witness(work, registry, id, row->text("kind"), "jobs.discarded");
    return Done{};
}

Result<Done> cancel_job(Work& work, const Registry& registry, Id id) {
    const auto row = work.db.one("jobs.job_by_id", {work.authority, id});
    return row ? cancel(work, registry, id, row->text("kind")) : not_found("jobs.no_job");
}

Result<Done> cancel_own_job(Work& work, const Registry& registry, Id id) {
    const auto row = work.db.one("jobs.job_by_id", {work.authority, id});
    const bool own = row && work.actor.signed_in() && row->optional_id("owner_id") == work.actor.person;
    return own ? cancel(work, registry, id, row->text("kind")) : not_found("jobs.no_job");
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
