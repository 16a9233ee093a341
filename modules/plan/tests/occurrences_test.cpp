// When lines fall due, once or once a period; who says that they are done; and what a unit answers to being given one. On
// both databases.
#include "occurrences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "counts.h"
#include "progress.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using identity::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Date day(int year, int month, int of_month) { return *Date::from(year, month, of_month); }

std::vector<std::string> days_of(const std::vector<DueDay>& days) {
    std::vector<std::string> texts;
    for (const auto& due : days) texts.push_back((due.from ? due.from->iso() + "…" + due.to->iso() + ": " : "") + (due.on ? due.on->iso() : "-"));
    return texts;
}

TEST(DueDaysTest, EachKindOfDeadline) {
    Plan plan;
    plan.year_from = plan.year_to = 2026;
    const Date first = day(2026, 3, 31);
    const auto days = [&](const Deadline& deadline) { return days_of(due_days(plan, deadline, first)); };
    EXPECT_THAT(days_of(due_days(plan, std::nullopt, first)), ElementsAre("-"));
    EXPECT_THAT(days({.kind = DeadlineKind::Continuous}), ElementsAre("-"));
    EXPECT_THAT(days({.kind = DeadlineKind::Relative}), ElementsAre("-"));
    EXPECT_THAT(days({.kind = DeadlineKind::Fixed, .to = day(2026, 1, 5)}), ElementsAre("2026-01-05")) << "as the paper says, though it is over";
    EXPECT_THAT(days({.kind = DeadlineKind::Window, .from = day(2026, 4, 1), .to = day(2026, 9, 30)}), ElementsAre("2026-09-30"));
    EXPECT_THAT(days({.kind = DeadlineKind::Recurring, .every = Period::Quarter}),
                ElementsAre("2026-01-01…2026-03-31: 2026-03-31", "2026-04-01…2026-06-30: 2026-06-30", "2026-07-01…2026-09-30: 2026-09-30",
                            "2026-10-01…2026-12-31: 2026-12-31"));
    EXPECT_THAT(days({.kind = DeadlineKind::Recurring, .every = Period::Quarter, .due_day = 20}),
                ElementsAre("2026-04-01…2026-06-30: 2026-06-20", "2026-07-01…2026-09-30: 2026-09-20", "2026-10-01…2026-12-31: 2026-12-20"))
        << "20/3 was over when it was issued";
    EXPECT_THAT(days({.kind = DeadlineKind::Recurring, .every = Period::HalfYear, .due_day = 1, .due_month = 6}),
                ElementsAre("2026-01-01…2026-06-30: 2026-06-01", "2026-07-01…2026-12-31: 2026-12-01"));
    EXPECT_THAT(days({.kind = DeadlineKind::Recurring, .every = Period::Year, .due_day = 15, .due_month = 11}),
                ElementsAre("2026-01-01…2026-12-31: 2026-11-15"));
    EXPECT_THAT(days({.kind = DeadlineKind::Recurring, .from = day(2026, 10, 15), .to = day(2026, 12, 10), .every = Period::Month, .due_day = 31}),
                ElementsAre("2026-10-01…2026-10-31: 2026-10-31", "2026-11-01…2026-11-30: 2026-11-30", "2026-12-01…2026-12-31: 2026-12-10"))
        << "November has no 31st; the window ends on 10 December";
    EXPECT_EQ(days({.kind = DeadlineKind::Recurring, .every = Period::Month}).size(), 10u);
    EXPECT_EQ(days({.kind = DeadlineKind::Recurring, .every = Period::Day}), days({.kind = DeadlineKind::Recurring, .every = Period::Month}));
    const auto weeks = days({.kind = DeadlineKind::Recurring, .from = day(2026, 4, 1), .to = day(2026, 4, 15), .every = Period::Week});
    EXPECT_THAT(weeks, ElementsAre("2026-03-30…2026-04-05: 2026-04-05", "2026-04-06…2026-04-12: 2026-04-12", "2026-04-13…2026-04-15: 2026-04-15"));
}

