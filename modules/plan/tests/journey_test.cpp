// The first journey at the level of actions, on both databases: a file becomes an issued, amended plan.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "actions.h"
#include "difference.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "names.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

class JourneyTest : public testing::HouseTest {};

TEST_P(JourneyTest, TheFileIsReadAsItStands) {
    const Content content = draft_of(import());
    ASSERT_EQ(content.activities.size(), 4u);
    EXPECT_EQ(names_in_role(content.activities[0].parties, PartyRole::Lead),
              "Trung tâm Phục vụ hành chính công xã; Ban Nhân dân các ấp");
    EXPECT_EQ(names_in_role(content.activities[1].parties, PartyRole::Requested),
              "Bưu điện khu vực; Đài Phát thanh và Truyền hình tỉnh");
    EXPECT_EQ(content.clauses_of(ClauseKind::LegalBasis).size(), 2u);
    EXPECT_EQ(content.clauses_of(ClauseKind::Theme).size(), 3u);
    EXPECT_EQ(content.clauses_of(ClauseKind::Recipient).size(), 4u);
    EXPECT_FALSE(content.revision.head.number);
    EXPECT_FALSE(content.activities[3].deadline);
    EXPECT_TRUE(content.activities[3].targets.empty());
}

TEST_P(JourneyTest, ADraftIsItsOfficesBusiness) {
    const Id plan = import();
    EXPECT_EQ(town_->read(stranger_, [&](Work& work) { return plan_by_id(work, plan).failure().reason; }), Reason::NotFound);
    EXPECT_TRUE(town_->read(leader_, [&](Work& work) { return static_cast<bool>(plan_by_id(work, plan)); }));
    EXPECT_TRUE(town_->read(stranger_, [&](Work& work) { return plans(work, {}).empty(); }));
}

TEST_P(JourneyTest, AnUnreviewedDraftCannotBeSubmitted) {
    const Id plan = import();
    const auto result = town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.failure().reason, Reason::Invalid);
    const auto& problems = result.failure().problems;
    EXPECT_TRUE(std::any_of(problems.begin(), problems.end(), [](const Problem& problem) { return problem.key == "plan.open_name"; }));
}

TEST_P(JourneyTest, TwoReviewersNeverOverwriteEachOther) {
    const Id plan = import();
    const auto activity = draft_of(plan).activities.front();
    const ItemRef seen{plan, activity.id, activity.review.version};
    ActivityWords words;
    words.title = "Niêm yết thủ tục";
    words.leads = {"Phòng Kinh tế"};
    EXPECT_TRUE(town_->write(second_, [&](Work& work) { return correct_activity(work, seen, words); }));
    const auto late = town_->write(clerk_, [&](Work& work) { return correct_activity(work, seen, words); });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.failure().reason, Reason::Conflict);
    EXPECT_EQ(late.failure().problems.front().args.front().second, "Phạm Văn Lực");
}

TEST_P(JourneyTest, NobodyConfirmsOrSubmitsWhatAnotherHasChangedMeanwhile) {
    const Id plan = import();
    const std::int64_t seen = version(plan);
    const auto activity = draft_of(plan).activities.front();
    ActivityWords words;
    words.title = "Niêm yết thủ tục";
    words.leads = {"Phòng Kinh tế"};
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return correct_activity(work, {plan, activity.id, activity.review.version}, words); }));
    const auto refused = [&](const Result<>& done) {
        ASSERT_FALSE(done);
        EXPECT_EQ(done.failure().reason, Reason::Conflict);
        EXPECT_EQ(done.failure().problems.front().key, "plan.draft_changed_meanwhile");
        EXPECT_EQ(done.failure().problems.front().args.front().second, "Phạm Văn Lực");
    };
    refused(town_->write(clerk_, [&](Work& work) { return confirm_clauses(work, {plan, seen}, ClauseKind::Theme); }));
    refused(town_->write(clerk_, [&](Work& work) { return confirm_sure_activities(work, {plan, seen}); }));
    refused(town_->write(clerk_, [&](Work& work) { return confirm_duties(work, {plan, seen}); }));
    refused(town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, seen, ""}); }));
    const Content content = draft_of(plan);
    for (const auto& duty : content.duties) EXPECT_FALSE(duty.review.confirmed_by) << duty.text;
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return confirm_duties(work, {plan, version_in(work, plan)}); }));
}

