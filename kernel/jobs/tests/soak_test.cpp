// The small form of `make soak`: processes that are killed all the time, and each job is done once.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

#include "loa/storage/migrator.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

using namespace std::chrono_literals;

constexpr int kJobs = 1000;
constexpr std::int64_t kBetweenKills = 30;
constexpr int kFirstPerson = 1000;  // job n leaves its notice with person 1000 + n

/// Twenty times as fast as ours, so that the lease of a killed worker ends in three seconds.
class FastClock final : public Clock {
  public:
    Instant now() override {
        return {kMorning.milliseconds + (SystemClock().now().milliseconds - kBegin) * 20};
    }

  private:
    static inline const std::int64_t kBegin = SystemClock().now().milliseconds;  // the same in all processes
};

/// A worker, in a process of its own.
[[noreturn]] void work_until_killed(const std::string& url, int node) {
    const auto database = storage::Database::open(url);
    FastClock clock;
    IdSource ids(node, clock);
    Registry registry;
    registry.add(JobKind{.name = "test.tell", .handler = [](Work& work, const Job& job) -> Result<Done> {
                             notify(work, Id{kFirstPerson + std::stoll(job.payload)}, "jobs.new");
                             return Done{};
                         }});
    const auto runner = Runner::start(registry, {*database, clock, ids}, {.threads = 2, .poll_milliseconds = 50});
    for (;;) ::pause();
}

pid_t worker(const std::string& url, int node) {
    const pid_t child = ::fork();
    if (child == 0) work_until_killed(url, node);
    return child;
}

void kill_hard(pid_t child) {
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
}

/// A database that other processes can open: a file, or one of the server's.
class Place {
  public:
    explicit Place(storage::Engine engine) {
        const auto name = "loa_soak_" + std::to_string(::getpid());
        if (engine == storage::Engine::Sqlite) {
            folder_ = std::filesystem::temp_directory_path() / name;
            std::filesystem::create_directories(folder_);
            url_ = "sqlite:" + (folder_ / "loa.db").string();
        } else {
            server_ = std::getenv("LOA_TEST_POSTGRES");
            const auto query = server_.find('?'), slash = server_.rfind('/', query);
            url_ = server_.substr(0, slash + 1) + name + server_.substr(std::min(query, server_.size()));
            drop_ = "drop database " + name + " with (force)";
            storage::Database::open(server_)->script("create database " + name + " template template0 encoding 'UTF8' locale 'C'");
        }
    }
    ~Place() {
        if (!drop_.empty()) storage::Database::open(server_)->script(drop_);
        std::filesystem::remove_all(folder_);
    }
    const std::string& url() const { return url_; }

    /// Opened for this step alone: SQLite does not bear a fork while a file is open.
    template <class Step>
    auto with(Step step) const {
        const auto database = storage::Database::open(url_);
        return step(*database);
    }

  private:
    std::filesystem::path folder_;
    std::string server_, url_, drop_;
};

std::int64_t jobs_left(const Place& place) {
    return place.with([](storage::Database& database) {
        return database.read([](storage::Transaction& db) {
            const auto state = queue_state(db, kMorning);
            return state.waiting + state.running + state.dead;
        });
    });
}

void fill(const Place& place) {
    place.with([](storage::Database& database) {
        storage::migrate(database);
        FastClock clock;
        IdSource ids(1, clock);
        database.write([&](storage::Transaction& db) {
            auto work = system_work(db, ids, kMorning, kTown);
            for (int i = 0; i < kJobs; ++i) enqueue(work, "test.tell", std::to_string(i));
        });
    });
}

/// How often job 0, 1, … was done.
std::vector<std::int64_t> effects(const Place& place) {
    return place.with([](storage::Database& database) {
        FastClock clock;
        IdSource ids(1, clock);
        return database.read([&](storage::Transaction& db) {
            auto work = system_work(db, ids, kMorning, kTown);
            std::vector<std::int64_t> each;
            for (int i = 0; i < kJobs; ++i) {
                work.actor.person = Id{kFirstPerson + i};
                each.push_back(unread_notices(work));
            }
            return each;
        });
    });
}

class SoakTest : public ::testing::TestWithParam<storage::Engine> {};

TEST_P(SoakTest, EachJobIsDoneOnceThoughWorkersAreKilledAllTheTime) {
    const Place place(GetParam());
    fill(place);
    // SQLite is for one process; PostgreSQL has two, and they die by turns.
    const std::size_t width = GetParam() == storage::Engine::Sqlite ? 1 : 2;
    std::vector<pid_t> workers;
    int node = 10, kills = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < width; ++i) workers.push_back(worker(place.url(), ++node));
    auto left_before = jobs_left(place);
    while (left_before > 0 && std::chrono::steady_clock::now() - begin < 120s) {
        std::this_thread::sleep_for(20ms);
        const auto left = jobs_left(place);
        if (left > 0 && left_before - left < kBetweenKills) continue;  // on a slow machine they live longer
        auto& victim = workers[static_cast<std::size_t>(kills++) % width];
        kill_hard(victim);
        victim = worker(place.url(), ++node);
        left_before = left;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    for (const auto child : workers) kill_hard(child);
    std::cout << kJobs << " jobs, " << kills << " workers killed: " << took.count() << " s\n";
    ASSERT_EQ(jobs_left(place), 0);
    EXPECT_GE(kills, 5) << "on a fast machine many jobs are done between two looks";
    EXPECT_EQ(effects(place), std::vector<std::int64_t>(kJobs, 1));
}

INSTANTIATE_TEST_SUITE_P(Engines, SoakTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
