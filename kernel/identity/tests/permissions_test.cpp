#include "loa/identity/permissions.h"

#include "loa/base/fault.h"
#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

constexpr Verb kIssue{
    "test.issue", {{Role::Clerk, Scope::OwnUnit}, {Role::OfficeHead, Scope::Subtree}, {Role::Leader, Scope::Authority}}, "test.verb.issue"};

class Permissions : public OnEngine {};

TEST_P(Permissions, FollowTheRole) {
    const Id office = town().office("Phòng Nội vụ");
    for (const Role role : kRoles) {
        const Id person = town().person("Người Thử", office, role);
        town().read(person, [&](Work& work) {
            EXPECT_EQ(may(work, kIssue), role == Role::Leader || role == Role::OfficeHead || role == Role::Clerk) << code(role);
            EXPECT_EQ(may_throughout(work, kIssue), role == Role::Leader) << code(role);
        });
    }
    town().read(Id{}, [&](Work& work) {
        EXPECT_TRUE(may(work, kIssue)) << "the system";
        work.actor = {};
        EXPECT_FALSE(may(work, kIssue)) << "a stranger";
        work.actor.grants = {{office, "emperor"}};
        EXPECT_FALSE(may(work, kIssue)) << "a role nobody knows";
    });
}

TEST_P(Permissions, ReachDownTheTreeAndNotAcross) {
    const Id office = town().office("Phòng Nội vụ"), sibling = town().office("Phòng Y tế");
    const Id team = town().write(Id{}, [&](Work& work) {
        return create_unit(work, {.parent = office, .name = "Tổ cải cách", .valid_from = day(2020, 1, 1)})
            .value();
    });
    testing::Town other(database(), "thị xã Tân Châu");
    const Id head = town().person("Trưởng Phòng", office, Role::OfficeHead);
    town().read(head, [&](Work& work) {
        EXPECT_TRUE(may_in_unit(work, kIssue, office));
        EXPECT_TRUE(may_in_unit(work, kIssue, team));
        EXPECT_FALSE(may_in_unit(work, kIssue, sibling));
        EXPECT_FALSE(may_in_unit(work, kIssue, town().root())) << "not upwards";
        EXPECT_FALSE(may_in_unit(work, kIssue, other.root()));
        EXPECT_FALSE(may_in_unit(work, kIssue, Id{99}));
        EXPECT_EQ(units_where_may(work, kIssue), (std::vector<Id>{office, team}));
    });
    town().read(town().person("Công Chức", office, Role::Clerk), [&](Work& work) {
        EXPECT_TRUE(may_in_unit(work, kIssue, office));
        EXPECT_FALSE(may_in_unit(work, kIssue, team)) << "her role holds it in her own unit only";
        EXPECT_EQ(units_where_may(work, kIssue), (std::vector<Id>{office}));
    });
    // A leader's reach is the authority, in whatever unit of it he sits.
    town().read(town().person("Lãnh Đạo", office, Role::Leader), [&](Work& work) {
        for (const Id unit : {town().root(), office, team, sibling}) EXPECT_TRUE(may_in_unit(work, kIssue, unit));
        EXPECT_FALSE(may_in_unit(work, kIssue, other.root()));
        EXPECT_FALSE(may_in_unit(work, kIssue, Id{99}));
        EXPECT_EQ(units_where_may(work, kIssue).size(), 4U);
    });
    town().read(Id{}, [&](Work& work) {
        EXPECT_TRUE(may_in_unit(work, kIssue, team));
        EXPECT_FALSE(may_in_unit(work, kIssue, other.root())) << "not even the system, in another authority";
    });
}

