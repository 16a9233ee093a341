// Programs that a reader may need and an installation may lack.
#pragma once

#include <string_view>

#include "loa/base/result.h"
#include "loa/formats/process.h"
#include "loa/formats/reading_limits.h"

namespace loa::formats {

/// `package` is what to install, as Debian names it.
Failure needs_program(std::string_view package);
Failure took_too_long();

/// Finds and runs it. Fails with formats.needs_program, .took_too_long or .too_large_inside (its output, or
/// its memory); an exit code other than 0 is left to the caller.
Result<Outcome> run_program(std::string_view name, std::string_view package, Command command,
                            const ReadingLimits& limits);

}  // namespace loa::formats
