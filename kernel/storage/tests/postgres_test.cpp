// What only a server can show: connections that are cut, transactions that it refuses, tables that change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <thread>

#include "direct_sql.h"
#include "loa/storage/testing.h"
#include "tests/support/databases.h"

namespace loa::storage {
namespace {

using ::testing::HasSubstr;

class PostgresTest : public ::testing::Test {
  protected:
    void SetUp() override {
        database_ = testing::fresh_database(Engine::Postgres);
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        server_ = Database::open(std::getenv("LOA_TEST_POSTGRES"));
    }
    /// As the administrator of the server would; from a thread of its own, for steps do not nest.
    void cut_connections() {
        std::thread([&] {
            server_->script("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname like 'loa_test_" +
                            std::to_string(::getpid()) + "%'");
        }).join();
    }
    void add(std::int64_t id) {
        database_->write([&](Transaction& db) { db.run("probe.insert_thing", {id, "a"}); });
    }
    std::int64_t count() {
        return database_->read([](Transaction& db) { return db.one("probe.count_things")->number("things"); });
    }

    std::unique_ptr<Database> database_, server_;
};

TEST_F(PostgresTest, AConnectionCutInTheMiddleRepeatsTheStep) {
    int attempts = 0, committed = 0;
    database_->write([&](Transaction& db) {
        db.after_commit([&] { ++committed; });
        db.run("probe.insert_thing", {7, "a"});
        if (++attempts < 3) cut_connections();
        db.run("probe.insert_thing", {8, "b"});
    });
    EXPECT_EQ(attempts, 3);
    EXPECT_EQ(committed, 1);
    EXPECT_EQ(count(), 2);
}

/// Another one removes the thing after the transaction has looked: who writes begins again, who takes finds it gone.
TEST_F(PostgresTest, WhoTakesIsNotHinderedByWhatWasTakenSince) {
    for (const auto& [mode, expected] : {std::pair{Mode::Write, 2}, std::pair{Mode::Take, 1}}) {
        add(7);
        int attempts = 0;
        std::int64_t taken = -1;
        database_->transact(mode, [&](Transaction& db) {
            db.query("probe.things");
            if (++attempts == 1) std::thread([&] { database_->write([](Transaction& other) { other.run("probe.remove_thing", {7}); }); }).join();
            taken = db.run("probe.remove_thing", {7});
        });
        EXPECT_EQ(attempts, expected);
        EXPECT_EQ(taken, 0);
    }
}

TEST_F(PostgresTest, AfterFiveTimesItGivesUp) {
    int attempts = 0;
    try {
        database_->write([&](Transaction& db) {
            ++attempts;
            cut_connections();
            db.run("probe.insert_thing", {7, "a"});
        });
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Connection);
    }
    EXPECT_EQ(attempts, 5);
    add(1);
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresTest, ACommitWithoutAnswerIsNotRepeated) {
    int attempts = 0, committed = 0;
    try {
        database_->write([&](Transaction& db) {
            db.after_commit([&] { ++committed; });
            db.run("probe.insert_thing", {7, "a"});
            ++attempts;
            cut_connections();
        });
        FAIL();
    } catch (const Fault& fault) {
        EXPECT_THAT(fault.what(), HasSubstr("answer to a commit was lost"));
    }
    EXPECT_EQ(attempts, 1);
    EXPECT_EQ(committed, 0);
}

TEST_F(PostgresTest, IdleConnectionsThatWereCutAreReplaced) {
    const auto read_at_once = [&] {
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 5; ++n) EXPECT_EQ(count(), 0);
            });
        for (auto& thread : threads) thread.join();
    };
    read_at_once();
    cut_connections();
    read_at_once();
    cut_connections();
    database_->ping();
}

// The begin travels with the first statement.
TEST_F(PostgresTest, AFirstStatementThatIsRefusedLeavesTheConnectionUsable) {
    add(1);
    for (int i = 0; i < 3; ++i) {
        try {
            add(1);
            FAIL();
        } catch (const DatabaseError& error) {
            EXPECT_EQ(error.kind(), ErrorKind::Unique);
        }
        EXPECT_EQ(count(), 1 + i);
        add(2 + i);
    }
    database_->write([](Transaction&) {});
    database_->read([](Transaction&) {});
    EXPECT_EQ(count(), 4);
}

TEST_F(PostgresTest, WhatIsReadAheadIsThereWithTheFirstAnswer) {
    add(1);
    int attempts = 0;
    database_->read([&](Transaction& db) {
        ++attempts;
        db.read_ahead("probe.things", {});
        EXPECT_EQ(db.one("probe.count_things")->number("things"), 1);
        if (attempts == 1) cut_connections();
        EXPECT_EQ(db.query("probe.things").size(), 1U);
    });
    EXPECT_EQ(attempts, 1) << "no server was there any more";
}

