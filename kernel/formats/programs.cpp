#include "programs.h"

#include <csignal>
#include <string>
#include <utility>

#include "file_problems.h"
#include "loa/base/log.h"

namespace loa::formats {

Failure needs_program(std::string_view package) {
    Failure failure = file_problem("formats.needs_program", {{"package", std::string(package)}});
    failure.reason = Reason::Unavailable;
    return failure;
}

Failure took_too_long() {
    Failure failure = file_problem("formats.took_too_long");
    failure.reason = Reason::Unavailable;
    return failure;
}

Result<Outcome> run_program(std::string_view name, std::string_view package, Command command,
                            const ReadingLimits& limits) {
    const auto program = find_program(name, limits.program_folders);
    if (!program) return needs_program(package);
    command.program = *program;
    Outcome outcome = run(command);
    if (outcome.succeeded()) return outcome;
    log(Level::Warning, "formats.program_failed",
        {{"program", std::string(name)},
         {"ending", std::to_string(static_cast<int>(outcome.ending))},
         {"status", std::to_string(outcome.status)}});
    switch (outcome.ending) {
        case Ending::Exited:
            return outcome;
        case Ending::OutOfTime:
            return took_too_long();
        case Ending::OutputTooLong:
            return too_large_inside();
        case Ending::Killed:
            break;
    }
    return outcome.status == SIGXCPU ? took_too_long() : too_large_inside();
}

}  // namespace loa::formats
