// Who gets a line of a plan in force, in which role, and who hears of it: on the day of issue, and after an amendment.
// On both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "actions.h"
#include "ending_units.h"
#include "loa/jobs/notices.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using identity::Role;
using identity::UnitKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class AssignmentsTest : public testing::HouseTest {
  protected:
    Id unit_since(UnitKind kind, const std::string& name, Date day) {
        return town_->write(Id{}, [&](Work& work) {
            identity::CreateUnit unit;
            unit.parent = town_->root();
            unit.kind = kind;
            unit.name = name;
            unit.valid_from = day;
            return identity::create_unit(work, unit).value();
        });
    }
    void close(Id unit, Date day) {
        ASSERT_TRUE(town_->write(Id{}, [&](Work& work) {
            return identity::close_unit(work, {.unit = unit, .date = day, .version = identity::unit_by_id(work, unit)->version});
        }));
    }
    std::vector<Assignment> assignments(Id plan) {
        return town_->read(clerk_, [&](Work& work) { return assignments_by_plan(work, plan); });
    }
    /// Units that have a line of that activity now, in any role.
    std::vector<Id> units_of(Id plan, Id activity) {
        std::vector<Id> units;
        for (const auto& assignment : assignments(plan))
            if (assignment.activity == activity && assignment.state != AssignmentState::Ended) units.push_back(assignment.unit);
        return units;
    }
    /// What the activity is to the unit.
    std::vector<std::string_view> roles(Id plan, Id activity, Id unit) {
        for (const auto& assignment : assignments(plan))
            if (assignment.activity == activity && assignment.unit == unit) return role_codes(assignment);
        return {};
    }
    Id unit_named(const std::string& name) {
        return town_->read(clerk_, [&](Work& work) { return identity::unit_called(work, name).value_or(Id{}); });
    }
    void correct(Id plan, Id activity, const std::function<void(ActivityWords&)>& change) {
        const Content content = draft_of(plan);
        const auto& item = *content.activity(activity);
        auto words = words_of(item);
        change(words);
        ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan, item), words); }));
    }
};

// ấp Hai ends on the day after the issue, ấp Ba on the day of issue; ấp Bốn begins on the day after.
TEST_P(AssignmentsTest, AClassIsWhoBelongedToItOnTheDayOfIssue) {
    const Id fourth = unit_since(UnitKind::Hamlet, "Ban Nhân dân ấp Bốn", *Date::from(2026, 4, 1));
    close(hamlets_[1], *Date::from(2026, 4, 1));
    close(hamlets_[2], *Date::from(2026, 3, 31));
    const Id plan = issue();
    const Id activity = issued_of(plan).activities.at(0).id;
    EXPECT_THAT(units_of(plan, activity), UnorderedElementsAre(centre_, office_, culture_, hamlets_[0], hamlets_[1]));

    amend(plan);
    issue(plan, "16", "01/04/2026");
    EXPECT_THAT(units_of(plan, activity), UnorderedElementsAre(centre_, office_, culture_, hamlets_[0], fourth));
    EXPECT_THAT(lines(clerk_, hamlets_[1]), IsEmpty()) << "its lines ended with it";
    EXPECT_EQ(lines(clerk_, fourth).size(), 3u) << "the class leads one, takes part in one and has a duty";
}

TEST_P(AssignmentsTest, CommunesAreAClassLikeAnyOther) {
    const Id old = town_->commune("xã Tân Phước"), coming = unit_since(UnitKind::Commune, "xã Tân Thạnh", *Date::from(2026, 4, 1));
    close(old, *Date::from(2026, 3, 31));
    const Id there = town_->commune("xã Tân Long");
    town_->write(Id{}, [](Work& work) { LOA_CHECK(identity::create_group(work, {.name = "UBND các xã", .kinds = {UnitKind::Commune}})); });
    const Id plan = import_text(
        "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\nSố: /KH-UBND\n\n## I. NHIỆM VỤ\n1. Tổ chức hội thi.\n"
        "- Chủ trì: UBND các xã.\n- Thời gian thực hiện: quý III.\n");
    act([&](Work& work) {
        Revision revision = draft_of_in(work, plan);
        revision.head.symbol = "KH-UBND";
        EXPECT_TRUE(correct_document(work, {plan, revision.head_version, revision.head}));
    });
    issue(plan, "15", "31/03/2026");
    EXPECT_THAT(units_of(plan, issued_of(plan).activities.at(0).id), ElementsAre(there));
    EXPECT_THAT(lines(clerk_, old), IsEmpty());
    EXPECT_THAT(lines(clerk_, coming), IsEmpty());
}