TEST(DueDaysTest, APlanOfManyYearsOrOfNone) {
    Plan plan;
    plan.year_from = 2026, plan.year_to = 2030;
    const Deadline yearly{.kind = DeadlineKind::Recurring, .every = Period::Year, .due_day = 15, .due_month = 11};
    EXPECT_EQ(due_days(plan, yearly, day(2026, 1, 19)).size(), 5u);
    plan.year_from = plan.year_to = 0;
    EXPECT_THAT(days_of(due_days(plan, yearly, day(2027, 1, 19))), ElementsAre("2027-01-01…2027-12-31: 2027-11-15"));
    const Deadline odd{.kind = DeadlineKind::Recurring, .from = day(1, 1, 1), .to = day(9999, 12, 31), .every = Period::Week};
    EXPECT_THAT(days_of(due_days(plan, odd, day(2027, 1, 19))), ElementsAre("9999-12-31")) << "nobody answers half a million times";
    const Deadline last{.kind = DeadlineKind::Recurring, .from = day(9998, 1, 1), .to = day(9999, 12, 31), .every = Period::Week};
    EXPECT_EQ(due_days(plan, last, day(2027, 1, 19)).size(), 1u) << "nothing runs over the end of the calendar";
}

class OccurrencesTest : public testing::HouseTest {
  protected:
    /// The demonstration's first plan, its activity at `at` with another deadline, in force since 31/03/2026.
    Id issue_with(std::size_t at, const std::string& deadline) {
        const Id plan = import();
        word(plan, at, deadline);
        issue(plan, "15", "31/03/2026");
        return plan;
    }
    void word(Id plan, std::size_t at, const std::string& deadline) {
        const auto activity = draft_of(plan).activities.at(at);
        auto words = words_of(activity);
        words.deadline = deadline;
        ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan, activity), words); })) << deadline;
    }
    std::vector<Occurrence> occurrences(const Assignment& line) {
        return town_->read(clerk_, [&](Work& work) { return occurrences_by_assignment(work, line.id); });
    }
    std::vector<std::string> days(const Assignment& line) {
        std::vector<std::string> texts;
        for (const auto& one : occurrences(line)) texts.push_back(one.due_on ? one.due_on->iso() : "-");
        return texts;
    }
    template <class Step>
    auto as(Id person, Step&& step) {
        return town_->write(person, std::forward<Step>(step));
    }
    Result<> report(Id person, const Assignment& line, const std::string& reason = "") {
        return as(person, [&](Work& work) { return report_line(work, {line.plan, line.id, {}, {}}, reason); });
    }
    Result<> close(Id person, const Assignment& line) {
        return as(person, [&](Work& work) { return close_line(work, {line.plan, line.id, {}, {}}); });
    }
    struct ReportedLate {
        Id plan;
        Assignment line;
    };
    /// A plan whose third line has that deadline, reported by its office on a day on which it is late already.
    ReportedLate reported_late(const std::string& deadline, Date on) {
        const Id plan = issue_with(3, deadline);
        const Assignment line = line_of(plan, office_, 3);
        town_->clock().set(start_of(on));
        EXPECT_TRUE(report(town_->person("Trần Văn Phòng", office_, Role::Clerk), line));
        EXPECT_EQ(occurrences(line).front().on_time(), false);
        return {plan, line};
    }
    /// The kept figures say what is there.
    void expect_counted(Id plan) {
        const auto kept = [&](const char* statement) {
            return town_->read(clerk_, [&](Work& work) {
                std::string all;
                for (const auto& row : work.db.query(statement, {work.authority, plan}))
                    for (const auto& column : row.columns())
                        all += column + " " + (column == "day" ? row.text(column) : std::to_string(row.number(column))) + "; ";
                return all;
            });
        };
        const auto units = kept("plan.unit_progress_by_plan"), all = kept("plan.progress_of_plans"), days = kept("plan.day_progress_by_plan");
        as(Id{}, [&](Work& work) { recount(work, plan); });
        EXPECT_NE(units, "");
        EXPECT_EQ(kept("plan.unit_progress_by_plan"), units);
        EXPECT_EQ(kept("plan.progress_of_plans"), all);
        EXPECT_EQ(kept("plan.day_progress_by_plan"), days);
        expect_on_time_kept(plan);
    }
    /// What is kept of each time is what its day and its report come to.
    void expect_on_time_kept(Id plan) {
        town_->read(clerk_, [&](Work& work) {
            for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, plan})) {
                Occurrence occurrence;
                occurrence.due_on = row.optional_date("due_on");
                occurrence.reported_at = row.optional_instant("reported_at");
                const auto on_time = occurrence.on_time();
                EXPECT_EQ(row.optional_number("on_time"), on_time ? std::optional<std::int64_t>(*on_time) : std::nullopt) << row.text("state");
            }
            return 0;
        });
    }
    std::int64_t late(Id plan) {
        return town_->read(clerk_, [&](Work& work) {
            std::int64_t by_subject = 0, by_unit = 0;
            for (const auto& subject : progress_by_subject(work, *plan_by_id(work, plan))) by_subject += subject.progress.late;
            for (const auto& unit : progress_by_unit(work, *plan_by_id(work, plan))) by_unit += unit.progress.late;
            EXPECT_EQ(by_subject, by_unit);
            return by_unit;
        });
    }
};

