// Sentences, wherever they stand, that oblige someone to report.
#pragma once

#include "reading/activities.h"

namespace loa::plan {

void read_reporting(const Surroundings& surroundings, const std::vector<Piece>& pieces, std::size_t first, std::size_t last,
                    ParsedPlan& plan);

}  // namespace loa::plan
