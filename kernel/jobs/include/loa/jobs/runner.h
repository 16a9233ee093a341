// Takes jobs from the queue and does them: a small pool of threads inside `serve` and in `loa worker`.
#pragma once

#include <memory>

#include "loa/base/registry.h"
#include "loa/jobs/kind.h"

namespace loa::jobs {

struct RunnerSettings {
    int threads = 2;
    int poll_milliseconds = 1000;  // how often to look for what other processes enqueued
};

class Runner {
  public:
    /// Registers the schedules and starts the threads. `registry` and what `services` refers to must outlive
    /// the runner. Looks for work once in `poll_milliseconds`, and at once when this process enqueued something.
    static std::unique_ptr<Runner> start(const Registry& registry, web::Services services,
                                         RunnerSettings settings = {});
    /// Stops, if nobody did.
    virtual ~Runner() = default;
    /// Claims nothing more, lets the jobs under way finish, runs the EveryProcess schedules a last time.
    virtual void stop() = 0;
};

/// Does everything that is due now (also what those jobs enqueue for now) in the calling thread and gives the
/// number of attempts made; schedules rest. For tests and for commands that want to see the end.
int run_due_jobs(const Registry& registry, web::Services services);

}  // namespace loa::jobs
