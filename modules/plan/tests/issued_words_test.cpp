// What is issued never changes: every act that edits a draft is tried against it, without a draft and with one. On both
// databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "queries.h"
#include "support/draft_acts.h"
#include "support/house.h"
#include "support/rows.h"

namespace loa::plan {
namespace {

class IssuedWordsTest : public testing::HouseTest {
  protected:
    /// What is stored of the revision in force.
    auto in_force(Id plan) {
        return town_->read(clerk_, [&](Work& work) { return testing::rows_of(work, *plan_by_id(work, plan)->issued_revision); });
    }
};

TEST_P(IssuedWordsTest, WithoutADraftNoActFindsAnythingToEdit) {
    const Id plan = issue();
    const auto before = in_force(plan);
    ASSERT_GT(before.at("parties_by_revision").size(), 10u);
    for (const auto& edit : testing::draft_acts(issued_of(plan))) {
        const auto refused = act(edit.run);
        ASSERT_TRUE(refused) << edit.name;
        EXPECT_EQ(refused->reason, Reason::Conflict) << edit.name;
        EXPECT_EQ(refused->problems.front().key, "plan.no_draft") << edit.name;
        EXPECT_EQ(in_force(plan), before) << edit.name;
    }
}

TEST_P(IssuedWordsTest, WhatIsPrintedIsNotCompleted) {
    const Id plan = issue();
    const auto before = in_force(plan);
    const ActivityText activity = issued_of(plan).activities.at(1);
    CompleteActivity input;
    input.plan = plan;
    input.activity = activity.id;
    input.version = activity.review.version;
    input.leads = {economy_};
    input.deadline = "trước ngày 30/11";
    input.targets = {"01 hội nghị"};
    input.products = {"Báo cáo"};
    const auto refused = act([&](Work& work) { return complete_activity(work, input); });
    ASSERT_FALSE(refused);
    std::vector<std::string> fields;
    for (const auto& problem : refused.failure().problems) fields.push_back(problem.field);
    EXPECT_THAT(fields, ::testing::ElementsAre("leads", "deadline", "targets", "products"));
    EXPECT_EQ(in_force(plan), before);
}

TEST_P(IssuedWordsTest, AnAmendmentInWritingLeavesThemAsTheyAre) {
    const Id plan = issue();
    const auto before = in_force(plan);
    amend(plan);
    const std::size_t count = testing::draft_acts(draft_of(plan)).size();
    std::vector<std::string> refused;
    for (std::size_t i = 0; i < count; ++i) {
        const auto edit = testing::draft_acts(draft_of(plan)).at(i);  // of the draft as the one before has left it
        if (act(edit.run)) refused.push_back(edit.name);
        EXPECT_EQ(in_force(plan), before) << edit.name;
    }
    EXPECT_THAT(refused, ::testing::ElementsAre("resolve_name")) << "that name has its meaning";
    EXPECT_NE(draft_of(plan).activities.at(0).title, issued_of(plan).activities.at(0).title);
}

INSTANTIATE_TEST_SUITE_P(Engines, IssuedWordsTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
