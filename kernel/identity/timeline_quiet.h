// Acts that change nothing and still belong into the timeline: being refused, reading personal data. Their requests
// commit nothing, and a line for each would let anybody fill the timeline by asking. So the first of a kind in an hour
// waits in memory until the job identity.record_quiet_acts writes it down, and the rest of that hour are not counted.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/work.h"

namespace loa::identity {

class QuietActs {
  public:
    /// Work::actor did it; `event` as for record(), `route` says where: "GET /nhat-ky".
    void note(const Work& work, std::string_view event, std::string_view route);
    bool empty() const;

    struct Act {
        Id authority, person, acting_for;
        std::string event, route;
        Instant at;
    };
    /// What was noted since the last call, in the order of time.
    std::vector<Act> take();

  private:
    using Key = std::tuple<Id, Id, std::string, std::string>;
    mutable std::mutex mutex_;
    std::int64_t hour_ = 0;
    std::set<Key> seen_;  // in this hour
    std::vector<Act> waiting_;
};

/// Somebody reads what is personal of others: a line for her, the page and the hour.
void note_reading(const Registry& registry, const Work& work, std::string_view page);

/// Writes quiet acts down, and what people do to jobs (jobs::JobWitness); registers a QuietActs for hooks and pages.
std::shared_ptr<QuietActs> add_timeline_jobs(Registry& registry);

}  // namespace loa::identity
