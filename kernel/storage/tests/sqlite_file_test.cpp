// What only a file can show: crashes, a full disk, checkpoints, two processes on one file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "direct_sql.h"
#include "loa/storage/migrator.h"
#include "sqlite_planner.h"
#include "tests/support/databases.h"

namespace loa::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SqliteFileTest : public ::testing::Test {
  protected:
    void SetUp() override {
        database_ = Database::open(folder_.url());
        migrate(*database_);
    }
    static void add(Database& database, std::int64_t id, const std::string& name = "a") {
        database.write([&](Transaction& db) { db.run("probe.insert_thing", {id, name}); });
    }
    static std::set<std::int64_t> ids(Database& database) {
        std::set<std::int64_t> found;
        database.read([&](Transaction& db) {
            for (const auto& row : db.query("probe.things")) found.insert(row.number("id"));
        });
        return found;
    }
    std::uintmax_t log_size() const {
        std::error_code none;
        const auto size = std::filesystem::file_size(folder_.file().string() + "-wal", none);
        return none ? 0 : size;
    }
    static bool soon(const std::function<bool()>& is_so) {
        for (int i = 0; i < 300; ++i) {
            if (is_so()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }

    Folder folder_;
    std::unique_ptr<Database> database_;
};

TEST_F(SqliteFileTest, ASearchTakesTheIndexThatLeavesFewerRowsAndNotTheOneThatSparesASort) {
    database_->script("drop table sqlite_stat1; create index probe_item_thing on probe_item (authority_id, thing_id)");
    database_.reset();  // or the connection would remember
    database_ = Database::open(folder_.url());
    const auto plan = [&] {
        return database_->write([](Transaction& db) {  // storage takes the word for a write
            return DirectSql(db)
                .run("explain query plan select i.id from probe_item i where i.authority_id = 1 and i.thing_id = 2 order by i.id")
                .front()
                .text("detail");
        });
    };
    EXPECT_THAT(plan(), Not(HasSubstr("thing_id=?")));  // SQLite's own belief
    database_->write(tell_planner);
    EXPECT_THAT(plan(), HasSubstr("thing_id=?"));
}

TEST_F(SqliteFileTest, ADatabaseOfAProgramThatToldThePlannerNothingIsToldWhenItIsMigrated) {
    database_->script("drop table sqlite_stat1");
    migrate(*database_);
    EXPECT_TRUE(database_->read(is_planner_told));
}

TEST_F(SqliteFileTest, WhatWasWrittenIsThereAfterOpeningAgain) {
    add(*database_, 1);
    database_.reset();
    EXPECT_EQ(log_size(), 0u);
    database_ = Database::open(folder_.url());
    EXPECT_THAT(ids(*database_), ::testing::ElementsAre(1));
}

TEST_F(SqliteFileTest, WhatCantBeOpenedIsAClearFault) {
    const auto fault_of = [](const std::string& url) -> std::string {
        try {
            Database::open(url);
        } catch (const Fault& fault) {
            return fault.what();
        }
        return "nothing";
    };
    EXPECT_THAT(fault_of("sqlite:/proc/no-such-folder/loa.db"), HasSubstr("check that its folder exists"));
    EXPECT_THAT(fault_of("mysql://x"), HasSubstr("sqlite:PATH or postgresql://"));
    const Folder other;
    std::ofstream(other.file()) << std::string(5000, 'x');
    EXPECT_THAT(fault_of(other.url()), HasSubstr("not a database"));
}

TEST_F(SqliteFileTest, TwoProcessesShareOneFile) {
    const auto other = Database::open(folder_.url());
    std::thread there([&] {
        for (int i = 0; i < 100; ++i) add(*other, 1000 + i);
    });
    for (int i = 0; i < 100; ++i) add(*database_, i);
    there.join();
    EXPECT_EQ(ids(*database_).size(), 200u);
}

/// A commit that fails fails every step of its group, and what was acknowledged stays.
TEST_F(SqliteFileTest, AFullDiskLosesNothingThatWasAcknowledged) {
    database_->script("pragma max_page_count = 60");
    const std::string long_name(3000, 'x');
    std::mutex mutex;
    std::set<std::int64_t> acknowledged;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 20; ++i) {
                const std::int64_t id = thread * 100 + i;
                try {
                    add(*database_, id, long_name);
                    const std::lock_guard lock(mutex);
                    acknowledged.insert(id);
                } catch (const DatabaseError& error) {
                    EXPECT_EQ(error.kind(), ErrorKind::DiskFull) << error.what();
                    ++refused;
                }
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_GT(refused, 0);
    EXPECT_EQ(ids(*database_), acknowledged);

    database_->script("pragma max_page_count = 1000000");
    add(*database_, 5000, long_name);
    acknowledged.insert(5000);
    EXPECT_EQ(ids(*database_), acknowledged);
}

TEST_F(SqliteFileTest, TheLogIsMovedIntoTheFileAndShortenedWhenItIsQuiet) {
    const auto before = std::filesystem::file_size(folder_.file());
    std::int64_t id = 0;
    database_->write([&](Transaction& db) {
        for (int i = 0; i < 2500; ++i) db.run("probe.insert_thing", {++id, std::string(3000, 'x')});
    });
    EXPECT_GT(log_size(), 5'000'000u);
    EXPECT_TRUE(soon([&] { return std::filesystem::file_size(folder_.file()) > before + 5'000'000; }));
    // Then the next commits begin at its start again.
    for (int i = 0; i < 20; ++i) add(*database_, ++id);
    EXPECT_LT(log_size(), 12'000'000u);
    EXPECT_TRUE(soon([&] { return log_size() == 0; }));
    EXPECT_EQ(ids(*database_).size(), 2520u);
}

/// Writes pairs of rows from several threads for ever and tells each acknowledged id through the pipe.
[[noreturn]] void write_and_tell(const std::string& url, std::int64_t first, int pipe) {
    const auto database = Database::open(url);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (std::int64_t id = first + thread; ; id += 4) {
                database->write([&](Transaction& db) {
                    db.run("probe.insert_thing", {id, "a"});
                    db.run("probe.insert_thing", {-id, "its pair"});
                });
                if (::write(pipe, &id, sizeof id) != sizeof id) ::_exit(1);
            }
        });
    for (auto& thread : threads) thread.join();
    ::_exit(0);
}

TEST_F(SqliteFileTest, AKilledProcessLosesNothingThatWasAcknowledged) {
    database_.reset();  // no thread of ours may run when the process is doubled
    std::set<std::int64_t> acknowledged;
    for (int round = 0; round < 5; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const std::int64_t first = 1 + round * 1'000'000;
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            write_and_tell(folder_.url(), first, ends[1]);
        }
        ::close(ends[1]);
        std::int64_t id = 0;
        std::size_t told = 0;
        while (::read(ends[0], &id, sizeof id) == sizeof id) {
            acknowledged.insert(id);
            if (++told == static_cast<std::size_t>(100 + 37 * round)) ::kill(child, SIGKILL);
        }
        ::close(ends[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
        ASSERT_GE(told, 100u);
    }
    database_ = Database::open(folder_.url());
    const auto there = ids(*database_);
    for (const auto id : acknowledged) EXPECT_TRUE(there.contains(id)) << id;
    for (const auto id : there) EXPECT_TRUE(there.contains(-id)) << id;
    EXPECT_LE(there.size(), 2 * (acknowledged.size() + 5 * 4));  // at most one unanswered step a thread
    add(*database_, 999'999'999);
}

}  // namespace
}  // namespace loa::storage
