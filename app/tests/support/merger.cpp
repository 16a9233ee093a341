#include "tests/support/merger.h"

#include "loa/base/check.h"
#include "loa/jobs/queue.h"

namespace loa::app {

using identity::ChangeKind;

Id confirm_changes(Commune& commune, const std::string& name, Date day, const std::string& begins, identity::UnitKind kind,
                   const std::vector<Ending>& endings) {
    auto& town = commune.town();
    return town.write(town.administrator(), [&](Work& work) {
        const Id set = identity::describe_change_set(work, {.name = name, .basis = "Nghị quyết " + name, .day = day}).value();
        const auto add = [&](const identity::UnitChange& change) {
            return identity::add_change(work, {set, change, identity::change_set_by_id(work, set)->version}).value();
        };
        Id begun;
        if (!begins.empty()) begun = add({.kind = ChangeKind::Create, .parent = town.root(), .unit_kind = kind, .name = begins});
        for (const auto& ending : endings) {
            identity::UnitChange change{.kind = ChangeKind::End, .unit = ending.unit, .closing = ending.closing};
            for (const Id successor : ending.successors)
                change.successors.push_back({{town.authority(), successor ? successor : begun}, std::nullopt, change.successors.empty()});
            add(change);
        }
        LOA_CHECK(identity::confirm_change_set(work, set, identity::change_set_by_id(work, set)->version));
        return begun;
    });
}

void dawn(Commune& commune, Date day) {
    commune.town().clock().set(start_of(day).plus_seconds(5 * 60));
    commune.town().write(Id{}, [](Work& work) {
        work.authority = {};
        jobs::enqueue(work, "identity.apply_unit_changes", "{}");
    });
    commune.run_jobs();
}

}  // namespace loa::app
