// "Who can do this?" and "What can she do?": the table of permissions laid over today's memberships and deputies.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/identity/deputies.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"

namespace loa::identity {

/// Why somebody may: by which role in which unit, how far, and in whose place.
struct Holding {
    Id person;
    std::string person_name;
    Membership by;                        // hers, or the principal's
    Scope scope = Scope::OwnUnit;         // how far she reaches with it
    std::optional<Deputyship> as_deputy;  // it is lent until its last day
    bool rests = false;                   // an administrator whose second factor is off: not before it is on
};

/// In the order of memberships_on(); what is lent, last. Accounts that were stopped hold nothing.
std::vector<Holding> who_may(const Work& work, const Verb& verb);

struct VerbHolding {
    const Verb* verb;
    std::vector<Holding> holdings;
};
/// Every verb that she holds today, by name.
std::vector<VerbHolding> what_may(const Work& work, const Registry& registry, Id person);

}  // namespace loa::identity