TEST_P(Permissions, EndWithTheMembership) {
    const Id office = town().office("Phòng Nội vụ");
    const Id head = town().person("Trưởng Phòng", office, Role::OfficeHead);
    town().person("Người Khác", office, Role::Clerk);
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(close_unit(work, {office, ClosingKind::Dissolved, day(2024, 1, 20), {}, 1}));
    });
    town().clock().set(start_of(day(2024, 1, 20)).plus_seconds(-1));
    town().read(head, [&](Work& work) { EXPECT_TRUE(may(work, kIssue)); });
    town().clock().set(start_of(day(2024, 1, 20)));
    database().read([&](storage::Transaction& transaction) {
        const auto work =
            work_for_person(transaction, town().ids(), town().clock().now(), head, town().authority());
        EXPECT_EQ(work.failure().reason, Reason::Forbidden);
    });
}

TEST_P(Permissions, AMembershipMayReachLessFarThanItsRoleButNeverFarther) {
    const Id office = town().office("Phòng Nội vụ"), sibling = town().office("Phòng Y tế");
    const Id team = town().write(Id{}, [&](Work& work) {
        return create_unit(work, {.parent = office, .name = "Tổ cải cách", .valid_from = day(2020, 1, 1)}).value();
    });
    const auto member = [&](Role role, Scope scope) {
        return town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = "Người Thử",
                                        .sign_in_name = "thu." + std::string(code(role)) + "." + std::string(code(scope)),
                                        .unit = office,
                                        .role = role,
                                        .valid_from = day(2020, 1, 1),
                                        .scope = scope})
                .value();
        });
    };
    const auto reached = [&](Role role, Scope scope) {
        return town().read(member(role, scope), [&](Work& work) {
            std::vector<bool> answers{may_throughout(work, kIssue)};
            for (const Id unit : {office, team, sibling}) answers.push_back(may_in_unit(work, kIssue, unit));
            return answers;
        });
    };
    EXPECT_EQ(reached(Role::Leader, Scope::OwnUnit), (std::vector<bool>{false, true, false, false}));
    EXPECT_EQ(reached(Role::Leader, Scope::Subtree), (std::vector<bool>{false, true, true, false}));
    EXPECT_EQ(reached(Role::Leader, Scope::Authority), (std::vector<bool>{true, true, true, true}));
    EXPECT_EQ(reached(Role::OfficeHead, Scope::OwnUnit), (std::vector<bool>{false, true, false, false}));
    EXPECT_EQ(reached(Role::Clerk, Scope::Authority), (std::vector<bool>{false, true, false, false})) << "never farther";
    town().read(Id{}, [&](Work& work) {
        work.actor = {};
        work.actor.grants = {{office, "leader", "galaxy"}};
        EXPECT_FALSE(may(work, kIssue)) << "a reach nobody knows";
    });
}

LOA_ON_BOTH_ENGINES(Permissions);

TEST(PermissionTable, ListsEveryVerbOnce) {
    Registry registry;
    registry.add(Keys::random());
    join(registry);
    registry.add(kIssue);
    const auto rows = permission_table(registry);
    ASSERT_FALSE(rows.empty());
    EXPECT_EQ(rows.back().verb, "test.issue");
    const std::optional<Scope> no;
    EXPECT_EQ(rows.back().scopes,
              (std::vector<std::optional<Scope>>{Scope::OwnUnit, Scope::Subtree, Scope::Authority, no, no, no, no}));
    for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_LT(rows[i - 1].verb, rows[i].verb);
    for (const auto& row : rows) {
        if (row.verb != "identity.read_timeline") continue;
        EXPECT_EQ(row.scopes, (std::vector<std::optional<Scope>>{no, no, no, no, no, Scope::Authority, Scope::Authority}));
    }
    EXPECT_EQ(verb_by_name(registry, "test.issue").description, "test.verb.issue");
    EXPECT_THROW(verb_by_name(registry, "test.isue"), Fault);
    registry.add(kIssue);
    EXPECT_THROW(permission_table(registry), Fault);
}

TEST(Roles, HaveCodesThatReadBack) {
    for (const Role role : kRoles) EXPECT_EQ(role_from(code(role)), role);
    for (const Scope scope : kScopes) EXPECT_EQ(scope_from(code(scope)), scope);
    EXPECT_FALSE(role_from("Clerk"));
}

}  // namespace
}  // namespace loa::identity
