// What people have said about a paper is not lost or made more by the next act: meanings of names, who answers for an
// activity, what two items say that become one. On both databases.
#include <gtest/gtest.h>

#include <algorithm>

#include "actions.h"
#include "difference.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

constexpr std::string_view kPaper =
    "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\n## I. NHIỆM VỤ\n"
    "1. Tổ chức hội thi tìm hiểu cải cách hành chính.\n- Chủ trì: Phòng Văn hóa và Thông tin; Ban Nhân dân các ấp.\n"
    "- Chỉ tiêu: 02 hội thi.\n- Thời gian thực hiện: trước ngày 30/9/2026.\n- Kinh phí: 10 triệu đồng.\n"
    "2. Mở lớp tập huấn.\n- Chủ trì: Phòng Kinh tế; Công an xã.\n- Chỉ tiêu: 03 lớp.\n\n"
    "## II. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế bố trí kinh phí.\n2. Công an xã giữ trật tự các buổi tuyên truyền.\n";

class MeaningsTest : public testing::HouseTest {
  protected:
    ActivityText activity(Id plan, std::size_t at) { return draft_of(plan).activities.at(at); }
    Result<> means(Id person, Id plan, const std::string& name, Id unit) {
        return town_->write(person, [&](Work& work) { return resolve_name(work, {plan, name, ResolveName::As::Unit, unit, {}}); });
    }
    static const Party* lead(const ActivityText& activity, std::string_view name) {
        for (const auto& party : activity.parties)
            if (party.role == PartyRole::Lead && party.name == name) return &party;
        return nullptr;
    }
};

TEST_P(MeaningsTest, TheSecondToSayWhatANameMeansIsToldThatItIsSaid) {
    const Id plan = import_text(kPaper);
    const std::string name = "Phòng Văn hóa và Thông tin";
    ASSERT_TRUE(means(clerk_, plan, name, culture_));
    const auto late = means(second_, plan, name, economy_);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.failure().reason, Reason::Conflict);
    EXPECT_EQ(lead(activity(plan, 0), name)->unit, culture_);
}

TEST_P(MeaningsTest, ACorrectionElsewhereInTheItemKeepsThem) {
    const Id plan = import_text(kPaper);
    const std::string name = "Phòng Văn hóa và Thông tin";
    ASSERT_TRUE(means(clerk_, plan, name, economy_));
    // The name comes to mean another office as well: the dictionary alone would no longer know which.
    town_->office(name);
    auto words = words_of(activity(plan, 0));
    words.title = "Tổ chức hội thi";
    ASSERT_TRUE(act([&, item = ref(plan, activity(plan, 0))](Work& work) { return correct_activity(work, item, words); }));
    EXPECT_EQ(activity(plan, 0).title, "Tổ chức hội thi");
    EXPECT_EQ(lead(activity(plan, 0), name)->unit, economy_);
}

TEST_P(MeaningsTest, OneUnitAnswersForAnActivityAndMayBeTakenBack) {
    const Id plan = import_text(kPaper);
    const auto complete = [&](std::optional<Id> accountable) {
        const auto now = activity(plan, 1);
        CompleteActivity input;
        input.plan = plan;
        input.activity = now.id;
        input.version = now.review.version;
        input.accountable = accountable;
        return act([&](Work& work) { return complete_activity(work, input); });
    };
    ASSERT_TRUE(complete(lead(activity(plan, 1), "Công an xã")->id));
    EXPECT_TRUE(lead(activity(plan, 1), "Công an xã")->accountable);
    ASSERT_TRUE(complete(std::nullopt));
    EXPECT_FALSE(lead(activity(plan, 1), "Công an xã")->accountable) << "left open again";

    const auto first = activity(plan, 0);
    CompleteActivity input;
    input.plan = plan;
    input.activity = first.id;
    input.version = first.review.version;
    input.accountable = lead(first, "Ban Nhân dân các ấp")->id;
    const auto refused = act([&](Work& work) { return complete_activity(work, input); });
    ASSERT_FALSE(refused) << "a class is not one unit";
    EXPECT_EQ(refused.failure().problems.front().field, "accountable");
}

TEST_P(MeaningsTest, AmongAddedLeadsOneCanAnswer) {
    const Id plan = import_text("# KẾ HOẠCH\nTuyên truyền năm 2026\n\n## I. NHIỆM VỤ\n1. Tổ chức hội thi.\n- Thời gian: quý II.\n");
    CompleteActivity input;
    const auto complete = [&] {
        const auto now = activity(plan, 0);
        input.plan = plan;
        input.activity = now.id;
        input.version = now.review.version;
        return act([&](Work& work) { return complete_activity(work, input); });
    };
    input.leads = {culture_, economy_};
    ASSERT_TRUE(complete());
    input.accountable = lead(activity(plan, 0), "Phòng Kinh tế")->id;
    ASSERT_TRUE(complete());
    EXPECT_TRUE(lead(activity(plan, 0), "Phòng Kinh tế")->accountable);
    EXPECT_FALSE(lead(activity(plan, 0), "Phòng Văn hóa - Xã hội")->accountable);
}

