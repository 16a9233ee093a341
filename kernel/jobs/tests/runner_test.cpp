#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <thread>

#include "loa/storage/migrator.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

using namespace std::chrono_literals;

template <class Condition>
bool soon(Condition condition, std::chrono::milliseconds within = 10s) {
    for (const auto end = std::chrono::steady_clock::now() + within; std::chrono::steady_clock::now() < end;
         std::this_thread::sleep_for(2ms))
        if (condition()) return true;
    return condition();
}

class RunnerTest : public House {
  protected:
    web::Services real() { return {*database_, system_clock_, ids_}; }
    std::int64_t open_jobs() {
        const auto state = queue();
        return state.waiting + state.running + state.dead;
    }
    SystemClock system_clock_;
};

TEST_P(RunnerTest, TwoRunnersNeverDoAJobTwice) {
    constexpr int kJobs = 1000;
    constexpr int kAuthorities = 3;
    registry_.add(telling("test.tell"));
    for (int authority = 0; authority < kAuthorities; ++authority)
        write([&](Work& work) {
            for (int i = authority; i < kJobs; i += kAuthorities) enqueue(work, "test.tell", std::to_string(i + 1));
        }, Id{100 + authority});

    const auto begin = std::chrono::steady_clock::now();
    {
        const auto one = Runner::start(registry_, real(), {.threads = 4, .poll_milliseconds = 50});
        const auto other = Runner::start(registry_, real(), {.threads = 4, .poll_milliseconds = 50});
        ASSERT_TRUE(soon([&] { return open_jobs() == 0; }, 120s)) << open_jobs() << " left";
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << kJobs << " jobs by 2 runners of 4 threads: " << took.count() << " s\n";
    for (int i = 0; i < kJobs; ++i) ASSERT_EQ(effects(i + 1, Id{100 + i % kAuthorities}), 1) << i;
}

TEST_P(RunnerTest, WakesWhenThisProcessEnqueued) {
    registry_.add(telling("test.tell"));
    const auto runner = Runner::start(registry_, real(), {.threads = 1, .poll_milliseconds = 3600 * 1000});
    std::this_thread::sleep_for(100ms);  // the first poll has found nothing
    enqueued("test.tell");
    EXPECT_TRUE(soon([&] { return effects() == 1; })) << "it would have waited for the next poll, in an hour";
}

TEST_P(RunnerTest, FindsWhatAnotherProcessEnqueued) {
    registry_.add(telling("test.tell"));
    const auto runner = Runner::start(registry_, real(), {.threads = 1, .poll_milliseconds = 20});
    // Due a little later, so that nothing rings when it is enqueued.
    enqueued("test.tell", "7", {.run_at = system_clock_.now().plus_seconds(1)});
    EXPECT_TRUE(soon([&] { return effects() == 1; }));
}

TEST_P(RunnerTest, ALongQueueOfOneAuthorityDoesNotHoldUpAnother) {
    std::atomic<int> slow = 0;
    registry_.add(JobKind{.name = "test.slow", .handler = [&](Work&, const Job&) -> Result<Done> { return Done{}; },
                          .outside = [&](const Job&, web::Services&) -> Result<std::any> {
                              ++slow;
                              std::this_thread::sleep_for(20ms);
                              return std::any();
                          }});
    registry_.add(telling("test.tell"));
    write([](Work& work) {
        for (int i = 0; i < 500; ++i) enqueue(work, "test.slow", "{}");
    });
    const auto runner = Runner::start(registry_, real(), {.threads = 2, .poll_milliseconds = 20});
    enqueued("test.tell", "7", {}, kVillage);
    EXPECT_TRUE(soon([&] { return effects(7, kVillage) == 1; }));
    EXPECT_LT(slow, 200);
}

TEST_P(RunnerTest, ASlowKindLeavesWorkersToTheOthers) {
    std::atomic<int> running = 0, most = 0, done = 0;
    std::atomic<bool> may_end = false;
    registry_.add(JobKind{.name = "test.slow", .handler = [&](Work&, const Job&) -> Result<Done> { return ++done, Done{}; },
                          .outside = [&](const Job&, web::Services&) -> Result<std::any> {
                              most = std::max(most.load(), ++running);
                              soon([&] { return may_end.load(); });
                              --running;
                              return std::any();
                          },
                          .at_once = 1});
    registry_.add(telling("test.tell"));
    for (int i = 0; i < 2; ++i) enqueued("test.slow");
    const auto runner = Runner::start(registry_, real(), {.threads = 2, .poll_milliseconds = 20});
    ASSERT_TRUE(soon([&] { return running == 1; }));
    enqueued("test.tell", "7", {}, kVillage);
    EXPECT_TRUE(soon([&] { return effects(7, kVillage) == 1; })) << "both workers are with the slow kind";
    may_end = true;
    EXPECT_TRUE(soon([&] { return done == 2; })) << "the second had to wait, and is done all the same";
    EXPECT_EQ(most, 1);
}

TEST_P(RunnerTest, StopLetsTheJobUnderWayFinishAndStartsNoOther) {
    std::atomic<bool> begun = false;
    registry_.add(JobKind{.name = "test.slow",
                          .handler = [](Work& work, const Job&) -> Result<Done> {
                              notify(work, Id{7}, "jobs.new");
                              return Done{};
                          },
                          .outside = [&](const Job&, web::Services&) -> Result<std::any> {
                              begun = true;
                              std::this_thread::sleep_for(200ms);
                              return std::any();
                          }});
    for (int i = 0; i < 5; ++i) enqueued("test.slow");
    const auto runner = Runner::start(registry_, real(), {.threads = 1, .poll_milliseconds = 20});
    ASSERT_TRUE(soon([&] { return begun.load(); }));
    runner->stop();
    const auto state = queue();
    EXPECT_EQ(effects(), 1);
    EXPECT_EQ(state.running, 0);
    EXPECT_EQ(state.waiting, 4);
    runner->stop();
}

TEST_P(RunnerTest, ASecondScheduleOnTwoRunnersRunsOncePerSecond) {
    registry_.add(telling("test.tell"));
    registry_.add(JobKind{.name = "test.tick", .handler = [](Work& work, const Job&) -> Result<Done> {
                              notify(work, Id{7}, "jobs.new");
                              return Done{};
                          }});
    registry_.add(Schedule{.name = "test.tick", .job_kind = "test.tick", .every_seconds = 1});
    const auto begin = std::chrono::steady_clock::now();
    {
        const auto one = Runner::start(registry_, real(), {.threads = 2, .poll_milliseconds = 200});
        const auto other = Runner::start(registry_, real(), {.threads = 2, .poll_milliseconds = 200});
        ASSERT_TRUE(soon([&] { return effects(7, Id{}) >= 3; }));
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin);
    EXPECT_LE(effects(7, Id{}), seconds.count() + 1);
}

TEST_P(RunnerTest, LastWordsAreSaidAtTheEnd) {
    std::atomic<int> flushed = 0;
    registry_.add(JobKind{.name = "test.flush",
                          .handler = [](Work&, const Job&) -> Result<Done> { return Done{}; },
                          .outside = [&](const Job&, web::Services&) -> Result<std::any> {
                              ++flushed;
                              return std::any();
                          }});
    registry_.add(Schedule{.name = "test.flush", .job_kind = "test.flush", .every_seconds = 3600,
                           .where = Schedule::Where::EveryProcess});
    Runner::start(registry_, real())->stop();
    EXPECT_EQ(flushed, 1);
}

/// A database that can be away, and come back.
class Away final : public storage::Database {
  public:
    explicit Away(storage::Database& inner) : inner_(inner) {}
    void transact(storage::Mode mode, const std::function<void(storage::Transaction&)>& step) override {
        if (away) throw storage::DatabaseError(storage::ErrorKind::Connection, "", "the server can't be reached");
        inner_.transact(mode, step);
    }
    void script(const std::string& sql) override { inner_.script(sql); }
    storage::Engine engine() const override { return inner_.engine(); }
    void ping() override { inner_.ping(); }

    std::atomic<bool> away = false;

  private:
    storage::Database& inner_;
};

TEST_P(RunnerTest, ADatabaseThatIsAwayIsWaitedForAndNobodysFault) {
    registry_.add(telling("test.tell"));
    Away away(*database_);
    ::testing::internal::CaptureStderr();
    {
        const auto runner = Runner::start(registry_, {away, system_clock_, ids_}, {.threads = 1, .poll_milliseconds = 20});
        away.away = true;
        enqueued("test.tell");
        std::this_thread::sleep_for(100ms);
        EXPECT_EQ(effects(), 0);
        away.away = false;
        EXPECT_TRUE(soon([&] { return effects() == 1; }));
    }
    const auto told = ::testing::internal::GetCapturedStderr();
    EXPECT_NE(told.find(R"("level":"warning","event":"jobs.put_off","problem":"the server can't be reached")"), std::string::npos) << told;
    EXPECT_EQ(told.find("jobs.broken"), std::string::npos) << told;
}

INSTANTIATE_TEST_SUITE_P(Engines, RunnerTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

// ---- a program that dies ------------------------------------------------------------------------------------

/// In a child process: takes the job and is killed in the middle of it. `handler_first` decides whether the
/// effect was written (uncommitted) by then.
void die_in_the_job(const std::string& url, Instant now, bool handler_first) {
    const auto database = storage::Database::open(url);
    FixedClock clock(now);
    IdSource ids(2, clock);
    Registry registry;
    registry.add(JobKind{.name = "test.tell",
                         .handler = [](Work& work, const Job&) -> Result<Done> {
                             notify(work, Id{7}, "jobs.new");
                             ::kill(::getpid(), SIGKILL);
                             return Done{};
                         },
                         .outside = [&](const Job&, web::Services&) -> Result<std::any> {
                             if (!handler_first) ::kill(::getpid(), SIGKILL);
                             return std::any();
                         }});
    run_due_jobs(registry, {*database, clock, ids});
}

TEST(Crash, AJobSurvivesThePrograms) {
    const auto folder = std::filesystem::temp_directory_path() / ("loa_jobs_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::string url = "sqlite:" + (folder / "loa.db").string();
    FixedClock clock(kMorning);
    IdSource ids(1, clock);
    {
        const auto database = storage::Database::open(url);
        storage::migrate(*database);
        database->write([&](storage::Transaction& db) {
            auto work = system_work(db, ids, clock.now(), kTown);
            enqueue(work, "test.tell", "7");
        });
    }
    for (const bool handler_first : {true, false, true}) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            die_in_the_job(url, clock.now(), handler_first);
            ::_exit(0);  // not reached while there is a job
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        clock.set(clock.now().plus_seconds(60));
    }
    const auto database = storage::Database::open(url);
    Registry registry;
    int attempt = 0;
    registry.add(JobKind{.name = "test.tell", .handler = [&](Work& work, const Job& job) -> Result<Done> {
                             attempt = job.attempt;
                             notify(work, Id{7}, "jobs.new");
                             return Done{};
                         }});
    EXPECT_EQ(run_due_jobs(registry, {*database, clock, ids}), 1);
    EXPECT_EQ(attempt, 4);
    const auto unread = database->read([&](storage::Transaction& db) {
        auto work = system_work(db, ids, clock.now(), kTown);
        work.actor.person = Id{7};
        return unread_notices(work);
    });
    EXPECT_EQ(unread, 1);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace loa::jobs
