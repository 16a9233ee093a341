// Connections that ask once and then keep silent, as those of people who read.
#pragma once

#include "load.h"

namespace loa::bench {

/// Opens `settings.connections`, asks once on each, says so in a line of JSON, waits until standard input
/// ends (two minutes at most), asks on each again and says in a second line how many were still answered.
/// False when one was refused at the start.
bool keep_idle(const LoadSettings& settings);

}  // namespace loa::bench
