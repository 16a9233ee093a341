#pragma once

#include "loa/base/registry.h"
#include "loa/identity/handover.h"
#include "loa/identity/unit_changes.h"

namespace loa::tasks {

/// Every morning: who has a task that falls due is told, once for each due day.
void join_jobs(Registry& registry);

/// What a person who leaves has still to do.
identity::HandoverPart tasks_handed_over();

/// Said where a change of units is prepared (identity::preview_lines): the open tasks of each unit that ends, which stay with it.
identity::UnitChangePreview tasks_of_ending_units();

}  // namespace loa::tasks