TEST_P(JourneyTest, EachAssignmentTellsHowItCameAboutAndEnded) {
    const Id plan = issue();
    const auto of_police = lines(clerk_, police_).front().assignment;
    const auto told = [&] {
        return town_->read(clerk_, [&](Work& work) { return identity::timeline_of(work, {"plan.assignment", work.authority, of_police.id}); });
    };
    ASSERT_EQ(told().size(), 1u);
    EXPECT_EQ(told().front().event, "plan.line_assigned");
    EXPECT_THAT(told().front().changes, ::testing::ElementsAre(identity::Change{"role", "", "partner"}, identity::Change{"line_state", "", "open"}));

    const auto amend = [&](const std::vector<std::string>& leads, const std::vector<std::string>& partners) {
        ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return amend_plan(work, {plan, plan_by_id(work, plan)->version, ""}); }));
        const Content content = draft_of(plan);
        const auto& activity = *content.activity(*of_police.activity);
        ActivityWords words;
        words.ordinal = activity.ordinal, words.title = activity.title, words.leads = leads, words.partners = partners;
        ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return correct_activity(work, {plan, activity.id, activity.review.version}, words); }));
        review(plan);
        ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
        ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}); }));
        static int number = 20;
        ASSERT_TRUE(town_->write(clerk_, [&](Work& work) {
            return issue_plan(work, {plan, version_in(work, plan), std::to_string(++number), "31/03/2026"});
        }));
    };
    amend({"Công an xã"}, {"Phòng Kinh tế"});
    EXPECT_EQ(told().front().event, "plan.line_roles_changed");
    EXPECT_THAT(told().front().changes, ::testing::Contains(identity::Change{"role", "partner", ""}));
    amend({"Phòng Kinh tế"}, {});
    EXPECT_EQ(told().front().event, "plan.line_ended");
    EXPECT_THAT(told().front().changes, ::testing::ElementsAre(identity::Change{"line_state", "open", "ended"}));
    amend({"Phòng Kinh tế"}, {"Công an xã"});
    EXPECT_EQ(told().front().event, "plan.line_assigned");
    EXPECT_THAT(told().front().changes, ::testing::Contains(identity::Change{"line_state", "ended", "open"}));
}

TEST_P(JourneyTest, EveryUnitSeesItsOwnLines) {
    const Id plan = issue();
    const auto of_hamlet = lines(clerk_, hamlets_[1]);
    ASSERT_EQ(of_hamlet.size(), 3u);  // lead of 1, partner of 2, a duty of its own
    EXPECT_TRUE(of_hamlet[0].assignment.lead);
    EXPECT_TRUE(of_hamlet[1].assignment.partner);
    EXPECT_TRUE(of_hamlet[2].assignment.duty.has_value());
    EXPECT_EQ(of_hamlet[0].document_number, "15/KH-UBND");
    const auto of_police = lines(clerk_, police_);
    ASSERT_EQ(of_police.size(), 1u);
    EXPECT_TRUE(of_police[0].assignment.partner);
    EXPECT_FALSE(of_police[0].assignment.lead);
    EXPECT_TRUE(town_->read(stranger_, [&](Work& work) { return static_cast<bool>(plan_by_id(work, plan)); }));
}

TEST_P(JourneyTest, TheUnitsAreTold) {
    issue();
    EXPECT_GE(town_->read(stranger_, [&](Work& work) { return jobs::unread_notices(work); }), 1);
}

