// Files made to hurt, as somebody might post them to the import page. kernel/formats measures what they cost.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace loa::app {

struct HostileFile {
    std::string name;
    std::string bytes;
    /// Of the one sentence that it must get, and what fills its blanks.
    std::string key;
    std::vector<std::pair<std::string, std::string>> args;
};

std::vector<HostileFile> hostile_files();

}  // namespace loa::app
