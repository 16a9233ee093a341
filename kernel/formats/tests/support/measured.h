// What reading a file costs, measured in a process of its own.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace loa::formats::testing {

struct Measured {
    std::string key;  // of the one problem; "" when it was read; "crash …" or "n problems" when all is lost
    long peak_mb = 0;      // resident, of the whole process that read it
    long programs_mb = 0;  // of the largest of the other programs that took part; 0 when there was none
    double seconds = 0;    // of processor time, theirs too: the clock would measure what else the machine does
};

/// The key of the one problem that reading gives, or "".
using ReadForKey = std::function<std::string(std::string_view bytes, const std::string& file_name)>;
std::string document_key(std::string_view bytes, const std::string& file_name);
std::string spreadsheet_key(std::string_view bytes, const std::string& file_name);

/// `make` runs in another child, so that what it takes to make the file is not counted.
Measured read_in_child(const std::function<std::string()>& make, const std::string& file_name,
                       const ReadForKey& read = document_key);

/// That the file comes back as this problem, or as a document where `key` is "", under 300 MB and 10 s.
Measured expect_problem(const std::string& key, const std::function<std::string()>& make,
                        const std::string& file_name = "ke-hoach.docx", const ReadForKey& read = document_key);

}  // namespace loa::formats::testing
