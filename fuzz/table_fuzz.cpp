// Tables in Markdown: the first byte says whether what follows stands in an HTML table or is lines of pipes.
#include <cstdint>
#include <string>
#include <string_view>

#include "loa/formats/markdown.h"
#include "promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string content(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string text =
        data[0] % 2 == 0 ? "<table>" + content + "</table>\n" : "| a | b |\n|---|---|\n|" + content + "|\n";
    loa::fuzz::require_promises(loa::formats::read_markdown(text), loa::fuzz::Letters::AsTyped);
    return 0;
}
