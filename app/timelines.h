// The chains of all authorities on the command line: `loa doctor` verifies them, `loa timeline head` gives what to keep.
#pragma once

#include "loa/base/registry.h"
#include "loa/jobs/command.h"

namespace loa::app {

/// "--head" of `loa doctor`.
const jobs::Parameter& head_parameter();

/// Verifies the timeline of every authority, and of the installation, against the kept heads where there are some; writes
/// one line for each, and one for each finding. Gives how many findings there were.
int examine_timelines(jobs::Invocation& invocation);

void join_timeline_commands(Registry& registry);

}  // namespace loa::app
