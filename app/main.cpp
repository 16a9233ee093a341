#include <malloc.h>

#include "commands.h"

int main(int argc, char** argv) {
    // Without glibc's fast bins: whenever 64 KB or more are freed, and a page is that, it merges all that stands in them, a
    // twentieth of a page's time. Small blocks come from the cache of each thread all the same.
    mallopt(M_MXFAST, 0);
    return loa::app::run_command_line(argc, argv);
}
