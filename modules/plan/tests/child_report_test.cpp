// What of a lower committee's plan goes up: each thing once, whatever the order in which things happen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "actions.h"
#include "loa/jobs/notices.h"
#include "queries.h"
#include "support/child_house.h"

namespace loa::plan {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ChildReportTest : public testing::ChildHouseTest {};

TEST_P(ChildReportTest, TheTownSeesWhoHasIssued) {
    EXPECT_EQ(state_of(*lower_), "none");
    const Id child = made(*lower_);
    EXPECT_EQ(state_of(*lower_), "none") << "it goes up by the job alone";
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "draft ");
    issue_below(*lower_, child, "21");
    EXPECT_EQ(state_of(*lower_), "issued 21/KH-UBND");
    EXPECT_EQ(state_of(*other_), "none");
    const Ref report{"plan.child_report", town_->authority(), plan_};
    EXPECT_THAT(events(*town_, clerk_, report), SizeIs(2)) << "drafted, issued";
    const auto told = town_->read(clerk_, [](Work& work) {
        std::vector<std::string> keys;
        for (const auto& notice : jobs::notices(work, 100)) keys.push_back(notice.message.key);
        return keys;
    });
    EXPECT_THAT(told, Contains("plan.notice_child_issued").Times(1));
    ASSERT_TRUE(lower_->town.write(lower_->town.leader(), [&](Work& work) { return withdraw_plan(work, {child, plan_by_id(work, child)->version, "Ban hành nhầm"}); }));
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "withdrawn ");
    EXPECT_THAT(events(*town_, clerk_, report), SizeIs(3));
    const Id second = made(*lower_);
    EXPECT_NE(second, child);
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "draft ");
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return delete_draft(work, {second, plan_by_id(work, second)->version, ""}); }));
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "none");
}

TEST_P(ChildReportTest, WhoStandsForTheUnitNoMoreSpeaksForItNoMore) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    EXPECT_EQ(state_of(*lower_), "issued 21/KH-UBND");
    town_->write(town_->administrator(), [&](Work& work) {
        ASSERT_TRUE(identity::represent_authority(work, {lower_->unit, std::nullopt, identity::unit_by_id(work, lower_->unit)->version}));
    });
    done_below(*lower_, child, 0, "1");
    run_jobs();
    const auto said = town_->read(Id{}, [&](Work& work) { return work.db.one("plan.child_report", {work.authority, plan_, lower_->unit}).has_value(); });
    EXPECT_FALSE(said) << "what it had said is gone, and what it does is not the unit's";
}

TEST_P(ChildReportTest, WhatIsConfirmedBelowCountsOnceAbove) {
    const Assignment line = line_above(lower_->unit);
    const auto early = record_above(lower_->officer, line, "1");
    ASSERT_TRUE(early);
    ASSERT_TRUE(act([&](Work& work) { return confirm_evidence(work, {plan_, line.id, *early, 1}); }));
    const Id child = made(*lower_);
    run_jobs();
    EXPECT_TRUE(record_above(lower_->officer, line, "1")) << "a draft does nothing yet";
    issue_below(*lower_, child, "21");
    EXPECT_EQ(done_above(line), std::pair(1.0, 0.0)) << "what was recorded before stays";

    const auto refused = record_above(lower_->officer, line, "1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().reason, Reason::Conflict);
    EXPECT_EQ(key_of(refused.failure()), "plan.recorded_in_child");
    EXPECT_EQ(key_of(record_above(clerk_, line, "1").failure()), "plan.recorded_in_child") << "nor in its place";

    const Id evidence = done_below(*lower_, child, 0, "4");
    EXPECT_EQ(done_above(line), std::pair(1.0, 0.0));
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(5.0, 4.0));
    // Once more, with nothing new: the same figures.
    below(*lower_, [&](Work& work) { report_up(work, child); });
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(5.0, 4.0));
    done_below(*lower_, child, 0, "2");
    done_below(*lower_, child, 1, "");
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(7.0, 6.0));
    const auto lines = lines_done_below();
    ASSERT_THAT(lines, SizeIs(2));
    for (const auto& each : lines) EXPECT_EQ(each.pieces, each.assignment == line.id ? 2 : 1);

    ASSERT_TRUE(below(*lower_, [&](Work& work) {
        return withdraw_evidence(work, {child, line_below_in(work, child, evidence), evidence, 2}, "Ghi nhầm");
    }));
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(3.0, 2.0));
    ASSERT_TRUE(lower_->town.write(lower_->town.leader(), [&](Work& work) { return withdraw_plan(work, {child, plan_by_id(work, child)->version, "Thay kế hoạch"}); }));
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(1.0, 0.0));
    EXPECT_THAT(lines_done_below(), IsEmpty());
    EXPECT_TRUE(record_above(lower_->officer, line, "1")) << "there is no other place any more";
}

