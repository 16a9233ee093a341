// When each session was used last, until the job identity.see_sessions writes it down: a read can't write,
// and a write for each page would be one too many. Until then it also says whose it was, so that the next page reads
// her grants together with the session.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "loa/base/date.h"
#include "loa/base/id.h"
#include "loa/storage/work.h"

namespace loa::identity {

class SessionUse {
  public:
    struct Use {
        Instant at;
        Id person, authority;
    };
    void note(const std::string& token_hash, const Use& use);
    bool empty() const;
    std::optional<Use> last(const std::string& token_hash) const;
    /// What was noted since the last call.
    std::unordered_map<std::string, Use> take();

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Use> seen_;
};

/// Together with the look at the session (storage::Transaction::read_in_case).
void read_grants_in_case(const Work& work, const SessionUse::Use& last);

}  // namespace loa::identity
