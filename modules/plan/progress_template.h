// The table of what was done that an office fills in.
#pragma once

#include <vector>

#include "loa/formats/write_spreadsheet.h"
#include "loa/storage/work.h"

namespace loa::plan {

/// Every open line that the person may report on, her unit's first, one row for each target, with a sheet that explains the
/// columns; as many rows as may come back at one go.
std::vector<formats::SheetTable> progress_template(Work& work);

}  // namespace loa::plan
