// The mail of the day: what a person has not read and wants to hear once a day.
#pragma once

#include "loa/base/registry.h"

namespace loa::jobs {

void join_digest(Registry& registry);

}  // namespace loa::jobs
