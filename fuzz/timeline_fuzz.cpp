// The changes of a line of the timeline, as they stand in the database: a restored one may hold anything there, and the page
// and the export show every line all the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "../kernel/identity/timeline_text.h"
#include "promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loa;
    const auto changes = identity::changes_of({reinterpret_cast<const char*>(data), size});
    for (const auto& change : changes)
        for (const auto* text : {&change.field, &change.before, &change.after}) fuzz::require(is_utf8(*text));
    fuzz::require(identity::changes_of(identity::text_of(changes)) == changes);
    return 0;
}
