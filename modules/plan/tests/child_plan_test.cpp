// A lower committee's own plan: made of its lines above by one press, in its own authority; and what is amended up there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "loa/jobs/notices.h"
#include "queries.h"
#include "support/child_house.h"

namespace loa::plan {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::Role;

class ChildPlanTest : public testing::ChildHouseTest {};

TEST_P(ChildPlanTest, TheLinesOfOneCommitteeBecomeADraftOfItsOwn) {
    const auto child = make(lower_->officer, lower_->unit);
    ASSERT_TRUE(child);
    EXPECT_EQ(child->authority, lower_->town.authority());
    EXPECT_TRUE(child->made);
    const auto content = draft_below(*lower_, child->plan);
    ASSERT_THAT(content.activities, SizeIs(2)) << "its lead and its part in the contest, and nothing of the third";
    const auto& first = content.activities[0];
    EXPECT_EQ(first.title, "Phát thanh về thủ tục hành chính");
    EXPECT_EQ(first.ordinal, "1");
    EXPECT_THAT(first.parties, IsEmpty()) << "who does it, the ward says";
    ASSERT_TRUE(first.deadline);
    EXPECT_EQ(first.deadline->to, Date::from(2026, 12, 31));
    ASSERT_THAT(first.targets, SizeIs(1));
    EXPECT_EQ(first.targets[0].value, 2);
    EXPECT_EQ(first.targets[0].per, Period::Month);
    EXPECT_FALSE(first.review.confirmed_by) << "a person looks at every item";
    EXPECT_THAT(content.activities[1].targets, IsEmpty());
    const auto bases = content.clauses_of(ClauseKind::LegalBasis);
    ASSERT_THAT(bases, SizeIs(1));
    EXPECT_EQ(bases[0]->text, "Kế hoạch số 15/KH-UBND ngày 31 tháng 3 năm 2026 của Ủy ban nhân dân xã Bình Hòa Trung về tuyên truyền cải cách hành "
                              "chính trên địa bàn xã Bình Hòa Trung năm 2026");
    EXPECT_EQ(bases[0]->cited_number, "15/KH-UBND");
    EXPECT_EQ(content.revision.head.title, "Tuyên truyền cải cách hành chính trên địa bàn phường An Lộc năm 2026");
    EXPECT_EQ(content.revision.head.issuer, "Ủy ban nhân dân phường An Lộc");
    EXPECT_THAT(events(lower_->town, lower_->officer, {"plan.plan", lower_->town.authority(), child->plan}), Contains("plan.child_made"));
    const auto again = make(lower_->officer, lower_->unit);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->made);
    EXPECT_EQ(again->plan, child->plan);
    EXPECT_NE(made(*other_), child->plan);
}

TEST_P(ChildPlanTest, TopicsAndChannelsAreTheSameInTheOtherCatalogue) {
    const auto activity = issued_of(plan_).activities[0];
    const auto [topic, channel] = town_->read(clerk_, [](Work& work) {
        return std::pair(topics_on(work, work.today()).at(2), channels_on(work, work.today()).at(1));
    });
    ASSERT_TRUE(act([&, topic = topic.id, channel = channel.id](Work& work) {
        return complete_activity(work, {.plan = plan_, .activity = activity.id, .version = activity.review.version, .topics = {topic}, .channels = {channel}});
    }));
    const auto content = draft_below(*lower_, made(*lower_));
    lower_->town.read(lower_->officer, [&, topic = topic, channel = channel](Work& work) {
        const auto name_in = [](const auto& entries, Id id) {
            for (const auto& entry : entries)
                if (entry.id == id) return entry.code;
            return std::string("?");
        };
        EXPECT_EQ(content.activities[0].topics.size(), 1u);
        EXPECT_EQ(name_in(topics_on(work, work.today()), content.activities[0].topics.at(0)), topic.code);
        EXPECT_EQ(name_in(channels_on(work, work.today()), content.activities[0].channels.at(0)), channel.code);
        return 0;
    });
}

