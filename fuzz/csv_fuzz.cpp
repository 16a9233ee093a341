// Tables as lines of text, in whatever letters.
#include <cstdint>
#include <string_view>

#include "sheet_promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const loa::formats::SheetLimits limits;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    loa::fuzz::require_promises(loa::formats::read_spreadsheet(input, "don-vi.csv", limits), limits);
    return 0;
}
