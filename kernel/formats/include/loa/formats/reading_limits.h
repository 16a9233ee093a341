// What reading one document may cost.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace loa::formats {

struct ReadingLimits {
    std::size_t bytes = 32U << 20;               // of the file
    int pages = 300;                             // of a PDF with text
    int scanned_pages = 40;                      // of a PDF that must be recognised, about a second each
    std::chrono::seconds program_time{30};       // of a program that converts or takes the words out, by the clock;
    std::chrono::seconds processor_time{9};      // and of the processor: a hostile file spins, a busy machine only waits
    std::chrono::seconds recognition_time{120};  // of all pages of a scan
    /// Where pdftotext, pdfinfo, pdftoppm, tesseract and soffice are looked for.
    std::vector<std::string> program_folders{"/usr/local/bin", "/usr/bin", "/bin"};
    /// Called after each recognised page of a scan; false stops the reading ("formats.stopped").
    std::function<bool(int page, int pages)> after_page = nullptr;
};

}  // namespace loa::formats
