// The coverage matrix as a table of links, on its own page and on the overview.
#pragma once

#include "loa/formats/write_spreadsheet.h"
#include "loa/storage/work.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::monitoring {

/// An entry of a catalogue: a Topic or a Channel.
struct Entry {
    Id id;
    std::string name;
};
std::vector<Entry> topics(Work& work);
std::vector<Entry> channels(Work& work);

/// "columns" {name}, "rows" {name, cells {level, done, planned, label, path, gap}}, totals, "gaps": the Topics with the most
/// cells where nothing was told, in words; "emptiest" {name, path}: the two cells to fill first. `query` is the rest of the address that a cell leads with.
web::View matrix_view(Work& work, const Coverage& coverage, const std::string& query);
/// The same as two tables: of what was told, and of what is planned.
std::vector<formats::SheetTable> matrix_tables(Work& work, const Coverage& coverage);

}  // namespace loa::monitoring
