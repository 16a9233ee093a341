#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

#include "attempt.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

class QueueTest : public House {};

TEST_P(QueueTest, AJobIsDoneOnceAndGone) {
    registry_.add(telling("test.tell"));
    EXPECT_TRUE(enqueued("test.tell"));
    EXPECT_EQ(queue().waiting, 1);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(run_due(), 0);
    EXPECT_EQ(effects(), 1);
    EXPECT_EQ(queue().waiting + queue().running + queue().dead, 0);
}

TEST_P(QueueTest, WhatWasRolledBackNeverRuns) {
    registry_.add(telling("test.tell"));
    EXPECT_THROW(write([](Work& work) {
                     enqueue(work, "test.tell", "7");
                     throw std::runtime_error("the action failed");
                 }),
                 std::runtime_error);
    EXPECT_EQ(run_due(), 0);
    EXPECT_EQ(effects(), 0);
}

TEST_P(QueueTest, ALaterJobWaitsForItsTime) {
    registry_.add(telling("test.tell"));
    enqueued("test.tell", "7", {.run_at = kMorning.plus_seconds(3600)});
    EXPECT_EQ(run_due(), 0);
    EXPECT_FALSE(queue().oldest_due);
    pass(3600);
    EXPECT_EQ(queue().oldest_due, clock_.now());
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(effects(), 1);
}

TEST_P(QueueTest, TheHandlerSeesTheAuthorityAndTheSystem) {
    registry_.add(JobKind{.name = "test.look", .handler = [](Work& work, const Job& job) -> Result<Done> {
                              EXPECT_EQ(work.authority, kVillage);
                              EXPECT_EQ(job.authority, kVillage);
                              EXPECT_TRUE(work.actor.system);
                              EXPECT_FALSE(work.actor.signed_in());
                              EXPECT_EQ(work.actor.name, "Hệ thống");
                              EXPECT_EQ(job.payload, R"({"ý":"“đủ” \\ 'dấu'"})");
                              EXPECT_EQ(job.attempt, 1);
                              return Done{};
                          }});
    enqueued("test.look", R"({"ý":"“đủ” \\ 'dấu'"})", {}, kVillage);
    EXPECT_EQ(run_due(), 1);
    EXPECT_TRUE(dead(kVillage).empty());
}

TEST_P(QueueTest, AUniqueKeyHoldsUntilTheFirstAttempt) {
    bool away = true;
    registry_.add(telling("test.tell", [&](const Job&) -> Result<Done> {
        if (away) return unavailable("test.away");
        return Done{};
    }));
    EXPECT_TRUE(enqueued("test.tell", "7", {.unique_key = "a"}));
    EXPECT_FALSE(enqueued("test.tell", "7", {.unique_key = "a"}));
    EXPECT_TRUE(enqueued("test.tell", "7", {.unique_key = "b"}));
    EXPECT_TRUE(enqueued("test.tell", "7", {.unique_key = "a"}, kVillage));
    run_due();
    // What is enqueued after an attempt began may be news that the attempt has not seen.
    EXPECT_TRUE(enqueued("test.tell", "7", {.unique_key = "a"}));
    EXPECT_FALSE(enqueued("test.tell", "7", {.unique_key = "a"}));
    away = false;
    pass(3600);
    EXPECT_EQ(run_due(), 4);
    EXPECT_EQ(effects(), 3);
    EXPECT_EQ(effects(7, kVillage), 1);
}

TEST_P(QueueTest, AnAttemptSeesTheNewsOfWhoFoundItWaiting) {
    std::vector<std::int64_t> seen;
    registry_.add(JobKind{.name = "test.count", .handler = [&](Work& work, const Job&) -> Result<Done> {
                              work.actor.person = Id{7};
                              seen.push_back(unread_notices(work));
                              return Done{};
                          }});
    enqueued("test.count", "7", {.unique_key = "a"});
    std::promise<void> told, looked;
    bool is_told = false;
    auto looking = looked.get_future();
    std::thread officer([&] {
        write([&](Work& work) {
            notify(work, Id{7}, "jobs.new");
            EXPECT_FALSE(enqueue(work, "test.count", "7", {.unique_key = "a"}));
            if (!std::exchange(is_told, true)) told.set_value();  // the database may ask her again
            looking.wait_for(std::chrono::seconds(1));  // SQLite's workers wait for her
        });
    });
    told.get_future().wait();
    run_due();  // before she commits
    looked.set_value();
    officer.join();
    run_due();
    EXPECT_THAT(seen, ::testing::ElementsAre(1));
}

