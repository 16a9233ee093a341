// Whatever a person may upload, through the one door; programs for PDF and the like are not looked for.
#include <cstdint>
#include <string_view>

#include "loa/formats/plain_text.h"
#include "loa/formats/read_document.h"
#include "promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    loa::formats::ReadingLimits limits;
    limits.program_folders.clear();
    loa::fuzz::require_promises(loa::formats::read_plain_text(bytes), loa::fuzz::Letters::AsTyped);
    loa::fuzz::require_promises(loa::formats::read_document(bytes, "ke-hoach.txt", limits),
                                loa::fuzz::Letters::AsTyped);
    return 0;
}
