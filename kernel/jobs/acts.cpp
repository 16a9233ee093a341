#include "loa/jobs/acts.h"

namespace loa::jobs {

void tell(const Registry& registry, Work& work, const Act& act) {
    for (const auto& record : registry.all<RecordAct>()) record(work, act);
}

}  // namespace loa::jobs
