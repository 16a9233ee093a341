#include "loa/identity/who_may.h"

#include "support/on_engine.h"
#include "verbs.h"

namespace loa::identity {
namespace {

constexpr Verb kSign{"test.sign", {{Role::OfficeHead, Scope::Subtree}, {Role::Leader, Scope::Authority}}, "test.verb.sign"};

class WhoMay : public OnEngine {};

TEST_P(WhoMay, SaysByWhichRoleHowFarAndInWhosePlace) {
    const Id office = town().office("Phòng Nội vụ");
    const Id head = town().person("Trưởng Phòng", office, Role::OfficeHead);
    const Id clerk = town().person("Công Chức", office, Role::Clerk);
    town().write(head, [&](Work& work) {
        ASSERT_TRUE(appoint_deputy(work, {head, clerk, day(2024, 1, 15), day(2024, 1, 19), "Nghỉ phép"}));
    });
    const Id leader = town().leader();
    town().read(Id{}, [&](Work& work) {
        const auto holdings = who_may(work, kSign);
        ASSERT_EQ(holdings.size(), 3U);
        const auto of = [&](Id person) {
            for (const auto& each : holdings)
                if (each.person == person) return each;
            return Holding{};
        };
        EXPECT_EQ(of(leader).scope, Scope::Authority);
        EXPECT_EQ(of(head).scope, Scope::Subtree);
        EXPECT_FALSE(of(head).as_deputy);
        ASSERT_TRUE(of(clerk).as_deputy);
        EXPECT_EQ(of(clerk).as_deputy->principal, head);
    });
    town().clock().set(start_of(day(2024, 1, 20)));
    town().read(Id{}, [&](Work& work) { EXPECT_EQ(who_may(work, kSign).size(), 2U) << "the deputy's days are over"; });
}

TEST_P(WhoMay, LeavesOutWhoCannotSignInAndTellsWhoseKeysRest) {
    const Id administrator = town().administrator();
    town().read(Id{}, [&](Work& work) {
        ASSERT_EQ(who_may(work, kManagePeople).size(), 1U);
        EXPECT_TRUE(who_may(work, kManagePeople).front().rests);
    });
    town().second_factor(administrator);
    town().read(Id{}, [&](Work& work) { EXPECT_FALSE(who_may(work, kManagePeople).front().rests); });
    town().write(Id{}, [&](Work& work) { ASSERT_TRUE(deactivate_person(work, administrator)); });
    town().read(Id{}, [&](Work& work) { EXPECT_TRUE(who_may(work, kManagePeople).empty()); });
}

TEST_P(WhoMay, AgreesWithWhatThePersonCanDo) {
    Registry registry;
    registry.add(kSign);
    for (const Verb* verb : kOwnVerbs) registry.add(*verb);
    const Id office = town().office("Phòng Nội vụ");
    for (const Role role : kRoles) {
        const Id person = town().person("Người Thử", office, role);
        town().read(person, [&](Work& work) {
            const auto held = what_may(work, registry, person);
            for (const Verb& verb : registry.all<Verb>()) {
                const bool listed = std::any_of(held.begin(), held.end(), [&](const auto& each) { return each.verb->name == verb.name; });
                EXPECT_EQ(listed, may(work, verb)) << verb.name << " as " << code(role);
            }
        });
    }
}

LOA_ON_BOTH_ENGINES(WhoMay);

}  // namespace
}  // namespace loa::identity
