// What the reader knew beside the words is kept: where each field stands, when is to be reported, what is odd in the
// paper; and offices of former days are known. On both databases.
#include <gtest/gtest.h>

#include <algorithm>

#include "actions.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

constexpr std::string_view kPaper =
    "# KẾ HOẠCH\n"                                                                                 // 1
    "Tuyên truyền cải cách hành chính năm 2026\n"                                                  // 2
    "\n"                                                                                           // 3
    "## I. NHIỆM VỤ\n"                                                                             // 4
    "1. Tổ chức hội thi tìm hiểu cải cách hành chính.\n"                                           // 5
    "- Đơn vị chủ trì: Phòng Văn hóa và Thông tin.\n"                                              // 6
    "- Đơn vị phối hợp: Phòng Kinh tế.\n"                                                          // 7
    "- Thời gian thực hiện: trước ngày 30/9/2026.\n"                                               // 8
    "\n"                                                                                           // 9
    "## III. TỔ CHỨC THỰC HIỆN\n"                                                                  // 10
    "1. Phòng Kinh tế bố trí kinh phí thực hiện.\n"                                                // 11
    "2. Các cơ quan báo cáo kết quả về Văn phòng HĐND và UBND xã trước ngày 15/12/2026.\n";        // 12

class ImportTest : public testing::HouseTest {
  protected:
    std::int64_t unread(Id person) {
        return town_->read(person, [](Work& work) { return jobs::unread_notices(work); });
    }
    std::vector<identity::Change> last_changes(const Ref& subject) {
        return town_->read(clerk_, [&](Work& work) { return identity::timeline_of(work, subject, 1).front().changes; });
    }
};

TEST_P(ImportTest, EachFieldKeepsItsPlaceInThePaper) {
    const Id plan = import_text(kPaper);
    const auto lines_of = [&](const ActivityText& activity, ActivityField field) {
        for (const auto& reading : activity.fields)
            if (reading.field == field) return std::pair(reading.lines.first, reading.lines.last);
        return std::pair(0, 0);
    };
    const ActivityText activity = draft_of(plan).activities.at(0);
    EXPECT_EQ(lines_of(activity, ActivityField::Title), std::pair(5, 5));
    EXPECT_EQ(lines_of(activity, ActivityField::Leads), std::pair(6, 6));
    EXPECT_EQ(lines_of(activity, ActivityField::Partners), std::pair(7, 7));
    EXPECT_EQ(lines_of(activity, ActivityField::Deadline), std::pair(8, 8));
    EXPECT_EQ(lines_of(activity, ActivityField::Funding), std::pair(0, 0)) << "not printed";

    ActivityWords words;
    words.title = "Tổ chức hội thi";
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, {plan, activity.id, activity.review.version}, words); }));
    EXPECT_EQ(lines_of(draft_of(plan).activities.at(0), ActivityField::Leads), std::pair(6, 6)) << "the paper has not moved";
}

TEST_P(ImportTest, WhenToReportIsKeptAndCanBeMended) {
    const Id plan = import_text(kPaper);
    const auto reporting = [&] {
        const Content content = draft_of(plan);
        const auto clauses = content.clauses_of(ClauseKind::Reporting);
        LOA_CHECK(clauses.size() == 1);
        return *clauses.front();
    };
    const Clause before = reporting();
    ASSERT_TRUE(before.deadline);
    EXPECT_EQ(before.deadline->to, Date::from(2026, 12, 15));

    ClauseWords words{before.text, {}, {}, {}, before.reported_to, "không rõ lúc nào", {}, {}};
    EXPECT_EQ(act([&](Work& work) { return correct_clause(work, {plan, before.id, before.review.version}, words); }).failure().problems.front().field,
              "deadline");
    words.deadline = "trước ngày 20/12/2026";
    ASSERT_TRUE(act([&](Work& work) { return correct_clause(work, {plan, before.id, before.review.version}, words); }));
    EXPECT_EQ(reporting().deadline->to, Date::from(2026, 12, 20));
    EXPECT_EQ(last_changes({"plan.clause", town_->authority(), before.id}),
              (std::vector<identity::Change>{{"deadline", before.deadline->text, "trước ngày 20/12/2026"}}))
        << "only what has changed";
    ASSERT_TRUE(act([&](Work& work) { return drop_clause(work, {plan, before.id, before.review.version + 1}); }));
}

