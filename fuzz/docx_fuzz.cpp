// Word files: the input is document.xml, or document.xml, numbering.xml and styles.xml parted by a byte 0,
// put into a sound zip here, so that mutation reaches the reader behind it; an input that begins like a zip
// is read as the file itself.
#include <zip.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "loa/formats/read_document.h"
#include "promises.h"

namespace {

constexpr std::array<const char*, 3> kParts{"word/document.xml", "word/numbering.xml", "word/styles.xml"};

std::string stored_in_zip(std::string_view input) {
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    loa::fuzz::require(zip != nullptr);
    zip_source_keep(target);
    for (const char* name : kParts) {
        const std::size_t end = std::min(input.find('\0'), input.size());
        zip_source_t* part = zip_source_buffer(zip, input.data(), end, 0);
        const zip_int64_t index = zip_file_add(zip, name, part, 0);
        zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
        input.remove_prefix(std::min(end + 1, input.size()));
        if (input.empty()) break;
    }
    loa::fuzz::require(zip_close(zip) == 0);
    zip_stat_t about;
    zip_source_stat(target, &about);
    std::string bytes(static_cast<std::size_t>(about.size), '\0');
    zip_source_open(target);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
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
