// Word files: the input is document.xml, or document.xml, numbering.xml and styles.xml parted by a byte 0,
// put into a sound zip here, so that mutation reaches the reader behind it; an input that begins like a zip
// is read as the file itself.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "loa/formats/read_document.h"
#include "loa/formats/testing.h"
#include "promises.h"

namespace {

constexpr std::array<const char*, 3> kParts{"word/document.xml", "word/numbering.xml", "word/styles.xml"};

std::string stored_in_zip(std::string_view input) {
    loa::formats::testing::Parts parts;
    for (const char* name : kParts) {
        const std::size_t end = std::min(input.find('\0'), input.size());
        parts.emplace_back(name, input.substr(0, end));
        input.remove_prefix(std::min(end + 1, input.size()));
        if (input.empty()) break;
    }
    return loa::formats::testing::zip_of(parts, loa::formats::testing::Packing::Stored);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const bool is_file = input.starts_with("PK");
    loa::fuzz::require_promises(
        loa::formats::read_document(is_file ? std::string(input) : stored_in_zip(input), "ke-hoach.docx"),
        loa::fuzz::Letters::Composed);
    return 0;
}
