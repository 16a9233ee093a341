// Work without a browser: put it in the queue inside your transaction; it runs after your commit, or never if
// you roll back. The queue is a table, so it survives crashes and is shared by all processes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/jobs/kind.h"

namespace loa::jobs {

struct EnqueueOptions {
    /// While a job of the same kind and key still waits for its first attempt in this authority, enqueueing
    /// again does nothing. Empty: no such rule.
    std::string unique_key = {};
    /// Not before this moment; at once by default.
    std::optional<Instant> run_at = std::nullopt;
    /// Who may watch it under "Việc đang chạy" and cancel it; nobody by default.
    Id owner = {};
};

/// For Work::authority, in its transaction. `payload` is JSON text; ids in it are strings.
/// Gives the new job's id, or 0 when a job with the unique key was waiting already.
Id enqueue(Work& work, std::string_view kind, std::string payload, const EnqueueOptions& options = {});

/// A job that failed for good (or used up its attempts), kept until someone decides.
struct DeadJob {
    Id id;
    std::string kind;
    std::string payload;
    int attempts = 0;
    std::string reason;   // "invalid", "forbidden", "not_found", "conflict", "unavailable", "broken", "crashed"
    std::string problem;  // translation key of the first problem, or the exception's text; for administrators
    Instant died_at;
};

/// Of Work::authority, newest first.
std::vector<DeadJob> dead_jobs(Work& work, int limit = 100);
/// Puts a dead job back with a fresh count of attempts; Reason::NotFound when it is not there or not dead.
Result<Done> revive_job(Work& work, const Registry& registry, Id id);
/// Forgets a dead job; Reason::NotFound when it is not there or not dead.
Result<Done> discard_job(Work& work, const Registry& registry, Id id);

/// Takes a waiting job out of the queue, and lets a running one stop at its next report (loa/jobs/kind.h). NotFound:
/// it is over, or not there; Conflict: a kind that can't be cancelled. `registry` knows the kinds.
Result<Done> cancel_job(Work& work, const Registry& registry, Id id);
/// The same for the actor's own jobs alone; another's is not found.
Result<Done> cancel_own_job(Work& work, const Registry& registry, Id id);

/// Told of what people do to jobs (`event`: "jobs.revived", "jobs.discarded", "jobs.cancelled"), in the transaction
/// of the Work: identity writes it into the timeline, which this library can't see. registry.add(JobWitness{…}).
struct JobWitness {
    std::function<void(Work&, Id job, std::string_view kind, std::string_view event)> see;
};

/// Of all authorities, for metrics and /readyz.
struct QueueState {
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    std::int64_t dead = 0;
    std::optional<Instant> oldest_due;  // of the waiting jobs whose time has come
};
QueueState queue_state(storage::Transaction& db, Instant now);

/// Acts for the house itself: no person, every action open.
Work system_work(storage::Transaction& db, IdSource& ids, Instant now, Id authority);

/// Adds the pages, statements' owners and jobs of this library.
void join(Registry& registry);

}  // namespace loa::jobs