TEST_F(PostgresTest, WhatIsReadAheadMustBeAskedFor) {
    try {
        database_->read([](Transaction& db) {
            db.read_ahead("probe.things", {});
            db.query("probe.count_things");
        });
        FAIL();
    } catch (const Fault& fault) {
        EXPECT_THAT(fault.what(), HasSubstr("probe.things was read ahead and not asked for"));
    }
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresTest, AFailureOfWhatIsReadAheadIsTold) {
    for (int i = 0; i < 2; ++i) {
        try {
            database_->read([](Transaction& db) {
                db.read_ahead("probe.things", {});
                db.read_ahead("probe.one_by", {0});
                db.query("probe.count_things");
                db.query("probe.one_by", {0});
                db.query("probe.things");
            });
            FAIL();
        } catch (const DatabaseError& error) {
            EXPECT_THAT(error.what(), AllOf(HasSubstr("probe.one_by"), HasSubstr("division by zero")));
        }
        EXPECT_EQ(count(), 0);
    }
}

// Nobody waits for the answer to its commit.
TEST_F(PostgresTest, AReaderLeavesNoTransactionOpen) {
    const std::string open = "select count(*) as n from pg_stat_activity where state like 'idle in%' and datname like 'loa_test_" +
                             std::to_string(::getpid()) + "%'";
    const auto left_open = [&] {
        return server_->read([&](Transaction& db) { return DirectSql(db).run(open).front().number("n"); });
    };
    add(1);
    database_->read([&](Transaction& db) {
        db.one("probe.count_things");
        EXPECT_EQ(std::async(std::launch::async, left_open).get(), 1);  // from a thread of its own: steps do not nest
    });
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (left_open() > 0 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(left_open(), 0);
    cut_connections();  // the answer is lost with them, and nobody misses it
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresTest, ASerializationFailureRepeatsTheStepWithTheSameIds) {
    add(1);
    int attempts = 0;
    const std::int64_t made_before = 42;
    database_->write([&](Transaction& db) {
        const auto name = db.one("probe.thing", {1})->text("name");
        if (++attempts == 1)
            std::thread([&] {
                database_->write([](Transaction& other) { other.run("probe.rename_thing", {1, "changed meanwhile"}); });
            }).join();
        db.run("probe.rename_thing", {1, name + "!"});
        db.run("probe.insert_thing", {made_before, "new"});
    });
    EXPECT_EQ(attempts, 2);
    database_->read([&](Transaction& db) {
        EXPECT_EQ(db.one("probe.thing", {1})->text("name"), "changed meanwhile!");
        EXPECT_TRUE(db.one("probe.thing", {made_before}));
        EXPECT_EQ(db.query("probe.things").size(), 2u);
    });
}

TEST_F(PostgresTest, TwoThatReadWhatTheOtherWritesDoNotBothCommitUnseen) {
    // Write skew: each counts, then adds one if there is none. Only one may find none.
    std::atomic<int> found_none = 0;
    std::vector<std::thread> threads;
    for (std::int64_t id = 1; id <= 4; ++id)
        threads.emplace_back([&, id] {
            bool none = false;
            database_->write([&](Transaction& db) {
                none = db.one("probe.count_things")->number("things") == 0;
                if (none) db.run("probe.insert_thing", {id, "first"});
            });
            found_none += none;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(found_none, 1);
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresTest, ATableThatGetsAColumnIsReadWithIt) {
    add(1);
    const auto columns = [&] {
        return database_->read([](Transaction& db) { return db.one("probe.thing", {1})->columns().size(); });
    };
    EXPECT_EQ(columns(), 2u);
    database_->script("alter table probe_thing add column more bigint");
    EXPECT_EQ(columns(), 3u);
}

TEST_F(PostgresTest, ATextForANumberIsOurOwnMistake) {
    try {
        database_->read([](Transaction& db) { db.one("probe.thing", {"1"}); });
        FAIL();
    } catch (const DatabaseError& error) {
        FAIL() << error.what();
    } catch (const Fault& fault) {
        EXPECT_THAT(fault.what(), HasSubstr("probe.thing: $1 is a number"));
    }
}

TEST_F(PostgresTest, AServerThatIsNotThereIsAClearFaultSoon) {
    const auto begin = std::chrono::steady_clock::now();
    try {
        Database::open("postgresql:///loa?host=/tmp/no-such-folder");
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Connection);
        EXPECT_THAT(error.what(), HasSubstr("can't be reached"));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

}  // namespace
}  // namespace loa::storage