TEST_P(ChildReportTest, WhatWasDoneOfADroppedActivityStays) {
    const Assignment line = line_above(lower_->unit);
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    done_below(*lower_, child, 0, "4");
    run_jobs();
    ASSERT_EQ(done_above(line), std::pair(4.0, 4.0));
    EXPECT_EQ(key_of(record_above(lower_->officer, line, "1").failure()), "plan.recorded_in_child");

    ASSERT_TRUE(below(*lower_, [&](Work& work) { return amend_plan(work, {child, plan_by_id(work, child)->version, ""}); }));
    const auto dropped = draft_below(*lower_, child).activities.front();
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return drop_activity(work, ref(child, dropped)); }));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return confirm_all(work, child); }));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return submit_plan(work, {child, version_in(work, child), ""}); }));
    ASSERT_TRUE(lower_->town.write(lower_->town.leader(), [&](Work& work) { return approve_plan(work, {child, version_in(work, child), ""}); }));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return issue_plan(work, {child, version_in(work, child), "22", "01/04/2026"}); }));
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(4.0, 4.0)) << "a dropped activity keeps its evidence";
    const auto lines = lines_done_below();
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const ChildLine& each) { return each.assignment == line.id; });
    ASSERT_NE(found, lines.end());
    EXPECT_EQ(std::pair(found->lines, found->pieces), (std::pair<std::int64_t, std::int64_t>(0, 1)));
    EXPECT_TRUE(record_above(lower_->officer, line, "1")) << "nobody does it below any more";
}

TEST_P(ChildReportTest, AJobThatRunsLateOrTwiceEndsInTheSameFigures) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    const Assignment line = line_above(lower_->unit);
    const Id first = done_below(*lower_, child, 0, "4");
    done_below(*lower_, child, 0, "2");
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return withdraw_evidence(work, {child, line_below_in(work, child, first), first, 2}, "Ghi nhầm"); }));
    EXPECT_EQ(done_above(line), std::pair(0.0, 0.0)) << "nothing has run";
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(2.0, 2.0));
    // One that was put in before, and one from above, come after what they were for.
    town_->write(clerk_, [&](Work& work) { ask_children(work, plan_); });
    below(*lower_, [&](Work& work) { report_up(work, child); });
    run_jobs();
    below(*lower_, [&](Work& work) { report_up(work, child); });
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(2.0, 2.0));
}

TEST_P(ChildReportTest, WhatAClosedPlanDidStays) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    done_below(*lower_, child, 0, "4");
    ASSERT_TRUE(lower_->town.write(lower_->town.leader(), [&](Work& work) { return close_plan(work, {child, plan_by_id(work, child)->version, ""}); }));
    run_jobs();
    const Assignment line = line_above(lower_->unit);
    EXPECT_EQ(state_of(*lower_), "closed 21/KH-UBND");
    EXPECT_EQ(done_above(line), std::pair(4.0, 4.0));
    EXPECT_TRUE(record_above(lower_->officer, line, "1")) << "nothing is recorded below any more";
    EXPECT_EQ(make(lower_->officer, lower_->unit)->plan, child) << "its year has its plan";
}

TEST_P(ChildReportTest, OfTwoWardsEachCountsForItself) {
    const Id one = made(*lower_), two = made(*other_);
    issue_below(*lower_, one, "21");
    issue_below(*other_, two, "21");
    done_below(*lower_, one, 1, "");
    done_below(*other_, two, 0, "");
    done_below(*other_, two, 0, "");
    run_jobs();
    std::map<Id, std::int64_t> pieces;
    for (const auto& line : lines_done_below()) pieces[line.assignment] = line.pieces;
    EXPECT_EQ(pieces[line_above(lower_->unit, 1).id], 1);
    EXPECT_EQ(pieces[line_above(other_->unit, 1).id], 2);
    EXPECT_EQ(pieces[line_above(lower_->unit, 0).id], 0);
}

TEST_P(ChildReportTest, ALineClosedBelowIsSeenAbove) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    const Assignment line = line_below(*lower_, child, 1);
    const auto seen = [&] {
        for (const auto& each : lines_done_below())
            if (each.assignment == line_above(lower_->unit, 1).id) return std::pair(each.closed, each.lines);
        return std::pair<std::int64_t, std::int64_t>(-1, -1);
    };
    EXPECT_EQ(seen(), (std::pair<std::int64_t, std::int64_t>(0, 1)));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return report_line(work, {child, line.id, {}, {}}); }));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return close_line(work, {child, line.id, {}, {}}); }));
    run_jobs();
    EXPECT_EQ(seen(), (std::pair<std::int64_t, std::int64_t>(1, 1)));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return return_line(work, {child, line.id, {}, {}}, "Chưa đủ ảnh"); }));
    run_jobs();
    EXPECT_EQ(seen(), (std::pair<std::int64_t, std::int64_t>(0, 1)));
}

TEST_P(ChildReportTest, AShareGivenLaterTakesInWhatWasDone) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    done_below(*lower_, child, 0, "4");
    run_jobs();
    const Assignment line = line_above(lower_->unit);
    ASSERT_TRUE(act([&](Work& work) { return set_line_targets(work, {plan_, line.id, std::nullopt}, {"20 tờ gấp", "mỗi tháng ít nhất 03 bài"}); }));
    run_jobs();
    const auto targets = town_->read(clerk_, [&](Work& work) { return targets_by_assignment(work, line.id); });
    ASSERT_GE(targets.size(), 2u);
    EXPECT_EQ(targets[0].done, 0) << "leaflets are no pieces on the loudspeaker";
    EXPECT_EQ(targets[1].done, 4);
}

INSTANTIATE_TEST_SUITE_P(Engines, ChildReportTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
