#include "ending_units.h"

namespace loa::monitoring {

namespace {

std::optional<Id> heir_of(const Work& work, const identity::UnitChange& change) {
    std::optional<Id> heir;
    for (const auto& successor : change.successors) {
        if (successor.unit.authority != work.authority) continue;
        if (successor.takes_people) return successor.unit.unit;
        if (change.successors.size() == 1) heir = successor.unit.unit;
    }
    return heir;
}

}  // namespace

void pass_on(Work& work, const identity::UnitChangeSet& set) {
    for (const auto& change : set.changes) {
        if (change.kind != identity::ChangeKind::End) continue;
        const auto heir = heir_of(work, change);
        if (!heir) continue;
        for (const char* statement : {"monitoring.pass_feeds", "monitoring.pass_draft_letters"}) work.db.run(statement, {work.authority, change.unit, *heir});
    }
}

}  // namespace loa::monitoring
