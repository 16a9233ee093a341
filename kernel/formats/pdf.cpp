#include "loa/formats/pdf.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>

#include "file_problems.h"
#include "loa/base/text.h"
#include "loa/formats/process.h"
#include "page_document.h"
#include "page_words.h"
#include "programs.h"

namespace loa::formats {

namespace {

constexpr const char* kPoppler = "poppler-utils";
constexpr std::size_t kMemory = 300U << 20;
constexpr std::size_t kLettersOfAPage = 50;  // fewer on average: the words are in a picture

Result<Outcome> run_poppler(const char* name, std::vector<std::string> arguments,
                            const TemporaryFolder& folder, const ReadingLimits& limits) {
    Command command;
    command.arguments = std::move(arguments);
    command.folder = folder.path();
    command.memory_bytes = kMemory;
    command.time = limits.program_time;
    command.processor_time = limits.processor_time;
    return run_program(name, kPoppler, std::move(command), limits);
}

/// How many pages the file says it has.
Result<int> count_pages(const TemporaryFolder& folder, const ReadingLimits& limits) {
    const auto outcome = run_poppler("pdfinfo", {"file.pdf"}, folder, limits);
    if (!outcome) return outcome.failure();
    if (outcome->errors.find("Incorrect password") != std::string::npos) return encrypted();
    for (const std::string_view line : split(outcome->output, '\n')) {
        if (!line.starts_with("Pages:")) continue;
        const std::string_view count = trimmed(line.substr(6));
        int pages = 0;
        std::from_chars(count.data(), count.data() + count.size(), pages);
        if (pages > 0) return pages;
    }
    return damaged();
}

Result<std::vector<Page>> printed_words(const TemporaryFolder& folder, const ReadingLimits& limits) {
    const auto outcome = run_poppler(
        "pdftotext", {"-bbox", "-enc", "UTF-8", "-l", std::to_string(limits.pages), "file.pdf", "-"}, folder,
        limits);
    if (!outcome) return outcome.failure();
    if (outcome->status != 0) return damaged();
    return pages_of_bbox(outcome->output);
}

Result<Page> recognised_page(int page, const TemporaryFolder& folder, const ReadingLimits& limits,
                             std::chrono::milliseconds time) {
    // 200 dpi of an A4 page; given as a size in pixels, because a page may claim to be a kilometre long.
    constexpr const char* kLongSide = "2339";
    const std::string number = std::to_string(page);
    const auto picture = run_poppler(
        "pdftoppm",
        {"-f", number, "-l", number, "-singlefile", "-gray", "-scale-to", kLongSide, "file.pdf", "page"},
        folder, limits);
    if (!picture) return picture.failure();
    if (picture->status != 0) return damaged();
    Command command;
    command.arguments = {"page.pgm", "stdout", "-l", "vie", "--psm", "4", "tsv"};
    command.environment = {{"OMP_THREAD_LIMIT", "1"}};  // pages are the unit of work, not threads
    command.folder = folder.path();
    command.memory_bytes = kMemory;
    command.time = time;
    command.processor_time = limits.processor_time;
    const auto words = run_program("tesseract", "tesseract-ocr-vie", std::move(command), limits);
    if (!words) return words.failure();
    if (words->errors.find("vie") != std::string::npos) return needs_program("tesseract-ocr-vie");
    if (words->status != 0) return damaged();
    return page_of_tsv(words->output);
}

Result<std::vector<Page>> recognised_words(int pages, const TemporaryFolder& folder,
                                           const ReadingLimits& limits) {
    if (pages > limits.scanned_pages) return too_many_pages(pages, limits.scanned_pages);
    const auto deadline = std::chrono::steady_clock::now() + limits.recognition_time;
    std::vector<Page> all;
    for (int page = 1; page <= pages; ++page) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return took_too_long();
        auto words = recognised_page(page, folder, limits, left);
        if (!words) return words.failure();
        all.push_back(*std::move(words));
        if (limits.after_page && !limits.after_page(page, pages)) return stopped();
    }
    return all;
}

std::size_t letters_in(const std::vector<Page>& pages) {
    std::size_t letters = 0;
    for (const Page& page : pages)
        for (const Word& word : page.words) letters += length(word.text);
    return letters;
}

}  // namespace

Result<TextDocument> read_pdf(std::string_view bytes, const ReadingLimits& limits) {
    const TemporaryFolder folder;
    folder.write("file.pdf", bytes);
    const auto count = count_pages(folder, limits);
    if (!count) return count.failure();
    if (*count > limits.pages) return too_many_pages(*count, limits.pages);
    auto pages = printed_words(folder, limits);
    if (!pages) return pages.failure();
    if (letters_in(*pages) < kLettersOfAPage * static_cast<std::size_t>(*count)) {
        auto recognised = recognised_words(*count, folder, limits);
        if (!recognised) return recognised.failure();
        if (letters_in(*recognised) > letters_in(*pages)) pages = std::move(recognised);
    }
    TextDocument document = document_of_pages(*pages);
    if (document.blocks.empty()) return no_text();
    return document;
}

}  // namespace loa::formats