TEST_P(OccurrencesTest, ALineIsReportedConfirmedAndReturned) {
    const Id plan = issue();
    Assignment line = line_of(plan, culture_);
    ASSERT_THAT(days(line), ElementsAre("2026-12-31"));
    const auto first = occurrences(line).front();
    const auto act = [&](Id person, std::int64_t version, auto step) {
        return as(person, [&](Work& work) { return step(work, OccurrenceRef{plan, line.id, first.id, version}); });
    };
    const auto reports = [](Work& work, const OccurrenceRef& ref) { return report_line(work, ref); };
    ASSERT_TRUE(act(clerk_, 1, reports));
    EXPECT_EQ(act(clerk_, 1, reports).failure().reason, Reason::Conflict);
    EXPECT_EQ(line_of(plan, culture_).state, AssignmentState::Reported);
    EXPECT_EQ(occurrences(line).front().reported_at->date(), day(2026, 4, 1));
    EXPECT_EQ(occurrences(line).front().on_time(), true);
    EXPECT_EQ(act(second_, 2, [](Work& work, const OccurrenceRef& ref) { return return_line(work, ref, " "); }).failure().reason, Reason::Invalid);
    ASSERT_TRUE(act(second_, 2, [](Work& work, const OccurrenceRef& ref) { return return_line(work, ref, "Thiếu sản phẩm"); }));
    EXPECT_EQ(line_of(plan, culture_).state, AssignmentState::Open);
    EXPECT_FALSE(occurrences(line).front().reported_at) << "on time is by the next report";
    EXPECT_EQ(occurrences(line).front().reason, "Thiếu sản phẩm");
    ASSERT_TRUE(act(clerk_, 3, reports));
    EXPECT_EQ(act(stranger_, 4, [](Work& work, const OccurrenceRef& ref) { return close_line(work, ref); }).failure().reason, Reason::NotFound);
    expect_counted(plan);
    ASSERT_TRUE(act(second_, 4, [](Work& work, const OccurrenceRef& ref) { return close_line(work, ref); }));
    EXPECT_EQ(line_of(plan, culture_).state, AssignmentState::Closed);
    expect_counted(plan);
    ASSERT_TRUE(act(second_, 5, [](Work& work, const OccurrenceRef& ref) { return return_line(work, ref, "Xem lại"); }));
    expect_counted(plan);
}

TEST_P(OccurrencesTest, ARecurringLineIsReportedPeriodByPeriod) {
    const Id plan = issue_with(3, "Hằng quý, trước ngày 20");
    const Assignment line = line_of(plan, office_, 3);
    EXPECT_THAT(days(line), ElementsAre("2026-06-20", "2026-09-20", "2026-12-20"));
    EXPECT_EQ(late(plan), 0);
    town_->clock().set(start_of(day(2026, 6, 21)));
    EXPECT_GT(late(plan), 0) << "from 00:00 of the day after";
    const auto late_before = late(plan);
    const Id officer = town_->person("Trần Văn Phòng", office_, Role::Clerk);
    ASSERT_TRUE(report(officer, line));
    EXPECT_EQ(late(plan), late_before - 1);
    EXPECT_EQ(line_of(plan, office_, 3).state, AssignmentState::Open) << "two more quarters to go";
    EXPECT_EQ(occurrences(line)[0].on_time(), false);
    expect_on_time_kept(plan);
    ASSERT_TRUE(close(second_, line));
    EXPECT_EQ(report(officer, line).failure().problems.front().key, "plan.period_not_begun");
    town_->clock().set(start_of(day(2026, 7, 1)));
    ASSERT_TRUE(report(officer, line));
    town_->clock().set(start_of(day(2026, 10, 1)));
    ASSERT_TRUE(report(officer, line));
    EXPECT_EQ(line_of(plan, office_, 3).state, AssignmentState::Reported);
    EXPECT_EQ(report(officer, line).failure().reason, Reason::Conflict) << "nothing is left to report";
    expect_counted(plan);
    ASSERT_TRUE(close(second_, line));
    ASSERT_TRUE(close(second_, line));
    EXPECT_EQ(line_of(plan, office_, 3).state, AssignmentState::Closed);
    expect_counted(plan);
}

