// A draft is deleted, taken back, or erased after thirty days; on both databases.
#include "loa/identity/trash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "loa/identity/timeline.h"
#include "loa/search/search.h"
#include "queries.h"
#include "support/house.h"
#include "trash.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TrashTest : public testing::HouseTest {
  protected:
    void SetUp() override {
        HouseTest::SetUp();
        registry_.add(drafts_in_trash());
    }

    Result<Id> remove(Id person, Id plan) {
        const auto version = town_->read(clerk_, [&](Work& work) { return plan_by_id(work, plan)->version; });
        return town_->write(person, [&](Work& work) { return delete_draft(work, {plan, version, ""}); });
    }
    Result<std::string> take_back(Id person, Id item) {
        return town_->write(person, [&](Work& work) { return identity::take_back(work, registry_, item); });
    }
    bool is_there(Id plan) {
        return town_->read(clerk_, [&](Work& work) { return static_cast<bool>(plan_by_id(work, plan)); });
    }
    std::vector<Id> listed() {
        return town_->read(clerk_, [&](Work& work) {
            std::vector<Id> ids;
            for (const auto& line : plans(work, {})) ids.push_back(line.plan.id);
            return ids;
        });
    }
    std::vector<std::string> titles(Id person) {
        return town_->read(person, [&](Work& work) {
            std::vector<std::string> all;
            for (const auto& item : identity::trash(work, registry_)) all.push_back(item.title + ", " + item.deleted_by_name);
            return all;
        });
    }
    int purge() {
        return town_->write(Id{}, [&](Work& work) { return identity::purge_trash(work, registry_); });
    }
    std::int64_t rows_of_plans() {
        std::int64_t rows = 0;
        for (const auto& [table, count] : storage::testing::row_counts(*database_))
            if (table.starts_with("plan_") && table != "plan_topic" && table != "plan_channel") rows += count;
        return rows;
    }

    Registry registry_;
};

TEST_P(TrashTest, WhatIsDeletedIsNowhereAndComesBackWhole) {
    const Id plan = import();
    const auto before = draft_of(plan).activities.size();
    const auto item = remove(clerk_, plan);
    ASSERT_TRUE(item);
    EXPECT_FALSE(is_there(plan));
    EXPECT_THAT(listed(), IsEmpty());
    const std::string line = "Tuyên truyền thủ tục hành chính và dịch vụ công trực tuyến trên địa bàn xã Bình Hòa Trung năm 2026, Nguyễn Ngọc Hân";
    EXPECT_THAT(titles(clerk_), ElementsAre(line));
    EXPECT_THAT(titles(second_), ElementsAre(line)) << "the office's, not hers alone";
    const auto path = take_back(second_, *item);
    ASSERT_TRUE(path);
    EXPECT_EQ(*path, "/ke-hoach/" + to_string(plan));
    EXPECT_THAT(listed(), ElementsAre(plan));
    EXPECT_EQ(draft_of(plan).activities.size(), before);
    EXPECT_THAT(titles(clerk_), IsEmpty());
    EXPECT_FALSE(take_back(clerk_, *item)) << "it is back already";
    town_->read(clerk_, [&](Work& work) {
        std::vector<std::string> events;
        for (const auto& each : identity::timeline_of(work, {"plan.plan", work.authority, plan})) events.push_back(each.event);
        EXPECT_THAT(events, ::testing::Contains("identity.deleted"));
        EXPECT_EQ(events.front(), "identity.taken_back");
        for (const auto& each : identity::timeline_of(work, {"plan.plan", work.authority, plan})) {
            if (!each.event.starts_with("identity.")) continue;
            EXPECT_THAT(each.changes, IsEmpty()) << "a title can be erased";
            EXPECT_EQ(each.personal.front().field, "title");
        }
    });
}

TEST_P(TrashTest, ItIsTheOfficesOwn) {
    const Id plan = import();
    EXPECT_EQ(remove(leader_, plan).failure().reason, Reason::Forbidden);
    EXPECT_EQ(remove(stranger_, plan).failure().reason, Reason::NotFound);
    const auto item = remove(clerk_, plan);
    ASSERT_TRUE(item);
    for (const Id person : {stranger_, leader_}) {
        EXPECT_THAT(titles(person), IsEmpty());
        EXPECT_EQ(take_back(person, *item).failure().reason, Reason::NotFound);
    }
    EXPECT_FALSE(is_there(plan));
}

TEST_P(TrashTest, WhatOthersHaveSeenIsWithdrawnInstead) {
    const Id plan = import();
    review(plan);
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
    const auto refused = remove(clerk_, plan);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().problems.front().key, "plan.delete_only_drafts");
    EXPECT_TRUE(is_there(plan));
}

TEST_P(TrashTest, WhoSawAnOlderStateDeletesNothing) {
    const Id plan = import();
    const auto refused = town_->write(clerk_, [&](Work& work) { return delete_draft(work, {plan, 99, ""}); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().problems.front().key, "plan.step_taken_already");
    EXPECT_TRUE(is_there(plan));
}

TEST_P(TrashTest, AfterThirtyDaysNothingOfItIsLeft) {
    const auto before = rows_of_plans();
    const Id plan = import();
    ASSERT_GT(rows_of_plans(), before + 50);
    const auto item = remove(clerk_, plan);
    ASSERT_TRUE(item);
    town_->clock().set(town_->clock().now().plus_seconds(29 * 24 * 3600));
    EXPECT_EQ(purge(), 0);
    town_->clock().set(town_->clock().now().plus_seconds(24 * 3600));
    EXPECT_EQ(purge(), 1);
    EXPECT_EQ(rows_of_plans(), before);
    EXPECT_THAT(titles(clerk_), IsEmpty());
    EXPECT_FALSE(take_back(clerk_, *item));
    EXPECT_EQ(purge(), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, TrashTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
