#include "file_problems.h"

#include <fmt/format.h>

namespace loa::formats {

namespace {

/// "31,5 MB": Vietnamese decimal comma, one place.
std::string megabytes(std::size_t bytes) {
    const std::size_t tenths = (bytes * 10 + (1U << 19)) >> 20;
    return tenths % 10 == 0 ? fmt::format("{} MB", tenths / 10)
                            : fmt::format("{},{} MB", tenths / 10, tenths % 10);
}

}  // namespace

Failure too_large(std::size_t size, std::size_t limit) {
    return file_problem("formats.too_large", {{"size", megabytes(size)}, {"limit", megabytes(limit)}});
}

Failure too_many_pages(int pages, int limit) {
    return file_problem("formats.too_many_pages",
                        {{"pages", std::to_string(pages)}, {"limit", std::to_string(limit)}});
}

}  // namespace loa::formats
