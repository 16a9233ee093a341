// Identity's jobs and their clocks.
#pragma once

#include <memory>

#include "loa/base/registry.h"
#include "session_use.h"

namespace loa::identity {

/// Seals the timeline each second, writes down the use of sessions, forgets what is over.
void add_jobs(Registry& registry, const std::shared_ptr<SessionUse>& use);

}  // namespace loa::identity
