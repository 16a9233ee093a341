// What a slice contributes to the queue: registry.add(JobKind{…}), registry.add(Schedule{…}).
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "loa/base/result.h"
#include "loa/storage/work.h"
#include "loa/web/route.h"

namespace loa::jobs {

/// How far a long job is.
struct Progress {
    std::int64_t done = 0;
    std::int64_t total = 0;  // 0: not known
    std::string key;         // translation key of the sentence: "Đã sao lưu {done} trên {total} tệp"
};
enum class Next { GoOn, Stop };

/// One piece of work as its handler sees it.
struct Job {
    Id authority;  // 0: the whole installation (schedules); see Work below
    Id id;
    std::string kind;
    std::string payload;  // JSON, as it was enqueued
    int attempt = 1;      // 1 at the first try
    std::any outcome;     // what the kind's `outside` gave
    Progress progress;    // what an earlier attempt reported last: a job that can resume goes on from there

    /// For `outside`, between two steps, as often as it likes: about once a second it is written down for those who
    /// watch, in a short transaction of its own, and the lease begins anew. Stop: somebody cancelled the job, or
    /// another worker has it by now; return at once, with whatever, the handler does not run.
    Next report(const Progress& far) const { return reporter ? reporter(far) : Next::GoOn; }
    std::function<Next(const Progress&)> reporter;  // the worker's
};

/// Only Reason::Unavailable and exceptions (the world broke, it may mend) are tried again; any other failure
/// is final. The delay doubles from `first_delay_seconds` up to `longest_delay_seconds`; up to a quarter is taken
/// off it, other for each job, so that what failed together does not come back together.
struct Retry {
    int attempts = 8;
    std::int64_t first_delay_seconds = 5;
    std::int64_t longest_delay_seconds = 3600;
};

/// How a kind of job is done. The database side happens exactly once: `handler` and the removal of the job
/// from the queue are one transaction; a failure or an exception undoes both.
struct JobKind {
    std::string name;  // "<owner>.<verb_noun>": "plan.report_up"; people read the text "plan.job_report_up"
    /// Runs in its own write transaction with a system Work of the job's authority; touches nothing outside.
    std::function<Result<Done>(Work&, const Job&)> handler;
    /// Optional: slow or outside work (network, files, programs) before the transaction opens; its value is
    /// Job::outcome. It may read the database in transactions of its own. After a crash it may happen again,
    /// so what it does outside must bear that.
    std::function<Result<std::any>(const Job&, web::Services&)> outside = nullptr;
    Retry retry = {};
    /// Optional: makes the kind one that people may cancel. Called in the transaction that takes the job out of the
    /// queue, to mend the record that waits for it; what `outside` had done stays as it was.
    std::function<void(Work&, const Job&)> cancelled = nullptr;
    /// How long one attempt may take, counted from its last report, before another worker may take it for crashed.
    std::int64_t lease_seconds = 60;
    /// How many of the kind this process does at a time, so that a slow one leaves workers to the others; 0: any
    /// number. The rest wait in the queue.
    int at_once = 0;
};

/// A time of day in Vietnam (UTC+7).
struct ClockTime {
    int hour = 0;
    int minute = 0;
};

/// A job with a clock. Exactly one of `every_seconds` and `daily_at`. Missed times (the program was off) are
/// made up by one run, not by many. The job runs for authority 0; a handler that serves every authority finds
/// them by a `-- wide` statement and enqueues one job each.
struct Schedule {
    enum class Where {
        OneProcess,   // one of all processes, through the queue
        EveryProcess  // each process for itself, straight from the clock and once more at a graceful stop:
                      // for what waits in a process's memory; not retried
    };
    std::string name;  // unique; "identity.seal_timeline"
    std::string job_kind;
    std::int64_t every_seconds = 0;  // ≥ 1; multiples of it since 1970 UTC
    std::optional<ClockTime> daily_at = std::nullopt;
    Where where = Where::OneProcess;
    /// Optional: is there anything to do? Asked on read work of authority 0, so that an idle installation
    /// writes nothing. While it says no, it is asked again each time the clock comes round.
    std::function<bool(Work&)> wanted = nullptr;
};

/// The first time of the schedule that is later than `now`.
Instant next_time(const Schedule& schedule, Instant now);

}  // namespace loa::jobs
