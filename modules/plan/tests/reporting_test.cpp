// Who says that a part of the work is done and who confirms it, and in which order; on both databases.
#include <gtest/gtest.h>

#include "actions.h"
#include "occurrences.h"
#include "progress.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using identity::Role;

Date day(int year, int month, int of_month) { return *Date::from(year, month, of_month); }

class ReportingTest : public testing::HouseTest {
  protected:
    std::vector<Occurrence> occurrences(const Assignment& line) {
        return town_->read(clerk_, [&](Work& work) { return occurrences_by_assignment(work, line.id); });
    }
    template <class Step>
    auto as(Id person, Step&& step) {
        return town_->write(person, std::forward<Step>(step));
    }
    Result<> report(Id person, const Assignment& line) {
        return as(person, [&](Work& work) { return report_line(work, {line.plan, line.id, {}, {}}); });
    }
    Result<> close(Id person, const Assignment& line) {
        return as(person, [&](Work& work) { return close_line(work, {line.plan, line.id, {}, {}}); });
    }
    std::int64_t late(Id plan) {
        return town_->read(clerk_, [&](Work& work) {
            std::int64_t late = 0;
            for (const auto& unit : progress_by_unit(work, *plan_by_id(work, plan))) late += unit.progress.late;
            return late;
        });
    }
};

TEST_P(ReportingTest, APartnerReportsButDoesNotClose) {
    const Id plan = issue();
    const Assignment line = line_of(plan, office_, 0);
    ASSERT_TRUE(line.partner && !line.lead);
    const Id officer = town_->person("Trần Văn Phòng", office_, Role::Clerk), head = town_->person("Lê Thị Chánh", office_, Role::OfficeHead);
    ASSERT_TRUE(report(officer, line));
    for (const Id person : {officer, head}) {
        EXPECT_EQ(close(person, line).failure().reason, Reason::Forbidden) << "the aggregating office confirms";
        EXPECT_EQ(as(person, [&](Work& work) { return close_activity(work, plan, *line.activity); }).failure().reason, Reason::Forbidden)
            << "and the activity as well";
    }
    EXPECT_EQ(line_of(plan, office_, 0).state, AssignmentState::Reported);
    EXPECT_TRUE(close(second_, line));
    EXPECT_EQ(line_of(plan, office_, 0).state, AssignmentState::Closed);
    EXPECT_EQ(line_of(plan, centre_, 0).state, AssignmentState::Open) << "the leads' own parts stay open";
}

TEST_P(ReportingTest, PeriodsAreReportedInAnyOrder) {
    const Id plan = import();
    const auto activity = draft_of(plan).activities.at(3);
    auto words = words_of(activity);
    words.deadline = "Hằng quý, trước ngày 20";
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan, activity), words); }));
    issue(plan, "15", "31/03/2026");
    const Assignment line = line_of(plan, office_, 3);
    const Id officer = town_->person("Trần Văn Phòng", office_, Role::Clerk);
    town_->clock().set(start_of(day(2026, 9, 1)));
    const auto reports = [&](std::size_t at) {
        const auto one = occurrences(line).at(at);
        return as(officer, [&](Work& work) { return report_line(work, {plan, line.id, one.id, one.version}); });
    };
    EXPECT_EQ(reports(2).failure().reason, Reason::Conflict) << "it has not begun";
    ASSERT_TRUE(reports(1));
    auto all = occurrences(line);
    EXPECT_EQ(all[0].state, OccurrenceState::Open);
    EXPECT_EQ(all[1].on_time(), true);
    EXPECT_EQ(line_of(plan, office_, 3).state, AssignmentState::Open);
    EXPECT_GT(late(plan), 0) << "June is late still";
    const auto late_before = late(plan);
    ASSERT_TRUE(as(second_, [&](Work& work) { return close_line(work, {plan, line.id, all[1].id, all[1].version}); }));
    EXPECT_EQ(late(plan), late_before);
    ASSERT_TRUE(reports(0));
    all = occurrences(line);
    EXPECT_EQ(all[0].on_time(), false);
    EXPECT_EQ(all[1].state, OccurrenceState::Closed) << "what was said of a later one stands";
    EXPECT_EQ(late(plan), late_before - 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, ReportingTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
