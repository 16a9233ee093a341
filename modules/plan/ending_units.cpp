#include "ending_units.h"

namespace loa::plan {

namespace {

std::vector<identity::PreviewLine> lines(const Work& work, const identity::UnitChangeSet& set) {
    std::vector<identity::PreviewLine> said;
    for (const auto& change : set.changes) {
        if (change.kind != identity::ChangeKind::End) continue;
        const auto row = work.db.one("plan.count_of_open_assignments", {work.authority, change.unit});
        if (const auto open = row->number("assignments"); open > 0)
            said.push_back({change.id, "plan.preview_open_assignments", {{"n", std::to_string(open)}, {"plans", std::to_string(row->number("plans"))}}});
    }
    return said;
}

}  // namespace

identity::UnitChangePreview open_assignments() { return {"plan.open_assignments", lines}; }

}  // namespace loa::plan
