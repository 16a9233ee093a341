#include "notices.h"

#include <algorithm>

#include "loa/identity/deputies.h"
#include "loa/identity/people.h"
#include "loa/jobs/notices.h"

namespace loa::plan {

void tell_unit(Work& work, Id unit, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args,
               std::string_view path) {
    std::vector<Id> people;
    for (const auto& member : identity::people_of_unit(work, unit))
        if (std::find(people.begin(), people.end(), member.person) == people.end()) people.push_back(member.person);
    for (const Id person : identity::with_deputies(work, people))
        if (person != work.actor.person) jobs::notify(work, person, key, args, path);
}

}  // namespace loa::plan
