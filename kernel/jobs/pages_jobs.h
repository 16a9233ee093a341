// The pages of the queue.
#pragma once

#include "loa/base/registry.h"

namespace loa::jobs {

/// `registry` must outlive the routes: they look up the kinds in it.
void add_job_pages(Registry& registry);
/// `loa jobs …`.
void add_job_commands(Registry& registry);

}  // namespace loa::jobs
