#include <stdexcept>

#include "clockwork.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

Instant at(int day, int hour, int minute) {
    return start_of(*Date::from(2024, 1, day)).plus_seconds(hour * 3600 + minute * 60);
}

TEST(NextTime, IsTheNextMultipleOrTheNextClockTime) {
    const Schedule second{.name = "a", .job_kind = "a", .every_seconds = 1};
    EXPECT_EQ(next_time(second, {1000}), Instant{2000});
    EXPECT_EQ(next_time(second, {1999}), Instant{2000});
    const Schedule quarter{.name = "b", .job_kind = "b", .every_seconds = 900};
    EXPECT_EQ(next_time(quarter, at(15, 8, 7)), at(15, 8, 15));
    EXPECT_EQ(next_time(quarter, at(15, 8, 15)), at(15, 8, 30));
    const Schedule daily{.name = "c", .job_kind = "c", .daily_at = ClockTime{2, 30}};
    EXPECT_EQ(next_time(daily, at(15, 2, 29)), at(15, 2, 30));
    EXPECT_EQ(next_time(daily, at(15, 2, 30)), at(16, 2, 30));
    EXPECT_EQ(next_time(daily, at(31, 23, 0)), start_of(*Date::from(2024, 2, 1)).plus_seconds(9000));
    // 00:30 in Vietnam is still the day before in UTC.
    const Schedule early{.name = "d", .job_kind = "d", .daily_at = ClockTime{0, 30}};
    EXPECT_EQ(next_time(early, at(15, 0, 0)), at(15, 0, 30));
}

class ScheduleTest : public House {
  protected:
    void SetUp() override {
        House::SetUp();
        registry_.add(JobKind{.name = "test.tick", .handler = [](Work& work, const Job&) -> Result<Done> {
                                  EXPECT_EQ(work.authority, Id{});
                                  notify(work, Id{7}, "jobs.new");
                                  return Done{};
                              }});
    }
    std::int64_t ticks() { return effects(7, Id{}); }
};

TEST_P(ScheduleTest, TwoProcessesRunItOnce) {
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 1});
    auto all = services();
    Clockwork one(registry_, all), other(registry_, all);
    one.enrol();
    other.enrol();
    for (int second = 0; second < 10; ++second, pass(1)) {
        one.strike();
        other.strike();
        run_due();
    }
    EXPECT_EQ(ticks(), 9);  // the first second was not over when they started
}

TEST_P(ScheduleTest, ASlowJobDoesNotPileUp) {
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 1});
    auto all = services();
    Clockwork clockwork(registry_, all);
    clockwork.enrol();
    for (int second = 0; second < 10; ++second, pass(1)) clockwork.strike();
    EXPECT_EQ(queue().waiting, 1);
}

TEST_P(ScheduleTest, MissedTimesAreMadeUpByOneRun) {
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .daily_at = ClockTime{9, 0}});
    auto all = services();
    Clockwork before(registry_, all);
    before.enrol();
    pass(10 * 24 * 3600);  // the server stood in a cupboard
    Clockwork after(registry_, all);
    after.enrol();
    after.strike();
    run_due();
    after.strike();
    run_due();
    EXPECT_EQ(ticks(), 1);
    clock_.set(at(25, 9, 0));
    after.strike();
    run_due();
    EXPECT_EQ(ticks(), 2);
}

TEST_P(ScheduleTest, AFasterRhythmHoldsAtOnce) {
    auto all = services();
    Registry yearly = registry_;
    yearly.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 365 * 24 * 3600});
    Clockwork(yearly, all).enrol();
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 60});
    Clockwork clockwork(registry_, all);
    clockwork.enrol();
    pass(60);
    clockwork.strike();
    EXPECT_EQ(run_due(), 1);
}

TEST_P(ScheduleTest, WhatIsNotWantedWritesNothingAndIsAskedAgain) {
    bool wanted = false;
    int asked = 0;
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 1, .wanted = [&](Work& work) {
                               ++asked;
                               EXPECT_EQ(work.db.mode(), storage::Mode::Read);
                               return wanted;
                           }});
    auto all = services();
    Clockwork clockwork(registry_, all);
    clockwork.enrol();
    for (int second = 0; second < 5; ++second, pass(1)) clockwork.strike();
    EXPECT_EQ(asked, 4);
    EXPECT_EQ(queue().waiting, 0);
    wanted = true;
    clockwork.strike();
    EXPECT_EQ(queue().waiting, 1);
}

TEST_P(ScheduleTest, OneThatFailsDoesNotHoldUpTheOthers) {
    registry_.add(Schedule{.name = "test.broken", .job_kind = "test.tick", .every_seconds = 1,
                           .wanted = [](Work&) -> bool { throw std::runtime_error("a broken statement"); }});
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 1});
    auto all = services();
    Clockwork clockwork(registry_, all);
    clockwork.enrol();
    pass(1);
    EXPECT_THROW(clockwork.strike(), std::runtime_error);
    EXPECT_EQ(queue().waiting, 0);
    clockwork.strike();  // as the dispatcher does, once it has noted the failure
    EXPECT_EQ(queue().waiting, 1);
    EXPECT_EQ(clockwork.next_look(), clock_.now().plus_seconds(1)) << "and the broken one is asked again";
}

TEST_P(ScheduleTest, EveryProcessHasItsOwn) {
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 60,
                           .where = Schedule::Where::EveryProcess});
    auto all = services();
    Clockwork one(registry_, all), other(registry_, all);
    one.enrol();
    other.enrol();
    EXPECT_TRUE(one.strike().empty());
    pass(60);
    EXPECT_EQ(one.next_look(), clock_.now());
    EXPECT_EQ(one.strike().size(), 1u);
    EXPECT_EQ(other.strike().size(), 1u);
    EXPECT_TRUE(one.strike().empty());
    EXPECT_EQ(one.last_words().size(), 1u);
    EXPECT_EQ(queue().waiting, 0);
}

TEST_P(ScheduleTest, AWrongScheduleIsRefusedAtStart) {
    auto all = services();
    const auto refused = [&](Schedule schedule) {
        Registry registry = registry_;
        registry.add(schedule);
        EXPECT_ANY_THROW(Clockwork(registry, all));
    };
    refused({.name = "a", .job_kind = "test.tick"});
    refused({.name = "a", .job_kind = "test.tick", .every_seconds = 1, .daily_at = ClockTime{1, 0}});
    refused({.name = "a", .job_kind = "test.nobody", .every_seconds = 1});
}

INSTANTIATE_TEST_SUITE_P(Engines, ScheduleTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