TEST_P(JourneyTest, OnlyTheLeaderApprovesAndOnlyTheOfficeIssues) {
    const Id plan = import();
    review(plan);
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
    EXPECT_EQ(town_->write(clerk_, [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}).failure().reason; }),
              Reason::Forbidden);
    EXPECT_EQ(town_->write(leader_, [&](Work& work) { return return_plan(work, {plan, version_in(work, plan), " "}).failure().reason; }),
              Reason::Invalid);
    EXPECT_TRUE(town_->write(leader_, [&](Work& work) { return return_plan(work, {plan, version_in(work, plan), "Bổ sung chỉ tiêu"}); }));
    const auto steps = town_->read(clerk_, [&](Work& work) { return steps_by_plan(work, plan); });
    EXPECT_EQ(steps.front().reason, "Bổ sung chỉ tiêu");
}

TEST_P(JourneyTest, TheIssuedWordsNeverChange) {
    const Id plan = issue();
    const auto activity = issued_of(plan).activities.front();
    ActivityWords words;
    words.title = "Khác";
    EXPECT_EQ(town_->write(clerk_, [&](Work& work) {
        return correct_activity(work, {plan, activity.id, activity.review.version}, words).failure().reason;
    }),
              Reason::Conflict);
}

TEST_P(JourneyTest, WhatThePaperLeavesOpenIsAddedApart) {
    const Id plan = issue();
    const auto activity = issued_of(plan).activities[3];
    CompleteActivity input;
    input.plan = plan;
    input.activity = activity.id;
    input.version = activity.review.version;
    input.deadline = "trước ngày 30/11";
    input.targets = {"ít nhất 200 phiếu"};
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return complete_activity(work, input); }));
    const auto completed = issued_of(plan).activities[3];
    ASSERT_TRUE(completed.deadline && completed.deadline->added);
    EXPECT_EQ(completed.deadline->to, Date::from(2026, 11, 30));
    EXPECT_EQ(completed.deadline->added->by, clerk_);
    ASSERT_EQ(completed.targets.size(), 1u);
    EXPECT_EQ(completed.targets[0].value, 200);
    // The paper names leads here: none can be added.
    input.version = completed.review.version;
    input.leads = {economy_};
    EXPECT_EQ(town_->write(clerk_, [&](Work& work) { return complete_activity(work, input).failure().reason; }), Reason::Invalid);
}

TEST_P(JourneyTest, AnAmendmentKeepsIdsAndTellsTheDifference) {
    const Id plan = issue();
    const Content before = issued_of(plan);
    const auto plan_version = town_->read(clerk_, [&](Work& work) { return plan_by_id(work, plan)->version; });
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return amend_plan(work, {plan, plan_version, ""}); }));
    const auto third = draft_of(plan).activities[2];
    EXPECT_EQ(third.id, before.activities[2].id);
    ActivityWords words;
    words.ordinal = third.ordinal;
    words.title = third.title;
    words.content = third.content.value_or("");
    words.leads = {"Phòng Kinh tế"};
    words.partners = {"Công an xã"};
    words.deadline = "Trước ngày 31/10/2026";
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) {
        return correct_activity(work, {plan, third.id, third.review.version}, words);
    }));
    const auto too_early = town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); });
    ASSERT_FALSE(too_early);  // the amendment's own head has not been looked at
    EXPECT_EQ(too_early.failure().problems.front().key, "plan.open_head");
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) {
        const Revision draft = draft_of_in(work, plan);
        return correct_document(work, {plan, draft.head_version, draft.head});
    }));
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
    ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}); }));
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return issue_plan(work, {plan, version_in(work, plan), "16", "01/04/2026"}); }));

    const auto differences = difference_between(before, issued_of(plan));
    const auto changed = std::find_if(differences.begin(), differences.end(), [&](const Difference& difference) { return difference.item == third.id; });
    ASSERT_NE(changed, differences.end());
    const auto& fields = changed->fields;
    EXPECT_TRUE(std::any_of(fields.begin(), fields.end(), [](const FieldDifference& field) { return field.field == "lead" && field.after == "Phòng Kinh tế"; }));
    EXPECT_TRUE(std::any_of(fields.begin(), fields.end(), [](const FieldDifference& field) { return field.field == "deadline"; }));
    EXPECT_TRUE(std::none_of(differences.begin(), differences.end(), [&](const Difference& difference) {
        return difference.item && difference.item != third.id;
    }));
    const auto of_women = lines(clerk_, women_);  // no lead of the third any more
    EXPECT_TRUE(std::none_of(of_women.begin(), of_women.end(), [&](const UnitLine& line) { return line.assignment.activity == third.id; }));
    EXPECT_EQ(town_->read(clerk_, [&](Work& work) { return revisions_by_plan(work, plan).size(); }), 2u);
}

