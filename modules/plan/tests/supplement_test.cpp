// Work that a plan in force lacks: who drafts it, who gives it, and what an amendment does to it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "evidence.h"
#include "loa/jobs/notices.h"
#include "occurrences.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class SupplementTest : public testing::HouseTest {
  protected:
    void SetUp() override {
        testing::HouseTest::SetUp();
        if (!database_) return;
        plan_ = issue();
        town_->read(clerk_, [&](Work& work) {
            topic_ = topics_on(work, work.today()).front().id;
            channel_ = channels_on(work, work.today()).front().id;
            return 0;
        });
    }

    SupplementWords words() const {
        return {"Phát thanh về  dịch vụ công trực tuyến", economy_, topic_, channel_, "trước ngày 30/9", "ít nhất 04 bài"};
    }
    template <class Act>
    auto as(Id person, Act&& act) {
        return town_->write(person, std::forward<Act>(act));
    }
    Result<Id> draft(Id person, const SupplementWords& words) {
        return as(person, [&](Work& work) { return draft_supplement(work, plan_, words); });
    }
    Supplement stored(Id supplement) {
        return town_->read(leader_, [&](Work& work) {
            auto found = supplement_by_id(work, *plan_by_id(work, plan_), supplement);
            LOA_CHECK(found);
            return *found;
        });
    }
    SupplementRef ref(Id supplement) { return {plan_, supplement, stored(supplement).version}; }
    Result<Id> give(Id person, Id supplement) {
        const auto at = ref(supplement);
        return as(person, [&](Work& work) { return give_supplement(work, at); });
    }
    std::vector<std::string> told(Id person, const std::string& key) {
        return town_->read(person, [&](Work& work) {
            std::vector<std::string> paths;
            for (const auto& notice : jobs::notices(work, 100))
                if (notice.message.key == key) paths.push_back(notice.message.path);
            return paths;
        });
    }
    std::vector<std::string> problems(const SupplementWords& words) {
        const auto made = draft(clerk_, words);
        std::vector<std::string> keys;
        if (!made)
            for (const auto& problem : made.failure().problems) keys.push_back(problem.field + " " + problem.key);
        return keys;
    }

    Id plan_, topic_, channel_;
};

/// A plan of so many activities, each of one office.
std::string paper_of(std::size_t activities) {
    std::string paper = "ỦY BAN NHÂN DÂN\nXÃ BÌNH HÒA TRUNG\n\nSố: /KH-UBND\n\nBình Hòa Trung, ngày tháng 3 năm 2026\n\n## KẾ HOẠCH\n"
                        "### Tuyên truyền cải cách hành chính trên địa bàn xã Bình Hòa Trung năm 2026\n\n### I. HOẠT ĐỘNG\n\n";
    for (std::size_t i = 1; i <= activities; ++i)
        paper += "#### " + std::to_string(i) + ". Phát thanh chuyên đề số " + std::to_string(i) + "\n\n- Cơ quan chủ trì: Phòng Kinh tế.\n"
                 "- Nội dung: Soạn bài hướng dẫn; mỗi tháng ít nhất 02 bài.\n- Thời gian: Từ tháng 4 đến tháng 12 năm 2026.\n\n";
    return paper;
}

TEST_P(SupplementTest, WhatOneActivityCostsDoesNotGrowWithThePlan) {
    const auto statements_of = [&](std::size_t activities) {
        plan_ = import_text(paper_of(activities));
        issue(plan_, std::to_string(20 + activities), "31/03/2026");
        EXPECT_EQ(issued_of(plan_).activities.size(), activities);
        const auto made = draft(clerk_, words());
        EXPECT_TRUE(made);
        const auto at = ref(*made);
        const int given = as(leader_, [&](Work& work) {
            const int before = work.db.statements();
            EXPECT_TRUE(give_supplement(work, at));
            return work.db.statements() - before;
        });
        const auto activity = issued_of(plan_).activities.front();
        const int completed = as(clerk_, [&](Work& work) {
            const int before = work.db.statements();
            EXPECT_TRUE(complete_activity(work, {.plan = plan_, .activity = activity.id, .version = activity.review.version, .products = {"Bài phát thanh"}, .topics = {topic_}}));
            return work.db.statements() - before;
        });
        return std::pair(given, completed);
    };
    const auto few = statements_of(3), many = statements_of(12);
    EXPECT_EQ(few.first, many.first) << "a supplement";
    EXPECT_EQ(few.second, many.second) << "a completion";
}

