// What reading one document may cost.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace loa::formats {

struct ReadingLimits {
    std::size_t bytes = 32U << 20;               // of the file
    int pages = 300;                             // of a PDF with text
    int scanned_pages = 40;                      // of a PDF that must be recognised, about a second each
    std::chrono::seconds program_time{30};       // of a program that converts or takes the words out
    std::chrono::seconds recognition_time{120};  // of all pages of a scan
    /// Where pdftotext, pdfinfo, pdftoppm, tesseract and soffice are looked for.
    std::vector<std::string> program_folders{"/usr/local/bin", "/usr/bin", "/bin"};
};

}  // namespace loa::formats
