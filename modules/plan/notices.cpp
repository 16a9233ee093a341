#include "notices.h"

#include <set>

#include "loa/identity/people.h"
#include "loa/jobs/notices.h"

namespace loa::plan {

void tell_unit(Work& work, Id unit, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args,
               std::string_view path) {
    std::set<Id> told;
    for (const auto& member : identity::people_of_unit(work, unit))
        if (member.person != work.actor.person && told.insert(member.person).second)
            jobs::notify(work, member.person, key, args, path);
}

}  // namespace loa::plan