TEST_P(AssignmentsTest, ToBeAskedIsARoleOfItsOwn) {
    const Id plan = issue();
    const auto activities = issued_of(plan).activities;
    const Id told = activities[1].id, alone = activities[3].id;
    EXPECT_THAT(roles(plan, told, unit_named("Bưu điện khu vực")), ElementsAre("requested"));
    EXPECT_THAT(roles(plan, told, unit_named("Đài Phát thanh và Truyền hình tỉnh")), ElementsAre("requested"));
    EXPECT_THAT(roles(plan, told, youth_), ElementsAre("partner"));
    EXPECT_THAT(roles(plan, told, culture_), ElementsAre("lead")) << "of two leads none answers until a person says so";
    EXPECT_THAT(roles(plan, alone, office_), ElementsAre("accountable")) << "who leads alone does";

    amend(plan);
    correct(plan, told, [](ActivityWords& words) {
        std::erase(words.partners, "Đoàn Thanh niên xã");
        words.requested.push_back("Đoàn Thanh niên xã");
    });
    issue(plan, "16", "01/04/2026");
    EXPECT_THAT(roles(plan, told, youth_), ElementsAre("requested")) << "asked, no longer told to take part";
}

TEST_P(AssignmentsTest, AnAmendmentIsToldToWhoLosesWhoGainsAndWhoseTimeChanged) {
    const Id plan = issue();
    const Id of_women = town_->person("Lê Thị Bình", women_, Role::OfficeHead);
    const Id of_centre = town_->person("Võ Văn Tư", centre_, Role::OfficeHead);
    const Id of_office = town_->person("Đỗ Thị Năm", office_, Role::OfficeHead);
    const Id of_economy = stranger_;
    const auto unread = [&](Id person) { return town_->read(person, [](Work& work) { return jobs::unread_notices(work); }); };
    const auto of_economy_before = unread(of_economy);
    amend(plan);
    const Content before = draft_of(plan);
    const Id class_ = before.activities[2].id, broadcast = before.activities[1].id;
    correct(plan, class_, [](ActivityWords& words) { words.leads = {"Đoàn Thanh niên xã", "Phòng Kinh tế"}; });
    correct(plan, broadcast, [](ActivityWords& words) { words.deadline = "Từ tháng 4 đến tháng 10 năm 2026"; });
    issue(plan, "16", "01/04/2026");

    ASSERT_THAT(roles(plan, class_, economy_), ElementsAre("lead"));
    ASSERT_THAT(units_of(plan, class_), ::testing::Not(::testing::Contains(women_)));
    EXPECT_EQ(unread(of_women), 1) << "loses the lead";
    EXPECT_EQ(unread(of_economy) - of_economy_before, 1) << "gains it";
    EXPECT_EQ(unread(of_centre), 1) << "leads what now ends earlier";
    EXPECT_EQ(unread(of_office), 0) << "has part in neither";
    const auto notice = town_->read(of_women, [](Work& work) { return jobs::notices(work, 1).at(0); });
    EXPECT_EQ(notice.message.key, "plan.notice_amended");
    EXPECT_THAT(notice.message.args, ::testing::Contains(std::pair<std::string, std::string>("number", "16/KH-UBND")));
    EXPECT_EQ(notice.message.path, "/ke-hoach/" + to_string(plan));
}

TEST_P(AssignmentsTest, AreNamedWhereTheEndOfTheirUnitIsPrepared) {
    issue();
    const auto open_of = [&](Id unit) {
        return town_->read(clerk_, [&](Work& work) {
            const identity::UnitChangeSet set{.authority = work.authority, .changes = {{.kind = identity::ChangeKind::End, .unit = unit}}};
            std::string said;
            for (const auto& line : open_assignments().lines(work, set)) said += line.key + " " + line.args[0].second + " of " + line.args[1].second;
            return said;
        });
    };
    const auto theirs = lines(clerk_, women_).size();
    ASSERT_GT(theirs, 0U);
    EXPECT_EQ(open_of(women_), "plan.preview_open_assignments " + std::to_string(theirs) + " of 1");
    EXPECT_EQ(open_of(town_->unit(UnitKind::Force, "Ban Chỉ huy Quân sự xã")), "") << "it came after the plan and has no line";
}

INSTANTIATE_TEST_SUITE_P(Engines, AssignmentsTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
