// The schedules of this process: what is due by the clock, and whose turn it is.
#pragma once

#include <vector>

#include "loa/base/registry.h"
#include "loa/jobs/kind.h"

namespace loa::jobs {

class Clockwork {
  public:
    /// Reads the schedules; two of one name, or one whose kind nobody does, are our own mistake.
    Clockwork(const Registry& registry, web::Services& services);

    /// Gives each schedule its row, and an earlier time where its rhythm became faster.
    void enrol();
    /// Enqueues what is due for one process, unless another process was quicker; gives the schedules that are
    /// due in every process.
    std::vector<const Schedule*> strike();
    /// When strike() is worth calling again.
    Instant next_look() const;
    /// The schedules of every process that want to run now, whatever the clock says: the last words.
    std::vector<const Schedule*> last_words();

  private:
    struct Hand {
        Schedule schedule;
        Instant look_at;
    };
    bool wanted(const Schedule& schedule);
    Instant start_if_ours(const Schedule& schedule, Instant now);

    web::Services& services_;
    std::vector<Hand> hands_;
};

}  // namespace loa::jobs
