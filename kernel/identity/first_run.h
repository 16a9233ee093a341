// What the page of the first run keeps between its start and its end.
#pragma once

#include <mutex>
#include <string>

#include "loa/base/date.h"

namespace loa::identity {

class FirstRun {
  public:
    FirstRun();
    const std::string& code() const { return code_; }
    /// Without regard to capitals, blanks and dashes. After 10 wrong ones in a minute none is right until the next.
    bool is_code(const std::string& typed, Instant now);

  private:
    std::mutex mutex_;
    std::string code_;
    std::int64_t minute_ = 0;
    int wrong_ = 0;
};

}  // namespace loa::identity
