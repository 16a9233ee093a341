#include "loa/identity/who_may.h"

#include <algorithm>

#include "loa/identity/authorities.h"
#include "loa/identity/second_factor.h"

namespace loa::identity {

namespace {
/// What everybody holds today, read once for as many verbs as are asked for.
class Today {
  public:
    explicit Today(const Work& work)
        : work_(work), memberships_(memberships_on(work, work.today())), deputyships_(deputyships(work)) {
        std::erase_if(deputyships_, [&](const Deputyship& each) { return !each.in_force_on(work.today()); });
        const auto authority = authority_by_id(work, work.authority);
        keys_never_rest_ = authority && authority->demonstration;
        for (const auto& row : work.db.query("identity.stopped_people", {work.authority})) stopped_.push_back(row.id("id"));
    }

    std::vector<Holding> holders(const Verb& verb) const {
        std::vector<Holding> found;
        for (const Membership& each : memberships_)
            if (const auto scope = reach(each, verb); scope && !is_stopped(each.person))
                found.push_back({each.person, each.person_name, each, *scope, std::nullopt, rests(each)});
        for (const Deputyship& lent : deputyships_)
            for (const Membership& each : memberships_)
                if (each.person == lent.principal && each.role != Role::Administrator && !is_stopped(lent.deputy) && !is_stopped(lent.principal))
                    if (const auto scope = reach(each, verb)) found.push_back({lent.deputy, lent.deputy_name, each, *scope, lent, false});
        return found;
    }

  private:
    static std::optional<Scope> reach(const Membership& membership, const Verb& verb) {
        const auto whole = verb.roles.of(membership.role);
        return whole && membership.scope ? std::optional(std::min(*whole, *membership.scope)) : whole;
    }
    bool is_stopped(Id person) const { return std::find(stopped_.begin(), stopped_.end(), person) != stopped_.end(); }
    bool rests(const Membership& membership) const {
        return membership.role == Role::Administrator && !keys_never_rest_ &&
               second_factor_of(work_, membership.person) != SecondFactor::On;
    }

    const Work& work_;
    std::vector<Membership> memberships_;
    std::vector<Deputyship> deputyships_;
    std::vector<Id> stopped_;
    bool keys_never_rest_ = false;
};
}  // namespace

std::vector<Holding> who_may(const Work& work, const Verb& verb) {
    return Today(work).holders(verb);
}

std::vector<VerbHolding> what_may(const Work& work, const Registry& registry, Id person) {
    const Today today(work);
    std::vector<VerbHolding> all;
    for (const Verb& verb : registry.all<Verb>()) {
        auto holdings = today.holders(verb);
        std::erase_if(holdings, [&](const Holding& each) { return each.person != person; });
        if (!holdings.empty()) all.push_back({&verb, std::move(holdings)});
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.verb->name < b.verb->name; });
    return all;
}

}  // namespace loa::identity
