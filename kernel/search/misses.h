// Searches without a hit, kept in memory until the next minute's job writes them down: a search is a read and
// must not wait for a write.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

#include "loa/base/registry.h"
#include "loa/storage/work.h"

namespace loa::search {

class Misses {
  public:
    /// Not kept: less than two letters; nine and more digits, which may be somebody's identity or telephone
    /// number; new ones beyond 2,000 a minute.
    void note(const Work& work, std::string_view query);

    using Counts = std::map<std::tuple<Id, std::string, std::string>, std::int64_t>;  // authority, day, query
    /// What was noted since the last call.
    Counts take();
    bool empty() const;

  private:
    mutable std::mutex mutex_;
    Counts counts_;
};

/// The job and schedule that write them down.
void join_misses(Registry& registry, std::shared_ptr<Misses> misses);

}  // namespace loa::search
