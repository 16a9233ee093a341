// The commands of the program itself; slices add their own.
#pragma once

#include <iosfwd>
#include <string>

#include "config.h"
#include "loa/base/registry.h"

namespace loa::app {

/// Runs the command line; gives the exit code. The only place that knows CLI11.
int run_command_line(int argc, char** argv);

/// user, unit, authority, demo, doctor.
void join_commands(Registry& registry);
void join_people_commands(Registry& registry);
void join_unit_commands(Registry& registry);
void join_init_command(Registry& registry);

/// From standard input, so that it stands in no list of processes and no history of the shell.
std::string read_password(std::ostream& errors);
/// backup, restore, backups.
void join_backups(Registry& registry, const Config& config);

}  // namespace loa::app
