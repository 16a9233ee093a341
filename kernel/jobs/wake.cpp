#include "wake.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace loa::jobs {

namespace {
struct Listeners {
    std::mutex mutex;
    std::vector<WakeListener*> all;
};
Listeners& listeners() {
    static Listeners instance;
    return instance;
}
}  // namespace

void ring(Id authority) {
    const std::lock_guard lock(listeners().mutex);
    for (auto* listener : listeners().all) listener->hear_(authority);
}

WakeListener::WakeListener(std::function<void(Id)> hear) : hear_(std::move(hear)) {
    const std::lock_guard lock(listeners().mutex);
    listeners().all.push_back(this);
}

WakeListener::~WakeListener() {
    const std::lock_guard lock(listeners().mutex);
    std::erase(listeners().all, this);
}

}  // namespace loa::jobs
