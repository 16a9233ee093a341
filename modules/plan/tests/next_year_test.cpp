// Next year's plan: what is offered, what is moved, what a person still has to say yes to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "evidence.h"
#include "loa/identity/timeline.h"
#include "next_year.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Date day(int year, int month, int of) { return *Date::from(year, month, of); }

TEST(NextYear, MovesDaysAndTheYearsOfItsWords) {
    EXPECT_EQ(years_later(day(2024, 2, 29), 1), day(2025, 2, 28));
    EXPECT_EQ(years_later(day(2024, 2, 29), 4), day(2028, 2, 29));
    EXPECT_EQ(years_later(day(2026, 12, 31), 1), day(2027, 12, 31));
    EXPECT_EQ(years_later("Tuyên truyền năm 2026 theo Quyết định 2077, giai đoạn 2021 - 2030", 2026, 2026, 1),
              "Tuyên truyền năm 2027 theo Quyết định 2077, giai đoạn 2021 - 2030");
    Deadline once{"trước ngày 29/02/2024", DeadlineKind::Fixed, {}, day(2024, 2, 29), {}, {}, {}};
    once = years_later(once, 1);
    EXPECT_EQ(once.text, "trước ngày 28/02/2025");
    EXPECT_EQ(once.to, day(2025, 2, 28));
    const Deadline quarterly{"trước ngày 15 tháng cuối quý", DeadlineKind::Recurring, {}, {}, Period::Quarter, 15, {}};
    const auto moved = years_later(quarterly, 1);
    EXPECT_EQ(moved.text, quarterly.text);
    EXPECT_EQ(moved.every, Period::Quarter);
    EXPECT_EQ(moved.due_day, 15);
    Plan plan;
    EXPECT_EQ(years_to_next(plan), 1);
    plan.year_from = 2022, plan.year_to = 2025;
    EXPECT_EQ(years_to_next(plan), 4);
}

class NextYearTest : public testing::HouseTest {
  protected:
    std::vector<Offer> offers(Id plan) {
        return town_->read(clerk_, [&](Work& work) { return next_year_offers(work, *plan_by_id(work, plan)); });
    }
    Result<Id> make(Id person, Id plan, const std::vector<Id>& items) {
        return town_->write(person, [&](Work& work) { return make_next_year(work, plan, items); });
    }
};

TEST_P(NextYearTest, OffersWhatIsOpenAndSaysWhatFellShort) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    ASSERT_TRUE(act([&](Work& work) { return set_line_targets(work, {plan, line.id, std::nullopt}, {"10 bài"}); }));
    const Id evidence = act([&](Work& work) {
        EvidenceWords words;
        words.what = "Phát bài hướng dẫn";
        words.done_on = "01/04/2026";
        words.number_source = "Sổ nhật ký phát sóng";
        words.quantities = {{targets_by_assignment(work, line.id).front().id, "4"}};
        return *submit_evidence(work, {plan, line.id, std::nullopt}, words, {});
    });
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return confirm_evidence(work, {plan, line.id, evidence, 1}); }));
    town_->clock().set(start_of(day(2027, 1, 4)));
    const auto offered = offers(plan);
    const auto content = issued_of(plan);
    ASSERT_THAT(offered, SizeIs(content.activities.size() + content.duties.size()));
    EXPECT_EQ(offered[1].item, content.activities[1].id);
    EXPECT_TRUE(offered[1].proposed());
    EXPECT_GT(offered[1].late_times, 0);
    ASSERT_THAT(offered[1].amounts, SizeIs(1));
    EXPECT_EQ(offered[1].amounts[0].done, 4);
    EXPECT_EQ(offered[1].amounts[0].needed, 10);
}

TEST_P(NextYearTest, WhatIsClosedOrDroppedIsOfferedButNotProposed) {
    const Id plan = issue();
    const auto content = issued_of(plan);
    const Id survey = content.activities[3].id;
    town_->write(Id{}, [&](Work& work) {
        for (const auto& line : assignments_by_plan(work, plan)) {
            if (line.activity != survey) continue;
            ASSERT_TRUE(report_line(work, {plan, line.id, {}, {}}, "Đã xong"));
            ASSERT_TRUE(close_line(work, {plan, line.id, {}, {}}));
        }
    });
    amend(plan);
    const auto left_out = ref(plan, draft_of(plan).activities[2]);
    ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, left_out); }));
    issue(plan, "27", "01/04/2026");
    for (const auto& offer : offers(plan)) {
        EXPECT_EQ(offer.closed, offer.item == survey) << offer.label;
        EXPECT_EQ(offer.dropped, offer.item == content.activities[2].id) << offer.label;
        EXPECT_EQ(offer.proposed(), !offer.closed && !offer.dropped);
    }
}

