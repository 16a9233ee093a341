// Tells the runners of this process that it enqueued something, so that they need not wait for their poll.
#pragma once

#include <functional>

#include "loa/base/id.h"

namespace loa::jobs {

/// Calls every listener with the authority whose queue has something new; from any thread.
void ring(Id authority);

/// Listens as long as it lives.
class WakeListener {
  public:
    explicit WakeListener(std::function<void(Id authority)> hear);
    ~WakeListener();
    WakeListener(const WakeListener&) = delete;
    WakeListener& operator=(const WakeListener&) = delete;

  private:
    std::function<void(Id)> hear_;
    friend void ring(Id);
};

}  // namespace loa::jobs
