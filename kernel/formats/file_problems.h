// The reasons why a file cannot be read, each said in one way. Problems stand beside the form field "file";
// sentences in i18n/.
#pragma once

#include <cstddef>
#include <string>

#include "loa/base/result.h"

namespace loa::formats {

inline constexpr const char* kFileField = "file";

inline Failure file_problem(std::string key, std::vector<std::pair<std::string, std::string>> args = {}) {
    return invalid(kFileField, std::move(key), std::move(args));
}

inline Failure empty_file() {
    return file_problem("formats.empty_file");
}
/// Cut off, or bytes that do not follow the format.
inline Failure damaged() {
    return file_problem("formats.damaged");
}
/// By whoever asked for the reading.
inline Failure stopped() {
    return file_problem("formats.stopped");
}
inline Failure encrypted() {
    return file_problem("formats.encrypted");
}
/// The file itself; sizes in bytes.
Failure too_large(std::size_t size, std::size_t limit);
/// Small outside, immense once unpacked.
inline Failure too_large_inside() {
    return file_problem("formats.too_large_inside");
}
Failure too_many_pages(int pages, int limit);
inline Failure unsafe_archive() {
    return file_problem("formats.unsafe_archive");
}
/// A document type declaration or elements nested beyond all reason.
inline Failure unsafe_xml() {
    return file_problem("formats.unsafe_xml");
}
/// Nothing to read in a file that is otherwise sound.
inline Failure no_text() {
    return file_problem("formats.no_text");
}

}  // namespace loa::formats
