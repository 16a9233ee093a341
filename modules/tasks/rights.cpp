#include "rights.h"

#include <algorithm>

#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "verbs.h"

namespace loa::tasks {

UnitRights::UnitRights(const Work& work, Id unit)
    : person_(work.actor.person),
      acting_for_(work.actor.acting_for),
      works_(identity::may_in_unit(work, kWork, unit)),
      assigns_(identity::may_in_unit(work, kAssign, unit)),
      member_(false) {
    const auto own = identity::own_units(work);
    member_ = std::find(own.begin(), own.end(), unit) != own.end();
}

bool UnitRights::changes(const Task& task) const {
    if (assigns_) return true;
    const bool hers = task.has(person_) || (acting_for_ && task.has(acting_for_)) || task.created_by == person_;
    return works_ && (hers || (!task.responsible && task.partners.empty()));
}

bool UnitRights::decides(const Task& task) const { return assigns_ || (works_ && task.created_by == person_); }

bool UnitRights::takes(const Task& task) const { return works_ && member_ && task.open() && !task.responsible; }

}  // namespace loa::tasks
