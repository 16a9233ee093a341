// One job as both pages show it.
#pragma once

#include "loa/base/language.h"
#include "loa/base/registry.h"
#include "loa/jobs/watch.h"
#include "loa/web/view.h"

namespace loa::jobs {

web::View job_view(const JobLine& line, Language language, const Registry& registry);

}  // namespace loa::jobs
