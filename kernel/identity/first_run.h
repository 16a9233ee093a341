// What the page of the first run keeps between its start and its end.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "loa/base/date.h"

namespace loa::identity {

class FirstRun {
  public:
    FirstRun();
    const std::string& code() const { return code_; }
    enum class Answer {
        Right,
        Wrong,
        Wait,  // until the next minute: not even looked at
    };
    /// Without regard to capitals, blanks and dashes. An address that was wrong 10 times in a minute waits for the next, and
    /// nobody else with it; only after 300 wrong ones from everywhere does everybody.
    Answer answer_to(const std::string& typed, std::string_view address, Instant now);

  private:
    std::mutex mutex_;
    std::string code_;
    std::int64_t minute_ = 0;
    int wrong_ = 0;  // in that minute
    std::map<std::string, int, std::less<>> wrong_from_;
};

}  // namespace loa::identity