TEST_P(ImportTest, WhatIsOddInThePaperIsSaid) {
    const Id plan = import_text(kPaper);
    const auto warnings = town_->read(clerk_, [&](Work& work) { return warnings_of(work, *plan_by_id(work, plan)->draft_revision); });
    ASSERT_EQ(warnings.size(), 1u) << "what the plan lacks is seen from the plan";
    EXPECT_EQ(warnings[0].code, "skipped_ordinal");
    EXPECT_EQ(warnings[0].about, "II");
    EXPECT_EQ(warnings[0].lines.first, 10);
}

TEST_P(ImportTest, AnOfficeThatIsNoMoreIsStillAName) {
    const Id former = town_->office("Tổ Thư ký Ban Chỉ đạo 06");
    town_->write(Id{}, [&](Work& work) {
        ASSERT_TRUE(identity::close_unit(work, {.unit = former, .date = *Date::from(2026, 3, 1), .version = 1}));
    });
    const Id plan = import_text("# KẾ HOẠCH\nTuyên truyền\n\n## I. NHIỆM VỤ\n1. Tổ chức hội thi.\n"
                                "- Chủ trì: Tổ Thư ký Ban Chỉ đạo 06, Phòng Kinh tế.\n");
    const auto parties = draft_of(plan).activities.at(0).parties;
    ASSERT_EQ(parties.size(), 2u);
    EXPECT_EQ(parties[0].name, "Tổ Thư ký Ban Chỉ đạo 06");
}

TEST_P(ImportTest, TheYearsFollowTheTitle) {
    const Id plan = import_text(kPaper);
    const auto years = [&] {
        return town_->read(clerk_, [&](Work& work) {
            const auto found = plan_by_id(work, plan);
            return std::pair(found->year_from, found->year_to);
        });
    };
    EXPECT_EQ(years(), std::pair(2026, 2026));
    Revision revision = draft_of(plan).revision;
    revision.head.title = "Tuyên truyền cải cách hành chính giai đoạn 2026 - 2030";
    ASSERT_TRUE(act([&](Work& work) { return correct_document(work, {plan, revision.head_version, revision.head}); }));
    EXPECT_EQ(years(), std::pair(2026, 2030));
}

TEST_P(ImportTest, WhatIsCompletedAfterIssueIsToldToTheUnits) {
    const Id youth = town_->person("Trần Minh Khang", youth_, identity::Role::OfficeHead);
    const Id plan = issue();
    const auto mine = lines(youth, youth_);
    const Content content = issued_of(plan);
    const ActivityText* activity = nullptr;  // one for which the paper prints no target
    for (const auto& line : mine)
        if (const auto* found = line.assignment.activity ? content.activity(*line.assignment.activity) : nullptr; found && found->targets.empty())
            activity = found;
    ASSERT_NE(activity, nullptr);
    const auto before = unread(youth), others = unread(stranger_);

    CompleteActivity input;
    input.plan = plan;
    input.activity = activity->id;
    input.version = activity->review.version;
    input.targets = {"ít nhất 02 lớp tập huấn"};
    const auto done = act([&](Work& work) { return complete_activity(work, input); });
    ASSERT_TRUE(done) << done.failure().problems.front().key;
    EXPECT_EQ(unread(youth) - before, 1);
    EXPECT_EQ(unread(stranger_), others) << "whom it does not concern is left in peace";
}

TEST_P(ImportTest, ACorrectionIsToldToWhoCanAgree) {
    const Id plan = issue();
    const auto before = unread(second_), leaders = unread(leader_);
    ASSERT_TRUE(act([&](Work& work) { return correct_reading(work, {plan, plan_by_id(work, plan)->version, "Đọc nhầm cơ quan"}); }));
    ASSERT_TRUE(act([&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
    EXPECT_EQ(unread(second_) - before, 1);
    EXPECT_EQ(unread(leader_), leaders) << "a leader has nothing to do with it";
    const auto agree = [&](Work& work) {
        const auto found = *plan_by_id(work, plan);
        return may_agree(work, found, revision_by_id(work, *found.draft_revision));
    };
    EXPECT_TRUE(town_->read(second_, agree));
    EXPECT_FALSE(town_->read(clerk_, agree));
    EXPECT_FALSE(town_->read(stranger_, agree));
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
