// Two people review one draft: what one has changed, the other does not change, drop, move or confirm unseen. On both
// databases.
#include <gtest/gtest.h>

#include <algorithm>

#include "actions.h"
#include "queries.h"
#include "support/draft_acts.h"
#include "support/house.h"
#include "support/rows.h"

namespace loa::plan {
namespace {

class TwoReviewersTest : public testing::HouseTest {
  protected:
    auto draft_rows(Id plan) {
        return town_->read(clerk_, [&](Work& work) { return testing::rows_of(work, *plan_by_id(work, plan)->draft_revision); });
    }
    template <class Act>
    void second_does(Act&& what) {
        ASSERT_TRUE(town_->write(second_, std::forward<Act>(what)));
    }
    /// Every clause of a theme, activity and duty, and the head, as the second person would have them.
    void second_changes_everything(Id plan) {
        const Content content = draft_of(plan);
        second_does([&](Work& work) { return correct_document(work, {plan, content.revision.head_version, content.revision.head}); });
        for (const auto* theme : content.clauses_of(ClauseKind::Theme)) {
            ClauseWords words;
            words.text = theme->text + " tại ấp";
            second_does([&](Work& work) { return correct_clause(work, ref(plan, *theme), words); });
        }
        for (const auto& activity : content.activities) {
            auto words = words_of(activity);
            words.title += " tại ấp";
            second_does([&](Work& work) { return correct_activity(work, ref(plan, activity), words); });
        }
        for (const auto& duty : content.duties) {
            const DutyWords words{duty.text + " tại ấp", {"Phòng Kinh tế"}, "", {}};
            second_does([&](Work& work) { return correct_duty(work, ref(plan, duty), words); });
        }
    }
};

TEST_P(TwoReviewersTest, WhatWasSeenBeforeIsAConflictThatChangesNothing) {
    const Id plan = import();
    const Content seen = draft_of(plan);
    second_changes_everything(plan);
    const auto before = draft_rows(plan);
    int tried = 0;
    for (const auto& edit : testing::draft_acts(seen)) {
        if (edit.holds == testing::DraftAct::Holds::Nothing) continue;
        ++tried;
        const auto refused = act(edit.run);
        ASSERT_TRUE(refused) << edit.name;
        EXPECT_EQ(refused->reason, Reason::Conflict) << edit.name;
        ASSERT_FALSE(refused->problems.front().args.empty()) << edit.name;
        EXPECT_EQ(refused->problems.front().args.front().second, "Phạm Văn Lực") << edit.name << ": who it was is said";
        EXPECT_EQ(draft_rows(plan), before) << edit.name;
    }
    EXPECT_EQ(tried, 23);
}

TEST_P(TwoReviewersTest, TheHeadIsOneThing) {
    const Id plan = import();
    const Revision seen = draft_of(plan).revision;
    DocumentHead of_second = seen.head, of_clerk = seen.head;
    of_second.signer_name = "Lê Văn Bé";
    of_clerk.place = "Tân Châu";
    second_does([&](Work& work) { return correct_document(work, {plan, seen.head_version, of_second}); });
    const auto late = act([&](Work& work) { return correct_document(work, {plan, seen.head_version, of_clerk}); });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.failure().reason, Reason::Conflict);
    EXPECT_EQ(draft_of(plan).revision.head, of_second);
    EXPECT_EQ(draft_of(plan).revision.head_confirmed_by, second_);

    const Revision now = draft_of(plan).revision;
    of_second.place = of_clerk.place;
    ASSERT_TRUE(act([&](Work& work) { return correct_document(work, {plan, now.head_version, of_second}); })) << "who has seen it, may";
    EXPECT_EQ(draft_of(plan).revision.head, of_second);
}

TEST_P(TwoReviewersTest, AnItemThatIsGoneIsAConflict) {
    const Id plan = import();
    auto words = words_of(draft_of(plan).activities[1]);
    words.deadline = "";  // two deadlines would not be joined
    second_does([&](Work& work) { return correct_activity(work, ref(plan, content_of(work, draft_of_in(work, plan).id).activities[1]), words); });
    const Content seen = draft_of(plan);
    second_does([&](Work& work) { return merge_activity(work, ref(plan, seen.activities[1])); });
    second_does([&](Work& work) { return merge_duty(work, ref(plan, seen.duties[1])); });
    second_does([&](Work& work) { return merge_clause(work, ref(plan, *seen.clauses_of(ClauseKind::Theme)[1])); });
    const auto before = draft_rows(plan);
    for (const auto& edit : testing::draft_acts(seen)) {
        if (edit.name != "merge_activity" && edit.name != "move_activity" && edit.name != "merge_duty" && edit.name != "move_duty" &&
            edit.name != "merge_clause" && edit.name != "move_clause")
            continue;
        const auto refused = act(edit.run);
        ASSERT_TRUE(refused) << edit.name;
        EXPECT_EQ(refused->problems.front().key, "plan.item_gone") << edit.name;
        EXPECT_EQ(draft_rows(plan), before) << edit.name;
    }
}

// She asked for the second to be joined to the first, and meanwhile the third has come between.
TEST_P(TwoReviewersTest, NothingIsJoinedToAnItemThatSheDidNotSeeAboveIt) {
    const Id plan = import();
    const Content seen = draft_of(plan);
    const auto themes = seen.clauses_of(ClauseKind::Theme);
    const auto below = [&](const auto& item, const auto& above) {
        ItemRef joined = ref(plan, item);
        joined.above = above.id;
        return joined;
    };
    second_does([&](Work& work) { return move_clause(work, ref(plan, *themes[2]), Direction::Up); });
    second_does([&](Work& work) { return move_activity(work, ref(plan, seen.activities[2]), Direction::Up); });
    second_does([&](Work& work) { return move_duty(work, ref(plan, seen.duties[2]), Direction::Up); });
    const auto before = draft_rows(plan);
    const auto refused = [&](const Result<>& done) {
        ASSERT_FALSE(done);
        EXPECT_EQ(done.failure().problems.front().key, "plan.draft_changed_meanwhile");
        EXPECT_EQ(draft_rows(plan), before);
    };
    refused(act([&](Work& work) { return merge_clause(work, below(*themes[1], *themes[0])); }));
    refused(act([&](Work& work) { return merge_activity(work, below(seen.activities[1], seen.activities[0])); }));
    refused(act([&](Work& work) { return merge_duty(work, below(seen.duties[1], seen.duties[0])); }));
    EXPECT_TRUE(act([&](Work& work) { return merge_duty(work, below(seen.duties[1], seen.duties[2])); })) << "that is the one above it now";
}

INSTANTIATE_TEST_SUITE_P(Engines, TwoReviewersTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
