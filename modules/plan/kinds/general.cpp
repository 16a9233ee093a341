// Any activity that no other kind describes better: nothing more is asked, no number is yielded.
#include "kinds/kinds.h"

#include "loa/base/check.h"

namespace loa::plan {

ActivityKind general() { return {.name = std::string(kGeneralKind), .label = "plan.kind_general"}; }

const ActivityKind& kind_by_name(const Registry& registry, std::string_view name) {
    const ActivityKind* fallback = nullptr;
    for (const auto& kind : registry.all<ActivityKind>()) {
        if (kind.name == name) return kind;
        if (kind.name == kGeneralKind) fallback = &kind;
    }
    LOA_CHECK(fallback != nullptr);
    return *fallback;
}

}  // namespace loa::plan
