// Five years of a province at work, for measuring what only many lines show: `loa bench province`.
#pragma once

#include "loa/base/registry.h"

namespace loa::plan {

/// Three plans of twenty activities in force, each given to a fifth of all units; ten pieces of evidence a line, of every
/// month since; most times due reported by their day, of the last year one in twenty is late; one line of each unit due in three days.
void join_province(Registry& registry);

}  // namespace loa::plan
