// What imports of units and of people from a spreadsheet share: rows that are at fault, and the file that was tried and
// is kept until its person takes it over.
#pragma once

#include <string>
#include <vector>

#include "loa/base/id.h"
#include "loa/base/result.h"

namespace loa::identity {

/// Everything wrong with one row; `field` of a problem is the code of the column, "" for the whole row.
struct BadRow {
    int number = 0;  // as the spreadsheet shows it
    std::string name;
    struct Fault {
        std::string cell;  // "B12"; "" for the whole row
        Problem problem;
    };
    std::vector<Fault> faults;
};

/// A file that was tried, sound or not, kept for seven days: once it is taken over its name and hash stay, without its bytes.
struct KeptImport {
    Id id;
    std::string file_name;
    std::string bytes;
    std::string sha256;
    std::string digest;  // of what the trial met (units) or would do (people): another one today is another trial
    bool applied = false;
};

}  // namespace loa::identity