TEST_P(NextYearTest, TheDraftStandsAYearLaterAndNothingInItIsAgreedTo) {
    const Id plan = issue();
    const auto before = issued_of(plan);
    const auto made = make(clerk_, plan, {before.activities[1].id, before.duties[0].id});
    ASSERT_TRUE(made);
    const auto after = draft_of(*made);
    EXPECT_EQ(after.revision.head.title, "Tuyên truyền thủ tục hành chính và dịch vụ công trực tuyến trên địa bàn xã Bình Hòa Trung năm 2027");
    EXPECT_FALSE(after.revision.head.number);
    EXPECT_FALSE(after.revision.head_confirmed_by);
    ASSERT_THAT(after.activities, SizeIs(1));
    const auto& activity = after.activities[0];
    EXPECT_NE(activity.id, before.activities[1].id);
    EXPECT_EQ(activity.title, before.activities[1].title);
    EXPECT_EQ(activity.deadline->from, day(2027, 4, 1));
    EXPECT_EQ(activity.deadline->to, day(2027, 12, 31));
    EXPECT_NE(activity.deadline->text.find("2027"), std::string::npos);
    EXPECT_EQ(activity.parties.size(), before.activities[1].parties.size());
    EXPECT_FALSE(activity.review.confirmed_by);
    EXPECT_THAT(after.duties, SizeIs(1));
    EXPECT_EQ(after.clauses.size(), before.clauses.size());
    for (const auto& clause : after.clauses) EXPECT_FALSE(clause.review.confirmed_by);
    town_->read(clerk_, [&](Work& work) {
        const auto lines = identity::timeline_of(work, {"plan.plan", town_->authority(), *made});
        EXPECT_EQ(lines.size(), 1u);
        EXPECT_EQ(lines.front().event, "plan.next_year_made");
        EXPECT_EQ(lines.front().changes.front().after, "15/KH-UBND");
        EXPECT_EQ(plan_by_id(work, *made)->year_from, 2027);
        return 0;
    });
    // It goes the way of any draft.
    issue(*made, "16", "01/04/2026");
    EXPECT_EQ(issued_of(plan).activities.size(), before.activities.size()) << "this year's stays as it is";
}

TEST_P(NextYearTest, AUnitThatHasEndedIsANameAgain) {
    const Id plan = issue();
    const auto before = issued_of(plan);
    town_->write(Id{}, [&](Work& work) {
        ASSERT_TRUE(identity::close_unit(work, {.unit = culture_, .kind = identity::ClosingKind::Dissolved, .date = work.today(), .successors = {}, .version = 1}));
    });
    const auto made = make(Id{}, plan, {before.activities[1].id});
    ASSERT_TRUE(made);
    const auto after = town_->read(Id{}, [&](Work& work) { return content_of(work, *plan_by_id(work, *made)->draft_revision); });
    int open = 0;
    for (const auto& party : after.activities.at(0).parties) open += !party.resolved();
    EXPECT_EQ(open, 1);
}

TEST_P(NextYearTest, OnlyTheDraftingOfficeOfAnIssuedPlan) {
    const Id draft = import();
    EXPECT_EQ(make(clerk_, draft, {}).failure().reason, Reason::Conflict);
    const Id plan = issue();
    const auto item = issued_of(plan).activities[0].id;
    EXPECT_EQ(make(stranger_, plan, {item}).failure().reason, Reason::Forbidden);
    EXPECT_EQ(make(leader_, plan, {item}).failure().reason, Reason::Forbidden);
    EXPECT_EQ(make(clerk_, plan, {}).failure().problems.front().key, "plan.next_year_nothing_chosen");
    EXPECT_EQ(make(clerk_, plan, {Id{5}}).failure().problems.front().key, "plan.next_year_nothing_chosen");
    ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return close_plan(work, {plan, plan_by_id(work, plan)->version, ""}); }));
    EXPECT_TRUE(make(clerk_, plan, {item})) << "a closed plan has a next one all the more";
}

INSTANTIATE_TEST_SUITE_P(Engines, NextYearTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
