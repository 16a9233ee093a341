// A province for measuring: its tree and its people. What they do is plan's (modules/plan/province.h).
#pragma once

#include "loa/base/registry.h"

namespace loa::app {

/// One authority of 102 communes with 14 offices each and the offices of the province; seven people a unit. Two of them can
/// sign in: the leader and a clerk of the office that drafts and follows up the plans.
void join_province(Registry& registry);

}  // namespace loa::app
