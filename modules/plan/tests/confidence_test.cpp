// How sure Loa is of what it read: sure, worth a look, incomplete; and what makes it surer. On both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "actions.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using enum Confidence;

constexpr std::string_view kPaper =
    "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\n"
    "Căn cứ Kế hoạch số 06/KH-UBND ngày 14 tháng 01 năm 2026 của Ủy ban nhân dân xã về tuyên truyền cải cách hành chính;\n\n"
    "Căn cứ Kế hoạch cải cách hành chính của Ủy ban nhân dân tỉnh;\n\n## I. NHIỆM VỤ\n"
    "1. Tổ chức hội thi.\n- Chủ trì: Phòng Kinh tế.\n- Thời gian thực hiện: quý II.\n"
    "2. Mở chuyên mục hỏi đáp.\n- Nội dung: Phòng Kinh tế chủ trì biên soạn.\n"
    "3. Phát tờ rơi.\n- Chủ trì: Trạm Y tế xã.\n"
    "4. Treo băng rôn.\n- Thời gian thực hiện: quý III.\n"
    "5. Làm video.\n- Chủ trì: Công an xã.\n- Thời gian thực hiện: trước ngày 31/11/2026.\n\n"
    "## II. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế bố trí kinh phí.\n2. Trạm Y tế xã phát loa tại trạm.\n";

class ConfidenceTest : public testing::HouseTest {
  protected:
    template <class Items>
    static std::vector<Confidence> of(const Items& items) {
        std::vector<Confidence> all;
        for (const auto& item : items) all.push_back(item.review.confidence);
        return all;
    }
    std::vector<Confidence> activities(Id plan) { return of(draft_of(plan).activities); }
    Result<> complete(Id plan, std::size_t at, const std::function<void(CompleteActivity&)>& add) {
        const ActivityText activity = draft_of(plan).activities.at(at);
        CompleteActivity input;
        input.plan = plan;
        input.activity = activity.id;
        input.version = activity.review.version;
        add(input);
        return act([&](Work& work) { return complete_activity(work, input); });
    }
};

TEST_P(ConfidenceTest, HasThreeSteps) {
    const Id plan = import_text(kPaper);
    EXPECT_THAT(activities(plan), ElementsAre(Sure,          // each field behind its label, each name known
                                              Check,         // the lead was found in a sentence
                                              Check,         // nobody bears the name
                                              Incomplete,    // nobody leads it
                                              Incomplete));  // the time that is printed is no day
    EXPECT_THAT(of(draft_of(plan).duties), ElementsAre(Sure, Check));
    std::vector<Confidence> bases;
    const Content content = draft_of(plan);
    for (const auto* clause : content.clauses_of(ClauseKind::LegalBasis)) bases.push_back(clause->review.confidence);
    EXPECT_THAT(bases, ElementsAre(Sure, Check)) << "the second has no number and no day";
}

TEST_P(ConfidenceTest, AKnownNameRemovesTheDoubtOfTheNameAlone) {
    const Id plan = import_text(kPaper);
    ASSERT_TRUE(act([&](Work& work) { return resolve_name(work, {plan, "Trạm Y tế xã", ResolveName::As::OutsideBody, {}, {}}); }));
    EXPECT_THAT(activities(plan), ElementsAre(Sure, Check, Sure, Incomplete, Incomplete)) << "the sentence of the second is in doubt";
    EXPECT_THAT(of(draft_of(plan).duties), ElementsAre(Sure, Sure));
}

TEST_P(ConfidenceTest, AnAdditionRemovesTheDoubtOfWhatItAddsAlone) {
    const Id plan = import_text(kPaper);
    ASSERT_TRUE(complete(plan, 3, [&](CompleteActivity& input) { input.leads = {economy_}; }));
    ASSERT_TRUE(complete(plan, 4, [&](CompleteActivity& input) { input.deadline = "quý IV"; }));
    ASSERT_TRUE(complete(plan, 1, [&](CompleteActivity& input) { input.deadline = "quý IV"; }));
    EXPECT_THAT(activities(plan), ElementsAre(Sure, Check, Check, Sure, Sure)) << "nobody has looked at the lead of the second";
}

TEST_P(ConfidenceTest, WhatAPersonHasCorrectedIsHers) {
    const Id plan = import_text(kPaper);
    for (const auto at : {std::size_t{1}, std::size_t{3}}) {
        const ActivityText activity = draft_of(plan).activities.at(at);
        auto words = words_of(activity);
        words.leads = {"Phòng Kinh tế"};
        ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan, activity), words); }));
    }
    EXPECT_THAT(activities(plan), ElementsAre(Sure, Sure, Check, Sure, Incomplete));
}

TEST_P(ConfidenceTest, WhatIsNotSureIsNotConfirmedWithTheRest) {
    const Id plan = import_text(kPaper);
    ASSERT_TRUE(act([&](Work& work) { return resolve_name(work, {plan, "Trạm Y tế xã", ResolveName::As::OutsideBody, {}, {}}); }));
    ASSERT_TRUE(act([&](Work& work) { return confirm_sure_activities(work, {plan}); }));
    std::vector<bool> confirmed;
    for (const auto& activity : draft_of(plan).activities) confirmed.push_back(activity.review.confirmed_by.has_value());
    EXPECT_THAT(confirmed, ElementsAre(true, false, true, false, false));
}

INSTANTIATE_TEST_SUITE_P(Engines, ConfidenceTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
