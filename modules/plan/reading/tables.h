// Tables of tasks: columns by their headers, group rows, merged cells.
#pragma once

#include <string>
#include <vector>

#include "loa/formats/document.h"
#include "loa/plan/reading.h"

namespace loa::plan {

struct Surroundings;

/// A table with a column of tasks and at least one of who, when or what comes out.
bool is_task_table(const formats::Table& table);

/// One activity for each row that is no header and no group. `place` goes in front of the ordinals: "III", "PL".
void read_task_table(const Surroundings& surroundings, const formats::Table& table, const std::string& place,
                     std::vector<ParsedActivity>& activities);

}  // namespace loa::plan
