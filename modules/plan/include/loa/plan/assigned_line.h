// One unit's line of a plan, for modules that keep records of their own under it: a record names its line by plan and
// assignment. What such a module shows on the line's page is a panel, whose request has the plan as id() and the line as
// id("item"): registry.add(web::Panel{"assignment", "tasks_tasks", …}).
#pragma once

#include <optional>
#include <string>

#include "loa/base/date.h"
#include "loa/base/id.h"
#include "loa/base/result.h"
#include "loa/search/search.h"
#include "loa/storage/work.h"

namespace loa::plan {

struct AssignedLine {
    Id plan;
    Id assignment;
    Id unit;                       // whose it is
    std::string title;             // with its ordinal, in the words that are in force
    std::string plan_title;
    std::string path;              // of the line's page
    bool open = false;             // its plan is in force and asks the unit for it still
    std::optional<Date> next_due;  // the first day of those that nobody has reported
};

/// Not found unless it is a line of that plan and the person may see it: her own unit's, or any where she may read what
/// other units report.
Result<AssignedLine> line_by_id(Work& work, Id plan, Id assignment);

/// Those to whom line_by_id() gives a line of the plan that is this unit's: for records under it that can be searched.
search::Visibility readers_of_lines(Id plan, Id unit);

}  // namespace loa::plan
