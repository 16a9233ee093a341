// Markdown of any shape.
#include <cstdint>
#include <string_view>

#include "loa/formats/markdown.h"
#include "promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    loa::fuzz::require_promises(loa::formats::read_markdown({reinterpret_cast<const char*>(data), size}),
                                loa::fuzz::Letters::AsTyped);
    return 0;
}
