#pragma once

#include "loa/base/registry.h"
#include "loa/identity/handover.h"

namespace loa::tasks {

/// Every morning: who has a task that falls due is told, once for each due day.
void join_jobs(Registry& registry);

/// What a person who leaves has still to do.
identity::HandoverPart tasks_handed_over();

}  // namespace loa::tasks