TEST_P(OccurrencesTest, AnAmendmentMovesWhatIsToComeAndKeepsWhatWas) {
    const Id plan = issue_with(3, "Hằng quý, trước ngày 20");
    const Assignment line = line_of(plan, office_, 3);
    const Id officer = town_->person("Trần Văn Phòng", office_, Role::Clerk);
    town_->clock().set(start_of(day(2026, 6, 19)));
    ASSERT_TRUE(report(officer, line));
    const auto before = occurrences(line);
    town_->clock().set(start_of(day(2026, 7, 15)));
    amend(plan);
    word(plan, 3, "Hằng quý, trước ngày 10");
    issue(plan, "31", "15/07/2026");
    auto after = occurrences(line);
    ASSERT_EQ(after.size(), 3u);
    EXPECT_THAT(days(line), ElementsAre("2026-06-20", "2026-09-10", "2026-12-10"));
    EXPECT_EQ(after[1].id, before[1].id);
    EXPECT_EQ(after[0].state, OccurrenceState::Reported);

    amend(plan);
    word(plan, 3, "Trước ngày 30/11/2026");
    issue(plan, "32", "15/07/2026");
    EXPECT_THAT(days(line), ElementsAre("2026-06-20", "2026-11-30")) << "the quarters to come are asked for no more";
    EXPECT_EQ(line_of(plan, office_, 3).state, AssignmentState::Open);

    amend(plan);
    word(plan, 3, "Hằng quý, trước ngày 10");
    issue(plan, "33", "15/07/2026");
    after = occurrences(line);
    EXPECT_THAT(days(line), ElementsAre("2026-06-20", "2026-09-10", "2026-12-10"));
    EXPECT_EQ(after[1].id, before[1].id) << "the same quarter, back";
    expect_counted(plan);
}

TEST_P(OccurrencesTest, AnAmendmentAsksForNothingThatIsOver) {
    const Id plan = issue_with(3, "Hằng quý, trước ngày 20");
    const Assignment line = line_of(plan, office_, 3);
    const Id officer = town_->person("Trần Văn Phòng", office_, Role::Clerk);
    town_->clock().set(start_of(day(2026, 6, 19)));
    ASSERT_TRUE(report(officer, line));
    town_->clock().set(start_of(day(2026, 10, 15)));
    const auto before = late(plan);
    amend(plan);
    word(plan, 3, "Hằng tháng, trước ngày 25");
    issue(plan, "31", "01/08/2026");
    EXPECT_THAT(days(line), ElementsAre("2026-06-20", "2026-10-25", "2026-11-25", "2026-12-25")) << "August and September were never asked for";
    EXPECT_EQ(occurrences(line)[0].state, OccurrenceState::Reported) << "a quarter is no month, though both begin on 1 April";
    EXPECT_EQ(late(plan), before - 1) << "the third quarter is asked for no more";
    expect_counted(plan);
}

TEST_P(OccurrencesTest, AnEndedLineIsLateNoMore) {
    const Id plan = issue_with(2, "Trước ngày 10/4/2026");
    town_->clock().set(start_of(day(2026, 4, 20)));
    const auto before = late(plan);
    ASSERT_GT(before, 0);
    amend(plan);
    const auto activity = draft_of(plan).activities.at(2);
    ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, ref(plan, activity)); }));
    issue(plan, "31", "20/04/2026");
    EXPECT_EQ(late(plan), 0);
}