TEST_P(MeaningsTest, SplittingMakesNoAmountTwice) {
    const Id plan = import_text(kPaper);
    ASSERT_TRUE(act([&, item = ref(plan, activity(plan, 0))](Work& work) { return split_activity(work, item, "Hội thi trên mạng\nHội thi tại ấp"); }));
    EXPECT_EQ(activity(plan, 0).targets.size(), 1u);
    EXPECT_TRUE(activity(plan, 1).targets.empty());
    EXPECT_FALSE(activity(plan, 1).deadline);
    EXPECT_EQ(activity(plan, 1).ordinal, "");
    EXPECT_EQ(activity(plan, 1).parties.size(), activity(plan, 0).parties.size());
    ASSERT_TRUE(act([&, item = ref(plan, activity(plan, 1))](Work& work) { return merge_activity(work, item); }));
    EXPECT_EQ(activity(plan, 0).targets.size(), 1u) << "and back again";
    ASSERT_TRUE(activity(plan, 0).deadline);
}

TEST_P(MeaningsTest, MergingKeepsWhatBothSay) {
    const Id plan = import_text(kPaper);
    const Content before = draft_of(plan);
    const Id topic = town_->read(clerk_, [](Work& work) { return topics_on(work, work.today()).front().id; });
    CompleteActivity input;
    input.plan = plan;
    input.activity = before.activities[1].id;
    input.version = before.activities[1].review.version;
    input.topics = {topic};
    ASSERT_TRUE(act([&](Work& work) { return complete_activity(work, input); }));
    DutyWords words{before.duties[0].text, {"Phòng Kinh tế"}, "", before.activities[1].id};
    ASSERT_TRUE(act([&, item = ref(plan, draft_of(plan).duties[0])](Work& work) { return correct_duty(work, item, words); }));

    ASSERT_TRUE(act([&, item = ref(plan, activity(plan, 1))](Work& work) { return merge_activity(work, item); }));
    const Content after = draft_of(plan);
    ASSERT_EQ(after.activities.size(), 1u);
    EXPECT_EQ(after.activities[0].targets.size(), 2u);
    EXPECT_EQ(after.activities[0].topics, std::vector<Id>{topic});
    EXPECT_EQ(after.duties[0].activity, after.activities[0].id) << "the duty follows the work";
    EXPECT_NE(lead(after.activities[0], "Công an xã"), nullptr);

    ASSERT_TRUE(act([&, item = ref(plan, draft_of(plan).duties[1])](Work& work) { return merge_duty(work, item); }));
    EXPECT_EQ(names_in_role(draft_of(plan).duties[0].parties, PartyRole::Lead), "Phòng Kinh tế; Công an xã");
}

TEST_P(MeaningsTest, TwoDeadlinesDoNotBecomeOne) {
    const Id plan = import_text(kPaper);
    auto words = words_of(activity(plan, 1));
    words.deadline = "Quý II/2026";
    ASSERT_TRUE(act([&, item = ref(plan, activity(plan, 1))](Work& work) { return correct_activity(work, item, words); }));
    const auto refused = act([&, item = ref(plan, activity(plan, 1))](Work& work) { return merge_activity(work, item); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().problems.front().key, "plan.merge_two_deadlines");
    EXPECT_EQ(draft_of(plan).activities.size(), 2u);
}

TEST_P(MeaningsTest, AnIssueTellsItsStateNumberAndDay) {
    const Id plan = issue();
    const auto lines = town_->read(clerk_, [&](Work& work) { return identity::timeline_of(work, {"plan.plan", work.authority, plan}); });
    const auto issued = std::find_if(lines.begin(), lines.end(), [](const auto& line) { return line.event == "plan.issued"; });
    ASSERT_NE(issued, lines.end());
    const auto has = [&](const identity::Change& change) { return std::find(issued->changes.begin(), issued->changes.end(), change) != issued->changes.end(); };
    EXPECT_TRUE(has({"state", "approved", "issued"}));
    EXPECT_TRUE(has({"number", "", "15/KH-UBND"}));
    EXPECT_TRUE(has({"date", "", "31/03/2026"}));
}

TEST_P(MeaningsTest, AnAmendmentCitesNoLinesOfTheOldPaper) {
    const Id plan = issue();
    ASSERT_TRUE(act([&](Work& work) { return amend_plan(work, {plan, plan_by_id(work, plan)->version, ""}); }));
    for (const auto& item : draft_of(plan).activities) {
        EXPECT_FALSE(item.review.lines);
        EXPECT_TRUE(item.fields.empty());
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, MeaningsTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
