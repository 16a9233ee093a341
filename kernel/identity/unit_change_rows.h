// From rows to sets of changes and back; for the files about them.
#pragma once

#include <string>

#include "loa/identity/unit_changes.h"

namespace loa::identity {

/// What close_unit is told on the day.
CloseUnit closing_of(const UnitChangeSet& set, const UnitChange& change, std::int64_t version);
/// How many carry on, and their shares: what can be wrong without looking at any unit.
std::optional<Problem> problem_of_successors(const CloseUnit& input);

/// Why a set could not take effect, as its column keeps it.
std::string problem_text(const Problem& problem);
Problem problem_from(std::string_view text);

/// The change that ends the unit, or nullptr.
const UnitChange* ending_of(const UnitChangeSet& set, Id unit);

}  // namespace loa::identity