TEST_P(JourneyTest, ANumberIsGivenOnce) {
    issue();
    const Id second = import();
    review(second);
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return submit_plan(work, {second, version_in(work, second), ""}); }));
    ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return approve_plan(work, {second, version_in(work, second), ""}); }));
    const auto result = town_->write(clerk_, [&](Work& work) { return issue_plan(work, {second, version_in(work, second), "15", "01/04/2026"}); });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.failure().problems.front().key, "plan.number_taken");
}

TEST_P(JourneyTest, AMisreadingNeedsASecondPerson) {
    const Id plan = issue();
    const auto plan_version = town_->read(clerk_, [&](Work& work) { return plan_by_id(work, plan)->version; });
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return correct_reading(work, {plan, plan_version, "Đọc sai tên cơ quan"}); }));
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
    EXPECT_EQ(town_->write(second_, [&](Work& work) { return agree_correction(work, {plan, version_in(work, plan), ""}).failure().reason; }),
              Reason::Forbidden);
    // Whoever is asked can say no, with a reason that the office reads.
    const Id head = town_->person("Trần Thị Mai", culture_, identity::Role::OfficeHead);
    const auto returned = [&](Id person, const char* reason) {
        return town_->write(person, [&](Work& work) { return return_plan(work, {plan, version_in(work, plan), reason}); });
    };
    EXPECT_EQ(returned(second_, "Không").failure().reason, Reason::Forbidden);
    EXPECT_EQ(returned(head, " ").failure().problems.front().key, "plan.reason_missing");
    ASSERT_TRUE(returned(head, "Giấy ghi đúng như vậy"));
    const auto told = town_->read(second_, [&](Work& work) { return jobs::notices(work, 1); });
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.front().message.key, "plan.notice_returned");
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
    EXPECT_TRUE(town_->write(leader_, [&](Work& work) { return agree_correction(work, {plan, version_in(work, plan), ""}); }));
    EXPECT_EQ(issued_of(plan).revision.issued_number, "15");
}

TEST_P(JourneyTest, AnOfficeThatIsNoMoreOffersItsSuccessor) {
    const Id old = town_->office("Phòng Thông tin xã");
    town_->write(town_->administrator(), [&](Work& work) {
        const auto version = identity::unit_by_id(work, old)->version;
        ASSERT_TRUE(identity::close_unit(work, {.unit = old,
                                                .kind = identity::ClosingKind::Replaced,
                                                .date = *Date::from(2026, 3, 1),
                                                .successors = {{{town_->authority(), culture_}, std::nullopt}},
                                                .version = version}));
    });
    town_->read(clerk_, [&](Work& work) {
        const Date after = *Date::from(2026, 4, 1), before = *Date::from(2026, 2, 1);
        EXPECT_FALSE(UnitNames::on(work, after).find("Phòng Thông tin xã"));
        const auto offered = UnitNames::ended_by(work, after).candidates("Phòng Thông tin xã");
        ASSERT_EQ(offered.size(), 1u);
        EXPECT_EQ(offered.front().unit, culture_);
        // A paper from before means the office itself.
        EXPECT_EQ(UnitNames::on(work, before).find("Phòng Thông tin xã")->unit, old);
        EXPECT_TRUE(UnitNames::ended_by(work, before).candidates("Phòng Thông tin xã").empty());
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, JourneyTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