TEST_P(SupplementTest, AClerkDraftsALeaderGivesAndTheUnitHasOneMoreLine) {
    const auto before = lines(stranger_, economy_);
    const auto made = draft(clerk_, words());
    ASSERT_TRUE(made);
    EXPECT_THAT(lines(stranger_, economy_), SizeIs(before.size())) << "a draft is nobody's work yet";
    EXPECT_THAT(told(leader_, "plan.notice_supplement_drafted"), ElementsAre("/ke-hoach/" + to_string(plan_) + "/nhiem-vu-bo-sung/" + to_string(*made)));
    EXPECT_EQ(give(clerk_, *made).failure().reason, Reason::Forbidden);
    EXPECT_EQ(stored(*made).state, SupplementState::Draft);

    const auto activity = give(leader_, *made);
    ASSERT_TRUE(activity);
    const auto after = lines(stranger_, economy_);
    ASSERT_THAT(after, SizeIs(before.size() + 1));
    const auto line = std::find_if(after.begin(), after.end(), [&](const UnitLine& each) { return each.assignment.activity == *activity; });
    ASSERT_NE(line, after.end());
    EXPECT_EQ(line->text, "Phát thanh về dịch vụ công trực tuyến");
    EXPECT_TRUE(line->assignment.accountable) << "the only lead closes it";
    EXPECT_EQ(line->due, Date::from(2026, 9, 30));
    EXPECT_THAT(told(stranger_, "plan.notice_supplement_given"), SizeIs(1));
    EXPECT_THAT(told(clerk_, "plan.notice_supplement_agreed"), SizeIs(1));

    const auto content = issued_of(plan_);
    const auto* given = content.activity(*activity);
    ASSERT_NE(given, nullptr);
    ASSERT_TRUE(given->added);
    EXPECT_EQ(given->added->by, leader_);
    EXPECT_THAT(given->topics, ElementsAre(topic_));
    EXPECT_THAT(given->channels, ElementsAre(channel_));
    EXPECT_THAT(given->targets, SizeIs(1));
    EXPECT_EQ(given, &content.activities.back()) << "behind those of the paper";
    EXPECT_FALSE(content.activities.front().added);

    EXPECT_EQ(give(leader_, *made).failure().problems.front().key, "plan.supplement_given_already");
    EXPECT_EQ(stored(*made).activity, *activity);
}

TEST_P(SupplementTest, OnlyWhoMayDraftsAndOnlyForAPlanInForce) {
    EXPECT_EQ(draft(stranger_, words()).failure().reason, Reason::Forbidden);
    EXPECT_TRUE(draft(second_, words()));
    const auto by_leader = draft(leader_, words());
    ASSERT_TRUE(by_leader);
    EXPECT_THAT(told(leader_, "plan.notice_supplement_drafted"), SizeIs(1)) << "the office head's alone: his own he knows of";
    EXPECT_TRUE(town_->read(stranger_, [&](Work& work) { return supplement_by_id(work, *plan_by_id(work, plan_), *by_leader).failure().reason == Reason::NotFound; }));
    const auto at = ref(*by_leader);
    ASSERT_TRUE(as(second_, [&](Work& work) { return close_plan(work, {plan_, plan_by_id(work, plan_)->version, ""}); }));
    EXPECT_EQ(as(leader_, [&](Work& work) { return give_supplement(work, at); }).failure().problems.front().key, "plan.supplement_needs_issue");
    EXPECT_EQ(draft(clerk_, words()).failure().problems.front().key, "plan.supplement_needs_issue");
}

TEST_P(SupplementTest, WhatIsWrongIsSaidBesideItsField) {
    EXPECT_THAT(problems({}), UnorderedElementsAre("title plan.title_missing", "unit plan.supplement_unit_missing", "topic plan.supplement_topic_missing",
                                                   "channel plan.supplement_channel_missing", "deadline plan.supplement_deadline_missing"));
    auto odd = words();
    odd.deadline = "trước ngày 01/3";
    EXPECT_THAT(problems(odd), ElementsAre("deadline plan.supplement_deadline_past"));
    odd.deadline = "lúc nào cũng được nhỉ";
    EXPECT_THAT(problems(odd), SizeIs(1));
    odd = words();
    odd.target = "nhiều bài";
    ASSERT_THAT(problems(odd), SizeIs(1));
    EXPECT_TRUE(problems(odd).front().starts_with("target "));
    odd = words();
    odd.topic = channel_;
    odd.unit = plan_;
    EXPECT_THAT(problems(odd), UnorderedElementsAre("topic plan.supplement_topic_missing", "unit plan.supplement_unit_missing"));
    odd = words();
    odd.title = std::string(501, 'a');
    EXPECT_THAT(problems(odd), ElementsAre("title plan.supplement_title_long"));
    EXPECT_THAT(town_->read(clerk_, [&](Work& work) { return supplement_drafts(work, *plan_by_id(work, plan_)); }), IsEmpty());
}

