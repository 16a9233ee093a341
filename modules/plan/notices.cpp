#include "notices.h"

#include <algorithm>

#include "loa/identity/deputies.h"
#include "loa/identity/people.h"

namespace loa::plan {

namespace {
/// Each once, with whoever acts in the place of one of them today.
template <class Wanted>
std::vector<Id> people_among(const Work& work, const std::vector<identity::Membership>& members, Wanted&& wanted) {
    std::vector<Id> people;
    for (const auto& member : members)
        if (wanted(member) && std::find(people.begin(), people.end(), member.person) == people.end())
            people.push_back(member.person);
    return identity::with_deputies(work, people);
}
}  // namespace

void tell_unit(Work& work, Id unit, const MessageKind& kind, const Message& message) {
    const auto everyone = [](const auto&) { return true; };
    for (const Id person : people_among(work, identity::people_of_unit(work, unit), everyone))
        if (person != work.actor.person) jobs::notify(work, person, kind, message);
}

void tell_leaders(Work& work, const MessageKind& kind, const Message& message) {
    const auto leads = [](const identity::Membership& member) { return member.role == identity::Role::Leader; };
    for (const Id person : people_among(work, identity::memberships_on(work, work.today()), leads))
        jobs::notify(work, person, kind, message);
}

}  // namespace loa::plan
