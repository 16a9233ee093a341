// What an officer should look at before the plan is issued.
#pragma once

#include "reading/activities.h"
#include "reading/header.h"

namespace loa::plan {

void add_warnings(const Outline& outline, const std::vector<Piece>& pieces, const Zones& zones, ParsedPlan& plan);

}  // namespace loa::plan
