// When each session was used last, until the job identity.see_sessions writes it down: a read can't write,
// and a write for each page would be one too many.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "loa/base/date.h"

namespace loa::identity {

class SessionUse {
  public:
    void note(const std::string& token_hash, Instant now);
    bool empty() const;
    /// What was noted since the last call.
    std::unordered_map<std::string, Instant> take();

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Instant> seen_;
};

}  // namespace loa::identity
