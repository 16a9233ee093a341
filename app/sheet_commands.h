// What the commands that take a spreadsheet over have in common.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "acting.h"
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

/// One line for each fault: row, cell, name, what is wrong.
void print_faults(std::ostream& out, const Work& work, const std::vector<identity::BadRow>& bad);

/// 0: done, or sound; 1: rows to correct. Nothing is written while one row is wrong. `attempt(work, file)` gives the trial,
/// `carry_out(work, file, trial)` does it unless --dry-run was asked for, `say(trial)` tells what comes of it.
template <class Attempt, class CarryOut, class Say>
int import_sheet(jobs::Invocation& invocation, Attempt attempt, CarryOut carry_out, Say say) {
    const auto file = sheet_file(invocation.text("FILE"));
    if (!file) return invocation.fail(file.failure());
    const bool dry = invocation.flag("--dry-run");
    return in_authority(invocation, dry ? storage::Mode::Read : storage::Mode::Write, [&](Work& work) {
        const auto trial = attempt(work, *file);
        if (!trial) return invocation.fail(trial.failure());
        print_faults(invocation.out, work, trial->bad);
        if (!trial->sound()) return 1;
        if (!dry)
            if (const auto done = carry_out(work, *file, *trial); !done) return invocation.fail(done.failure());
        invocation.out << say(*trial) << (dry ? " (nothing was changed)" : "") << '\n';
        return 0;
    });
}

}  // namespace loa::app
