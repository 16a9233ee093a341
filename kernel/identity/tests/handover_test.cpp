#include "loa/identity/handover.h"

#include "loa/identity/deputies.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

class Handover : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (!database_) return;
        office_ = town().office("Phòng Nội vụ");
        leaver_ = town().person("Trần Văn Đi", office_, Role::OfficeHead);
        heir_ = town().person("Lê Thị Ở", office_, Role::Clerk);
        registry_.add(HandoverPart{"identity.handover_memberships", [](Work&, Id) { return std::int64_t{3}; },
                                   [this](Work&, Id from, Id to) {
                                       moved_ = {from, to};
                                       return std::int64_t{3};
                                   }});
    }
    Result<std::vector<HandoverLine>> hand(const HandOver& input, Id by = {}) {
        return town().write(by ? by : town().administrator(), [&](Work& work) { return hand_over(work, registry_, input); });
    }
    HandOver today() const { return {.from = leaver_, .to = heir_, .last_day = day(2024, 1, 15)}; }
    std::vector<Membership> held(Id person, Date on) {
        return town().read(Id{}, [&](Work& work) { return memberships_of_person(work, person, on); });
    }

    Registry registry_;
    std::pair<Id, Id> moved_;
    Id office_, leaver_, heir_;
};

TEST_P(Handover, EndsTheRolesAndMovesWhatIsHersInOneAct) {
    town().write(leaver_, [&](Work& work) {
        ASSERT_TRUE(appoint_deputy(work, {leaver_, heir_, day(2024, 1, 15), day(2024, 1, 30), "Nghỉ phép"}));
        EXPECT_EQ(handover_preview(work, registry_, leaver_).size(), 3U);
    });
    const auto lines = hand(today());
    ASSERT_TRUE(lines);
    EXPECT_EQ(moved_, std::pair(leaver_, heir_));
    EXPECT_EQ(held(leaver_, day(2024, 1, 15)).size(), 1U) << "her last day";
    EXPECT_TRUE(held(leaver_, day(2024, 1, 16)).empty());
    EXPECT_EQ(held(heir_, day(2024, 1, 16)).size(), 1U) << "her roles end with her";
    town().read(Id{}, [&](Work& work) {
        EXPECT_TRUE(deputyships(work).empty());
        EXPECT_EQ(timeline_of(work, {"identity.person", work.authority, leaver_}).front().event, "identity.handed_over");
    });
}

TEST_P(Handover, TheRolesGoOverWhereAskedButNotTheKeys) {
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(add_membership(work, {.person = leaver_, .unit = town().root(), .role = Role::Administrator, .valid_from = day(2024, 1, 1)}));
    });
    auto input = today();
    input.roles = LeaverRoles::GoOver;
    ASSERT_TRUE(hand(input));
    const auto after = held(heir_, day(2024, 1, 16));
    ASSERT_EQ(after.size(), 2U);
    for (const auto& each : after) EXPECT_NE(each.role, Role::Administrator);
}

TEST_P(Handover, IsRefusedWhole) {
    auto input = today();
    input.to = leaver_;
    EXPECT_EQ(problem(hand(input)), "to:identity.handover_to_oneself");
    input = today();
    input.last_day = day(2024, 1, 14);
    EXPECT_EQ(problem(hand(input)), "last_day:identity.handover_too_late");
    EXPECT_EQ(hand(today(), town().leader()).failure().reason, Reason::Forbidden);
    testing::Town other(database(), "thị xã Tân Châu");
    input = today();
    input.to = other.person("Người Lạ", other.root(), Role::Clerk);
    EXPECT_EQ(hand(input).failure().reason, Reason::NotFound);
    EXPECT_EQ(moved_, (std::pair<Id, Id>{}));
    EXPECT_EQ(held(leaver_, day(2024, 1, 16)).size(), 1U);
}

TEST_P(Handover, TheLastAdministratorStays) {
    const Id last = town().administrator();
    auto input = today();
    input.from = last;
    EXPECT_EQ(hand(input, last).failure().reason, Reason::Conflict);
}

TEST_P(Handover, WhatIsToBeginNeverDoesAndGoesOverWithItsDays) {
    const Id archive = town().office("Phòng Lưu trữ");
    const auto begins = [&](Date from) {
        town().write(Id{}, [&](Work& work) {
            ASSERT_TRUE(add_membership(work, {.person = leaver_, .unit = archive, .role = Role::OfficeHead, .valid_from = from, .valid_to = day(2024, 7, 1)}));
        });
    };
    begins(day(2024, 2, 1));
    town().write(leaver_, [&](Work& work) { EXPECT_EQ(handover_preview(work, registry_, leaver_).front().count, 2); });
    auto input = today();
    input.roles = LeaverRoles::GoOver;
    const auto lines = hand(input);
    ASSERT_TRUE(lines);
    EXPECT_EQ(lines->front().count, 2);
    EXPECT_TRUE(held(leaver_, day(2024, 2, 1)).empty());
    EXPECT_EQ(held(heir_, day(2024, 1, 31)).size(), 2U);
    EXPECT_EQ(held(heir_, day(2024, 2, 1)).size(), 3U);
    EXPECT_EQ(held(heir_, day(2024, 7, 1)).size(), 2U) << "no longer than the leaver had it";
}

TEST_P(Handover, WhoManagesTheUnitAloneEndsTheDeputyshipsToo) {
    const auto keeper = [&](const std::string& name, Id unit) {
        const Id made = town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = name, .sign_in_name = name, .unit = unit, .role = Role::Administrator, .valid_from = day(2024, 1, 1), .scope = Scope::Subtree}).value();
        });
        town().second_factor(made);
        return made;
    };
    const Id part = keeper("quantri.noivu", office_), elsewhere = keeper("quantri.luutru", town().office("Phòng Lưu trữ"));
    town().write(leaver_, [&](Work& work) {
        ASSERT_TRUE(appoint_deputy(work, {leaver_, heir_, day(2024, 1, 15), day(2024, 1, 30), "Nghỉ phép"}));
    });
    EXPECT_EQ(problem(hand(today(), elsewhere)), ":identity.person_beyond_reach") << "and says why";
    EXPECT_EQ(moved_, (std::pair<Id, Id>{}));
    EXPECT_EQ(problem(hand(today(), part)), "");
    town().read(Id{}, [&](Work& work) { EXPECT_TRUE(deputyships(work).empty()); });
    // More than a role of the unit is not hers to end.
    const Id leader = town().person("Lê Văn Lãnh", office_, Role::Leader);
    auto input = today();
    input.from = leader;
    EXPECT_EQ(problem(hand(input, part)), ":identity.person_beyond_reach");
}

LOA_ON_BOTH_ENGINES(Handover);

}  // namespace
}  // namespace loa::identity