TEST_P(ChildPlanTest, OnlyPeopleOfTheUnitWhoMayDraftBelow) {
    EXPECT_EQ(make(lower_->officer, other_->unit).failure().reason, Reason::Forbidden) << "another ward's";
    EXPECT_EQ(make(stranger_, lower_->unit).failure().reason, Reason::Forbidden) << "an office of the town";
    EXPECT_EQ(make(clerk_, culture_).failure().reason, Reason::NotFound) << "stands for nobody";
    const Id above_alone = town_->person("Chỉ ở trên", lower_->unit, Role::Clerk);
    EXPECT_EQ(key_of(make(above_alone, lower_->unit).failure()), "plan.child_not_member");
    const Id reader = lower_->town.person("Kiểm tra", lower_->office, Role::Auditor);
    town_->write(Id{}, [&](Work& work) {
        LOA_CHECK(identity::add_membership(work, {reader, lower_->unit, Role::Clerk, "", *Date::from(2020, 1, 1), std::nullopt, std::nullopt}));
    });
    EXPECT_EQ(key_of(make(reader, lower_->unit).failure()), "plan.child_may_not_draft");
    const Id child = made(*lower_);
    EXPECT_FALSE(town_->read(leader_, [&](Work& work) { return plan_by_id(work, child); })) << "it is the ward's, not the town's";
    EXPECT_FALSE(other_->town.read(other_->town.leader(), [&](Work& work) { return plan_by_id(work, child); }));
    // Somebody of the ward who may not see the draft does not make a second one of it.
    const Id elsewhere = lower_->town.person("Văn thư khác", lower_->town.office("Phòng Kinh tế phường"), Role::Clerk);
    town_->write(Id{}, [&](Work& work) {
        LOA_CHECK(identity::add_membership(work, {elsewhere, lower_->unit, Role::Clerk, "", *Date::from(2020, 1, 1), std::nullopt, std::nullopt}));
    });
    EXPECT_EQ(key_of(make(elsewhere, lower_->unit).failure()), "plan.child_may_not_draft");
    EXPECT_EQ(make(lower_->officer, lower_->unit)->plan, child);
}

TEST_P(ChildPlanTest, BothPartsOfASplitActivityDoTheLine) {
    const Id child = made(*lower_);
    const auto first = draft_below(*lower_, child).activities[1];
    const auto part = below(*lower_, [&](Work& work) { return split_activity(work, {child, first.id, first.review.version}, "Sơ khảo\nChung khảo"); });
    ASSERT_TRUE(part);
    issue_below(*lower_, child, "21");
    const auto contest = [&] {
        for (const auto& each : lines_done_below())
            if (each.assignment == line_above(lower_->unit, 1).id) return each;
        return ChildLine{};
    };
    EXPECT_EQ(contest().lines, 2);
    done_below(*lower_, child, 1, "");
    done_below(*lower_, child, 2, "");
    run_jobs();
    EXPECT_EQ(contest().pieces, 2);
}

TEST_P(ChildPlanTest, WhatIsAmendedAboveIsSeenBelow) {
    const Id child = made(*lower_);
    const auto news = [&] {
        return lower_->town.read(lower_->officer, [&](Work& work) {
            const auto link = *child_plan_by_plan(work, child);
            const auto parent = *parent_plan(work, link.parent_authority, link.parent_plan, link.parent_unit);
            const auto plan = *plan_by_id(work, child);
            const auto found = parent_news(work, parent, link, child_activities(work, child, plan.draft_revision.value_or(plan.shown_revision())));
            std::string text = found.amended ? "amended" : "";
            for (const auto* line : found.missing) text += " +" + line->words.title;
            for (const auto& difference : found.changed) text += " ~" + difference.label;
            text += " -" + std::to_string(found.ended.size());
            return text;
        });
    };
    EXPECT_EQ(news(), " -0");
    amend(plan_);
    const auto content = draft_of(plan_);
    auto contest = words_of(content.activities[1]), posting = words_of(content.activities[2]), radio = words_of(content.activities[0]);
    contest.partners = {"UBND phường An Thạnh"};
    posting.partners = {"UBND phường An Lộc"};
    radio.title = "Phát thanh về dịch vụ công";
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan_, content.activities[1]), contest); }));
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan_, content.activities[2]), posting); }));
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan_, content.activities[0]), radio); }));
    EXPECT_EQ(news(), " -0") << "what is not issued is nobody's business";
    issue(plan_, "27", "01/04/2026");
    EXPECT_THAT(news(), HasSubstr("amended +Niêm yết thủ tục ~"));
    EXPECT_THAT(news(), HasSubstr("Phát thanh về dịch vụ công -1"));
    const Id added = line_above(lower_->unit, 2).id;
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return take_over_parent_lines(work, child, {added}); }));
    EXPECT_EQ(news(), " -1") << "what is given no more the ward leaves out itself";
    EXPECT_EQ(draft_below(*lower_, child).activities.back().title, "Niêm yết thủ tục");
    EXPECT_THAT(events(lower_->town, lower_->officer, {"plan.plan", lower_->town.authority(), child}), Contains("plan.parent_lines_taken"));
    issue_below(*lower_, child, "21");
    std::vector<Id> done;
    for (const auto& line : lines_done_below()) done.push_back(line.assignment);
    EXPECT_THAT(done, ::testing::UnorderedElementsAre(line_above(lower_->unit, 0).id, added)) << "not the line that has ended";
    EXPECT_EQ(lower_->town.write(lower_->town.leader(), [&](Work& work) { return take_over_parent_lines(work, child, {added}); }).failure().reason, Reason::Forbidden);
    EXPECT_EQ(act([&](Work& work) { return take_over_parent_lines(work, plan_, {}); }).failure().reason, Reason::NotFound);
}

INSTANTIATE_TEST_SUITE_P(Engines, ChildPlanTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