// Culture and the one-stop centre lead activity 2; culture is made accountable.
TEST_P(OccurrencesTest, TheAccountableLeadClosesTheActivity) {
    const Id plan = issue();
    const auto activity = issued_of(plan).activities.at(1);
    const auto lead = std::find_if(activity.parties.begin(), activity.parties.end(), [&](const Party& party) { return party.unit == culture_; });
    ASSERT_TRUE(as(clerk_, [&](Work& work) {
        return complete_activity(work, {.plan = plan, .activity = activity.id, .version = activity.review.version, .accountable = lead->id});
    }));
    const Id other = town_->person("Lê Thị Một Cửa", centre_, Role::Clerk);
    const auto close_all = [&](Id person) { return as(person, [&](Work& work) { return close_activity(work, plan, activity.id); }); };

    EXPECT_EQ(report(clerk_, line_of(plan, culture_)).failure().problems.front().key, "plan.leads_not_done");
    ASSERT_TRUE(report(other, line_of(plan, centre_)));
    EXPECT_EQ(close_all(second_).failure().problems.front().key, "plan.accountable_not_done") << "the second part is done, the activity is not";
    ASSERT_TRUE(report(clerk_, line_of(plan, culture_)));
    EXPECT_EQ(close_all(other).failure().reason, Reason::Forbidden);
    ASSERT_TRUE(close_all(second_));
    EXPECT_EQ(line_of(plan, culture_).state, AssignmentState::Closed);
    EXPECT_EQ(line_of(plan, centre_).state, AssignmentState::Closed);
    EXPECT_EQ(line_of(plan, youth_).state, AssignmentState::Open) << "a partner that has not reported";
}

// Each quarter is closed on its own: what a lead owes for the next one holds nobody up.
TEST_P(OccurrencesTest, TheAccountableLeadClosesOnePeriod) {
    const Id plan = issue_with(1, "Hằng quý, trước ngày 20");
    const auto activity = issued_of(plan).activities.at(1);
    const auto lead = std::find_if(activity.parties.begin(), activity.parties.end(), [&](const Party& party) { return party.unit == culture_; });
    ASSERT_TRUE(as(clerk_, [&](Work& work) {
        return complete_activity(work, {.plan = plan, .activity = activity.id, .version = activity.review.version, .accountable = lead->id});
    }));
    const Id other = town_->person("Lê Thị Một Cửa", centre_, Role::Clerk);
    const auto close_all = [&] { return as(second_, [&](Work& work) { return close_activity(work, plan, activity.id); }); };
    const auto states = [&](Id unit) {
        std::string all;
        for (const auto& one : occurrences(line_of(plan, unit))) all += std::string(text_of(one.state)) + " ";
        return all;
    };
    EXPECT_EQ(report(clerk_, line_of(plan, culture_)).failure().problems.front().key, "plan.leads_not_done");
    ASSERT_TRUE(report(other, line_of(plan, centre_)));
    ASSERT_TRUE(report(clerk_, line_of(plan, culture_))) << "the other lead's next quarters are not this one";
    ASSERT_TRUE(close_all());
    EXPECT_EQ(states(culture_), "closed open open ");
    EXPECT_EQ(states(centre_), "closed open open ");
    town_->clock().set(start_of(day(2026, 7, 1)));
    ASSERT_TRUE(report(other, line_of(plan, centre_)));
    EXPECT_EQ(close_all().failure().problems.front().key, "plan.accountable_not_done") << "the quarter before is no word on this one";
    EXPECT_EQ(states(centre_), "closed reported open ");
}

TEST_P(OccurrencesTest, TheAccountableLeadGoesAheadWithAReason) {
    const Id plan = issue();
    const auto activity = issued_of(plan).activities.at(1);
    const auto lead = std::find_if(activity.parties.begin(), activity.parties.end(), [&](const Party& party) { return party.unit == culture_; });
    ASSERT_TRUE(as(clerk_, [&](Work& work) {
        return complete_activity(work, {.plan = plan, .activity = activity.id, .version = activity.review.version, .accountable = lead->id});
    }));
    ASSERT_TRUE(report(clerk_, line_of(plan, culture_), "Trung tâm đã gửi sản phẩm, chưa có người báo"));
    EXPECT_EQ(occurrences(line_of(plan, culture_)).front().reason, "Trung tâm đã gửi sản phẩm, chưa có người báo");
}

