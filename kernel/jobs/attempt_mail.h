// The job that sends one mail: what is decided before the talk with the server, and what is written behind it.
#pragma once

#include "loa/base/registry.h"

namespace loa::jobs {

/// Adds jobs.send_mail and the job that forgets what was sent long ago.
void join_sending(Registry& registry);

}  // namespace loa::jobs