TEST_P(SupplementTest, TwoPeopleDoNotOverwriteEachOtherAndWhatIsDroppedIsGone) {
    const auto made = *draft(clerk_, words());
    const auto seen = ref(made);
    auto other = words();
    other.title = "Phát thanh về đất đai";
    ASSERT_TRUE(as(leader_, [&](Work& work) { return correct_supplement(work, seen, other); }));
    EXPECT_EQ(as(clerk_, [&](Work& work) { return correct_supplement(work, seen, words()); }).failure().reason, Reason::Conflict);
    EXPECT_EQ(as(leader_, [&](Work& work) { return give_supplement(work, seen); }).failure().reason, Reason::Conflict) << "not what he saw";
    EXPECT_EQ(stored(made).title, "Phát thanh về đất đai");
    const auto now = ref(made);
    ASSERT_TRUE(as(leader_, [&](Work& work) { return drop_supplement(work, now); }));
    EXPECT_THAT(told(clerk_, "plan.notice_supplement_dropped"), SizeIs(1));
    EXPECT_THAT(town_->read(clerk_, [&](Work& work) { return supplement_drafts(work, *plan_by_id(work, plan_)); }), IsEmpty());
    EXPECT_EQ(give(leader_, made).failure().problems.front().key, "plan.item_gone");
}

TEST_P(SupplementTest, WhatTheLeaderGaveIsNotChangedByOffices) {
    const auto activity = *give(leader_, *draft(leader_, words()));
    const auto given = *issued_of(plan_).activity(activity);
    const auto changed = act([&](Work& work) {
        return complete_activity(work, {.plan = plan_, .activity = activity, .version = given.review.version, .leads = {culture_},
                                        .deadline = "trước ngày 31/12", .targets = {"ít nhất 01 bài"}, .topics = {topic_}, .channels = {channel_}});
    });
    ASSERT_FALSE(changed);
    EXPECT_THAT(changed.failure().problems, SizeIs(3));
    EXPECT_EQ(issued_of(plan_).activity(activity)->deadline->to, Date::from(2026, 9, 30));
}

TEST_P(SupplementTest, WhatComesAgainBeginsWhenItIsGiven) {
    town_->clock().set(start_of(*Date::from(2026, 10, 10)));
    auto monthly = words();
    monthly.deadline = "hằng tháng";
    monthly.target = "ít nhất 02 bài mỗi tháng";
    const auto activity = *give(leader_, *draft(leader_, monthly));
    for (const auto& line : lines(stranger_, economy_)) {
        if (line.assignment.activity != activity) continue;
        town_->read(stranger_, [&](Work& work) {
            EXPECT_THAT(occurrences_by_assignment(work, line.assignment.id), SizeIs(3)) << "October to December";
            const auto targets = targets_by_assignment(work, line.assignment.id);
            EXPECT_EQ(targets.size(), 1u);
            for (const auto& target : targets) EXPECT_EQ(target.times, 3) << "nobody owes the months before";
            return 0;
        });
    }
}

TEST_P(SupplementTest, ADraftThatLayTooLongIsNotGiven) {
    auto late = words();
    late.deadline = "trước ngày 25/12";
    const auto made = *draft(clerk_, late);
    town_->clock().set(start_of(*Date::from(2027, 1, 4)));
    const auto given = give(leader_, made);
    ASSERT_FALSE(given);
    EXPECT_EQ(given.failure().problems.front().key, "plan.supplement_deadline_past") << "the year is that of the draft";
}

TEST_P(SupplementTest, AnAmendmentKeepsIt) {
    amend(plan_);  // begun before the leader gives it
    const auto activity = *give(leader_, *draft(leader_, words()));
    EXPECT_EQ(draft_of(plan_).activity(activity), nullptr) << "what the leader reads is the paper";
    issue(plan_, "21", "01/04/2026");
    const auto amended = issued_of(plan_);
    const auto* kept = amended.activity(activity);
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(kept->added->by, leader_);
    const auto has_line = [&] {
        for (const auto& line : lines(stranger_, economy_))
            if (line.assignment.activity == activity) return line.assignment.state == AssignmentState::Open;
        return false;
    };
    EXPECT_TRUE(has_line());
    amend(plan_);  // begun after
    issue(plan_, "22", "01/04/2026");
    EXPECT_TRUE(has_line());
    EXPECT_EQ(issued_of(plan_).activity(activity)->added->by, leader_);
}

INSTANTIATE_TEST_SUITE_P(Engines, SupplementTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