TEST_P(QueueTest, OnlyUnavailableIsTriedAgainAndTheDelayDoubles) {
    std::vector<std::int64_t> tries;
    registry_.add(telling("test.tell", [&](const Job&) -> Result<Done> {
        tries.push_back(clock_.now().milliseconds);
        if (tries.size() < 4) return unavailable("test.away");
        return Done{};
    }));
    enqueued("test.tell");
    for (int step = 0; step < 6000 && tries.size() < 4; ++step, clock_.set({clock_.now().milliseconds + 10})) run_due();
    ASSERT_EQ(tries.size(), 4u);
    for (std::size_t i = 0; i < 3; ++i) {  // up to a quarter off
        const auto delay = tries[i + 1] - tries[i], full = std::int64_t{5000} << i;
        EXPECT_GT(delay, full * 3 / 4) << i;
        EXPECT_LE(delay, full + 10) << i;
    }
    EXPECT_EQ(effects(), 1) << "a failed attempt must leave nothing";
}

TEST_P(QueueTest, WhatFailedTogetherDoesNotComeBackTogether) {
    registry_.add(telling("test.tell", [](const Job&) -> Result<Done> { return unavailable("test.away"); }));
    for (int i = 0; i < 20; ++i) enqueued("test.tell");
    EXPECT_EQ(run_due(), 20);
    std::set<std::int64_t> times;
    for (const auto& line : lines({})) times.insert(line.due_at.milliseconds);
    EXPECT_GE(times.size(), 15u);
    EXPECT_GT(*times.rbegin() - *times.begin(), 500);
}

TEST_P(QueueTest, TheDelayHasACeilingAndTheAttemptsAnEnd) {
    auto kind = telling("test.tell", [](const Job&) -> Result<Done> { return unavailable("test.away"); });
    kind.retry = {.attempts = 5, .first_delay_seconds = 100, .longest_delay_seconds = 250};
    registry_.add(kind);
    enqueued("test.tell");
    EXPECT_EQ(run_due(), 1);
    for (const int ceiling : {100, 200, 250, 250}) {
        pass(ceiling * 3 / 4 - 1);
        EXPECT_EQ(run_due(), 0) << ceiling;
        pass(ceiling - (ceiling * 3 / 4 - 1));
        EXPECT_EQ(run_due(), 1) << ceiling;
    }
    ASSERT_EQ(dead().size(), 1u);
    EXPECT_EQ(dead()[0].reason, "unavailable");
    EXPECT_EQ(dead()[0].problem, "test.away");
    EXPECT_EQ(dead()[0].attempts, 5);
    EXPECT_EQ(effects(), 0);
}

TEST_P(QueueTest, ANegativeAnswerIsFinal) {
    registry_.add(telling("test.tell", [](const Job&) -> Result<Done> { return conflict("test.changed"); }));
    const Id id = enqueued("test.tell", "7");
    run_due();
    ASSERT_EQ(dead().size(), 1u);
    EXPECT_EQ(dead()[0].id, id);
    EXPECT_EQ(dead()[0].kind, "test.tell");
    EXPECT_EQ(dead()[0].payload, "7");
    EXPECT_EQ(dead()[0].reason, "conflict");
    EXPECT_EQ(dead()[0].attempts, 1);
    EXPECT_EQ(dead()[0].died_at, kMorning);
    EXPECT_TRUE(dead(kVillage).empty());
    EXPECT_EQ(effects(), 0);
    pass(24 * 3600);
    EXPECT_EQ(run_due(), 0);
}

TEST_P(QueueTest, AnExceptionUndoesTheEffectsAndIsTriedAgain) {
    registry_.add(telling("test.tell", [](const Job& job) -> Result<Done> {
        if (job.attempt == 1) throw std::runtime_error("đĩa đầy \xFF");
        return Done{};
    }));
    enqueued("test.tell");
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(effects(), 0);
    pass(5);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(effects(), 1);
}

