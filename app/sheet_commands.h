// What the commands that take a spreadsheet over have in common.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/imports.h"
#include "loa/jobs/command.h"
#include "loa/storage/work.h"

namespace loa::app {

struct SheetFile {
    std::string name, bytes;
    std::vector<formats::Sheet> sheets;
};
/// The file at that path, of which never more than a spreadsheet may have is read. NotFound; Invalid as read_spreadsheet.
Result<SheetFile> sheet_file(const std::string& path);

/// One line each: row, cell, name, what is wrong; then how many were not told.
void print_faults(std::ostream& out, const Work& work, const std::vector<identity::BadRow>& bad, std::size_t bad_rows);

}  // namespace loa::app
