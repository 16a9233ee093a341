// What an administrator asks first: is everything there? One list, printed by `loa doctor` and shown at /quan-tri/suc-khoe.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/work.h"

namespace loa::app {

enum class Verdict {
    Fine,
    Lacking,  // all works; something that could be had is not there
    Wrong,    // somebody has to see to it
};

struct HealthLine {
    std::string subject;  // a key
    std::string said;     // a key
    std::vector<std::pair<std::string, std::string>> args = {};
    Verdict verdict = Verdict::Fine;
    std::string path = {};  // the page on which it is mended; "" where there is none
};

/// Of the whole installation; that it answers at all says that the database does. Quick: the chains of the timelines are
/// verified elsewhere.
std::vector<HealthLine> health(const Registry& registry, const Work& work);

void join_health_page(Registry& registry);

}  // namespace loa::app
