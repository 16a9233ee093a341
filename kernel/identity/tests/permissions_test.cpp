#include "loa/identity/permissions.h"

#include "loa/base/fault.h"
#include "loa/identity/join.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

constexpr Verb kIssue{"test.issue", {Role::Leader, Role::OfficeHead}, "test.verb.issue"};

class Permissions : public OnEngine {};

TEST_P(Permissions, FollowTheRole) {
    const Id office = town().office("Phòng Nội vụ");
    for (const Role role : kRoles) {
        const Id person = town().person("Người Thử", office, role);
        town().read(person, [&](Work& work) {
            EXPECT_EQ(may(work, kIssue), role == Role::Leader || role == Role::OfficeHead) << code(role);
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
        EXPECT_TRUE(has_role_in_unit(work, Role::OfficeHead, team));
        EXPECT_FALSE(has_role_in_unit(work, Role::Leader, team));
    });
    town().read(town().leader(), [&](Work& work) { EXPECT_TRUE(may_in_unit(work, kIssue, team)); });
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

LOA_ON_BOTH_ENGINES(Permissions);

TEST(PermissionTable, ListsEveryVerbOnce) {
    Registry registry;
    join(registry);
    registry.add(kIssue);
    const auto rows = permission_table(registry);
    ASSERT_FALSE(rows.empty());
    EXPECT_EQ(rows.back().verb, "test.issue");
    EXPECT_EQ(rows.back().allowed, (std::vector<bool>{false, true, true, false, false, false, false}));
    for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_LT(rows[i - 1].verb, rows[i].verb);
    for (const auto& row : rows) {
        if (row.verb != "identity.read_timeline") continue;
        EXPECT_EQ(row.allowed, (std::vector<bool>{false, false, false, false, false, true, true}));
    }
    EXPECT_EQ(verb_by_name(registry, "test.issue").description, "test.verb.issue");
    EXPECT_THROW(verb_by_name(registry, "test.isue"), Fault);
    registry.add(kIssue);
    EXPECT_THROW(permission_table(registry), Fault);
}

TEST(Roles, HaveCodesThatReadBack) {
    for (const Role role : kRoles) EXPECT_EQ(role_from(code(role)), role);
    EXPECT_FALSE(role_from("Clerk"));
}

}  // namespace
}  // namespace loa::identity
