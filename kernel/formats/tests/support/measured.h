// What reading a file costs, measured in a process of its own.
#pragma once

#include <functional>
#include <string>

namespace loa::formats::testing {

struct Measured {
    std::string key;  // of the one problem; "" when it was read; "crash …" or "n problems" when all is lost
    long peak_mb = 0;    // resident, of the whole process that read it
    double seconds = 0;  // of processor time: the clock would measure what else the machine does
};

/// `make` runs in another child, so that what it takes to make the file is not counted.
Measured read_in_child(const std::function<std::string()>& make, const std::string& file_name);

}  // namespace loa::formats::testing