TEST_P(QueueTest, ADeadJobCanBeRevivedOrForgotten) {
    bool sound = false;
    registry_.add(telling("test.tell", [&](const Job&) -> Result<Done> {
        if (!sound) return invalid("", "test.bad");
        return Done{};
    }));
    const Id first = enqueued("test.tell"), second = enqueued("test.tell");
    run_due();
    EXPECT_EQ(queue().dead, 2);
    EXPECT_FALSE(write([&](Work& work) { return revive_job(work, registry_, first); }, kVillage)) << "another authority's";
    EXPECT_TRUE(write([&](Work& work) { return revive_job(work, registry_, first); }));
    EXPECT_FALSE(write([&](Work& work) { return revive_job(work, registry_, first); })) << "it lives already";
    EXPECT_FALSE(write([&](Work& work) { return discard_job(work, registry_, first); })) << "it lives";
    EXPECT_TRUE(write([&](Work& work) { return discard_job(work, registry_, second); }));
    sound = true;
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(effects(), 1);
    EXPECT_TRUE(dead().empty());
}

TEST_P(QueueTest, OfDeadNamesakesTheLastIsKept) {
    registry_.add(telling("test.tell", [](const Job&) -> Result<Done> { return invalid("", "test.bad"); }));
    Id last;
    for (int i = 0; i < 5; ++i, pass(1)) {
        last = enqueued("test.tell", "7", {.unique_key = "schedule"});
        enqueued("test.tell", "8");
        run_due();
    }
    EXPECT_EQ(dead().size(), 1u + 5u);
    int named = 0;
    for (const auto& job : dead()) named += job.id == last;
    EXPECT_EQ(named, 1);
}

TEST_P(QueueTest, TheOutsideStepComesFirstAndHandsOver) {
    bool reachable = false;
    int calls = 0;
    registry_.add(JobKind{.name = "test.fetch",
                          .handler = [](Work& work, const Job& job) -> Result<Done> {
                              notify(work, Id{std::any_cast<std::int64_t>(job.outcome)}, "jobs.new");
                              return Done{};
                          },
                          .outside = [&](const Job& job, web::Services& services) -> Result<std::any> {
                              ++calls;
                              // No transaction is open: it may read for itself.
                              services.database.read([&](storage::Transaction& db) { queue_state(db, kMorning); });
                              if (!reachable) return unavailable("test.away");
                              return std::any(std::int64_t{std::stoll(job.payload)} + 1);
                          }});
    enqueued("test.fetch", "41");
    run_due();
    EXPECT_EQ(effects(42), 0);
    reachable = true;
    pass(5);
    run_due();
    EXPECT_EQ(effects(42), 1);
    EXPECT_EQ(calls, 2);
}

TEST_P(QueueTest, AKindThatNobodyKnowsWaitsForAnotherProgram) {
    enqueued("test.newer");
    for (int minute = 0; minute < 20; ++minute, pass(61)) EXPECT_EQ(run_due(), 1);
    EXPECT_TRUE(dead().empty());
    registry_.add(telling("test.newer", [](const Job& job) -> Result<Done> {
        EXPECT_EQ(job.attempt, 1) << "not knowing a kind is no attempt";
        return Done{};
    }));
    run_due();
    EXPECT_EQ(effects(), 1);
}

TEST_P(QueueTest, WhatAJobEnqueuesRunsToo) {
    registry_.add(telling("test.second"));
    registry_.add(JobKind{.name = "test.first", .handler = [](Work& work, const Job& job) -> Result<Done> {
                              enqueue(work, "test.second", job.payload);
                              return Done{};
                          }});
    enqueued("test.first");
    EXPECT_EQ(run_due(), 2);
    EXPECT_EQ(effects(), 1);
}

// ---- leases -------------------------------------------------------------------------------------------------

TEST_P(QueueTest, ALeaseKeepsOthersAwayUntilItEnds) {
    registry_.add(telling("test.tell"));
    enqueued("test.tell");
    auto held = services();
    const auto claims = claim_jobs(held, kTown, 10);  // and this worker is never seen again
    ASSERT_EQ(claims.size(), 1u);
    EXPECT_EQ(queue().running, 1);
    pass(59);
    EXPECT_EQ(run_due(), 0);
    pass(1);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(effects(), 1);
}

