#include "commands.h"

int main(int argc, char** argv) { return loa::app::run_command_line(argc, argv); }
