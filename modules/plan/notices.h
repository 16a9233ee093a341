// Telling the people of a unit.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/storage/work.h"

namespace loa::plan {

/// A notice for everyone of the unit, each once, but not for who acts. `key` and `args` make its sentence, `path`
/// is where it leads.
void tell_unit(Work& work, Id unit, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args,
               std::string_view path);

}  // namespace loa::plan