TEST_P(OccurrencesTest, AUnitAnswersToWhatItIsGiven) {
    const Id plan = issue();
    const auto line = [&] { return line_of(plan, centre_); };
    const auto with_ref = [&](Id person, auto step) {
        const LineRef at{plan, line().id, line().version};
        return as(person, [&](Work& work) { return step(work, at); });
    };
    const Id officer = town_->person("Lê Thị Một Cửa", centre_, Role::Clerk);
    const Id colleague = town_->person("Võ Văn Quầy", centre_, Role::Clerk);
    EXPECT_EQ(line().answer, Answer::None);
    EXPECT_EQ(with_ref(clerk_, [](Work& work, const LineRef& at) { return accept_line(work, at); }).failure().reason, Reason::Forbidden) << "another unit's";
    EXPECT_EQ(with_ref(officer, [&](Work& work, const LineRef& at) { return give_back_line(work, at, " "); }).failure().reason, Reason::Invalid);
    ASSERT_TRUE(with_ref(officer, [&](Work& work, const LineRef& at) { return give_back_line(work, at, "Không có chức năng thu âm"); }));
    EXPECT_EQ(line().answer, Answer::Returned);
    EXPECT_EQ(line().answer_reason, "Không có chức năng thu âm");
    EXPECT_EQ(with_ref(officer, [&](Work& work, const LineRef& at) { return keep_line(work, at, "Vẫn giao"); }).failure().reason, Reason::Forbidden);
    ASSERT_TRUE(with_ref(second_, [&](Work& work, const LineRef& at) { return keep_line(work, at, "Chỉ soạn lời, Phòng thu âm"); }));
    EXPECT_EQ(line().answer, Answer::None);
    EXPECT_EQ(line().answer_reason, "Chỉ soạn lời, Phòng thu âm");

    EXPECT_EQ(with_ref(officer, [&](Work& work, const LineRef& at) { return hand_line(work, at, clerk_); }).failure().reason, Reason::Invalid) << "not of the unit";
    ASSERT_TRUE(with_ref(officer, [&](Work& work, const LineRef& at) { return hand_line(work, at, colleague); }));
    EXPECT_EQ(line().answer, Answer::Accepted);
    EXPECT_EQ(line().person, colleague);
    ASSERT_TRUE(with_ref(officer, [&](Work& work, const LineRef& at) { return accept_line(work, at); })) << "again";
    ASSERT_TRUE(with_ref(colleague, [&](Work& work, const LineRef& at) { return hand_line(work, at, std::nullopt); }));
    EXPECT_FALSE(line().person);
    const auto stale = LineRef{plan, line().id, line().version - 1};
    EXPECT_EQ(as(officer, [&](Work& work) { return hand_line(work, stale, colleague); }).failure().reason, Reason::Conflict);
    ASSERT_TRUE(report(officer, line()));
    EXPECT_EQ(with_ref(officer, [&](Work& work, const LineRef& at) { return give_back_line(work, at, "Muộn rồi"); }).failure().problems.front().key, "plan.line_is_reported");
}

TEST_P(OccurrencesTest, AnAmendedDaySaysAnewWhatWasOnTime) {
    const auto [plan, line] = reported_late("Trước ngày 20/6/2026", day(2026, 6, 25));
    amend(plan);
    word(plan, 3, "Trước ngày 31/7/2026");
    issue(plan, "31", "25/06/2026");
    EXPECT_EQ(occurrences(line).front().on_time(), true);
    expect_counted(plan);  // and so it is kept
}

// 20 June 2026 is a Saturday, 20 September and 20 December are Sundays.
TEST_P(OccurrencesTest, DaysOffMoveWhatIsDueWhereTheAuthoritySaysSo) {
    const auto [plan, line] = reported_late("Hằng quý, trước ngày 20", day(2026, 6, 21));
    const auto set_rule = [&, plan = plan](identity::DueDays rule) {
        as(town_->administrator(), [&](Work& work) { EXPECT_TRUE(identity::set_due_days(work, rule)); });
        return as(Id{}, [&](Work& work) { return move_due_days(work, plan, identity::Calendar(work)); });
    };
    EXPECT_GE(set_rule(identity::DueDays::NextWorkingDay), 3);
    EXPECT_THAT(days(line), ElementsAre("2026-06-22", "2026-09-21", "2026-12-21"));
    EXPECT_EQ(occurrences(line).front().printed_on, day(2026, 6, 20));
    EXPECT_EQ(occurrences(line).front().on_time(), true) << "it was due on Monday";
    expect_counted(plan);
    EXPECT_EQ(set_rule(identity::DueDays::NextWorkingDay), 0) << "nothing to move twice";

    as(town_->administrator(), [&](Work& work) {
        EXPECT_TRUE(identity::set_days(work, {day(2026, 9, 21), day(2026, 9, 21), identity::Occasion::Other, "Quyết định số 1/QĐ-UBND"}));
    });
    amend(plan);
    word(plan, 3, "Hằng quý, trước ngày 19");
    issue(plan, "31", "21/06/2026");
    EXPECT_THAT(days(line), ElementsAre("2026-06-22", "2026-09-22", "2026-12-21")) << "that is over; a Saturday before a Monday that is off; a Saturday";
}

INSTANTIATE_TEST_SUITE_P(Engines, OccurrencesTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
