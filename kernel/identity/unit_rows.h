// From rows of identity_named_unit to units; for the files about units.
#pragma once

#include <string>
#include <vector>

#include "loa/identity/units.h"

namespace loa::identity {

Unit unit_of(const storage::Row& row);
/// As it is called today, another authority's behind that one's short name: a line of the timeline keeps the name for good.
std::string name_of_unit(const Work& work, const UnitKey& key);
/// The compare_key column: names that differ only in case, blanks or the old placing of tones are the same.
std::string compare_key(std::string_view name);

/// Units that have been found sound, each with its id, parents before children: their rows, names, figures, lines.
void write_units(Work& work, const std::vector<CreateUnit>& units);

}  // namespace loa::identity