TEST_P(QueueTest, WhoComesBackAfterTheLeaseLeavesNoTrace) {
    const Kinds kinds([&]() -> Registry& {
        registry_.add(telling("test.tell"));
        return registry_;
    }());
    enqueued("test.tell");
    auto all = services();
    const auto slow = claim_jobs(all, kTown, 1);
    pass(60);
    const auto quick = claim_jobs(all, kTown, 1);
    ASSERT_EQ(quick.size(), 1u);
    attempt(kinds, all, slow.front());  // the lease is the other one's by now
    EXPECT_EQ(effects(), 0);
    attempt(kinds, all, quick.front());
    EXPECT_EQ(effects(), 1);
    attempt(kinds, all, slow.front());
    attempt(kinds, all, quick.front());  // as after a commit whose answer was lost
    EXPECT_EQ(effects(), 1);
    EXPECT_TRUE(dead().empty());
}

TEST_P(QueueTest, ALongerLeaseIsTakenBeforeTheOutsideStep) {
    std::size_t seen_by_others = 99;
    registry_.add(JobKind{.name = "test.slow",
                          .handler = [](Work&, const Job&) -> Result<Done> { return Done{}; },
                          .outside = [&](const Job&, web::Services& all) -> Result<std::any> {
                              pass(599);
                              seen_by_others = claim_jobs(all, kTown, 1).size();
                              return std::any();
                          },
                          .lease_seconds = 600});
    enqueued("test.slow");
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(seen_by_others, 0u);
    EXPECT_EQ(queue().running + queue().waiting + queue().dead, 0);
}

TEST_P(QueueTest, APoisonJobEndsAsCrashed) {
    int handled = 0;
    registry_.add(telling("test.tell", [&](const Job&) -> Result<Done> {
        ++handled;
        return Done{};
    }));
    enqueued("test.tell");
    auto all = services();
    for (int crash = 0; crash < Retry{}.attempts; ++crash, pass(60))
        ASSERT_EQ(claim_jobs(all, kTown, 1).size(), 1u);  // each takes its program down with it
    run_due();
    EXPECT_EQ(handled, 0);
    ASSERT_EQ(dead().size(), 1u);
    EXPECT_EQ(dead()[0].reason, "crashed");
    EXPECT_EQ(effects(), 0);
}

TEST_P(QueueTest, ClaimsTakeTheOldestAndNoMoreThanAsked) {
    for (int i = 0; i < 5; ++i) enqueued("test.tell", std::to_string(i), {.run_at = kMorning.plus_seconds(-10 * i)});
    auto all = services();
    const auto claims = claim_jobs(all, kTown, 2);
    ASSERT_EQ(claims.size(), 2u);
    EXPECT_EQ(std::set<std::string>({claims[0].job.payload, claims[1].job.payload}), std::set<std::string>({"3", "4"}));
    EXPECT_TRUE(claim_jobs(all, kVillage, 2).empty());
}

/// A database that counts how often a step was run: more often than there were steps, when others were in the way.
class Counting final : public storage::Database {
  public:
    explicit Counting(storage::Database& inner) : inner_(inner) {}
    void transact(storage::Mode mode, const std::function<void(storage::Transaction&)>& step) override {
        inner_.transact(mode, [&](storage::Transaction& db) {
            ++runs;
            step(db);
        });
    }
    void script(const std::string& sql) override { inner_.script(sql); }
    storage::Engine engine() const override { return inner_.engine(); }
    void ping() override { inner_.ping(); }

    std::atomic<int> runs = 0;

  private:
    storage::Database& inner_;
};

TEST_P(QueueTest, WhoClaimAtTheSameTimeAreNotInEachOthersWay) {
    constexpr int kJobs = 400, kClaimers = 4;
    write([](Work& work) {
        for (int i = 0; i < kJobs; ++i) enqueue(work, "test.tell", "7");
    });
    Counting counting(*database_);
    std::atomic<int> calls = 0, claimed = 0;
    std::vector<std::thread> claimers;
    for (int i = 0; i < kClaimers; ++i)
        claimers.emplace_back([&] {
            web::Services all{counting, clock_, ids_};
            for (std::size_t some = 1; some > 0; ++calls) claimed += static_cast<int>(some = claim_jobs(all, kTown, 2).size());
        });
    for (auto& claimer : claimers) claimer.join();
    EXPECT_EQ(claimed, kJobs) << "each once";
    EXPECT_EQ(counting.runs, calls) << "none had to be done again";
}

INSTANTIATE_TEST_SUITE_P(Engines, QueueTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
