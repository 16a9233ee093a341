#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "loa/base/fault.h"
#include "loa/storage/error.h"
#include "loa/storage/migrator.h"
#include "loa/storage/node.h"
#include "loa/storage/testing.h"

namespace loa::storage {
namespace {

class DatabaseTest : public ::testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        database_ = testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    std::int64_t lease(std::int64_t node, std::int64_t holder) {
        return database_->write([&](Transaction& transaction) {
            return transaction.run("storage.lease_node", {node, holder, 1000, 0});
        });
    }
    std::size_t leases() {
        return database_->read([](Transaction& transaction) { return transaction.query("storage.leased_nodes", {0}).size(); });
    }

    std::unique_ptr<Database> database_;
};

TEST_P(DatabaseTest, AWriteIsSeenByTheNextRead) {
    EXPECT_EQ(lease(7, 1), 1);
    EXPECT_EQ(leases(), 1u);
}

TEST_P(DatabaseTest, AnExceptionRollsBackAndGoesOn) {
    EXPECT_THROW(database_->write([&](Transaction& transaction) {
        transaction.run("storage.lease_node", {7, 1, 1000, 0});
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(leases(), 0u);
}

TEST_P(DatabaseTest, AReadTransactionRefusesToWrite) {
    EXPECT_THROW(database_->read([](Transaction& transaction) { transaction.run("storage.lease_node", {7, 1, 1000, 0}); }), Fault);
    EXPECT_EQ(leases(), 0u);
}

TEST_P(DatabaseTest, AWrongNumberOfValuesIsRefused) {
    EXPECT_THROW(database_->read([](Transaction& transaction) { transaction.query("storage.leased_nodes", {}); }), Fault);
}

TEST_P(DatabaseTest, AZeroByteIsRefusedAndHurtsNobody) {
    EXPECT_THROW(database_->write([](Transaction& transaction) {
        transaction.run("storage.lease_node", {7, std::string("a\0b", 3), 1000, 0});
    }),
                 Fault);
    EXPECT_EQ(lease(7, 1), 1);
}

TEST_P(DatabaseTest, AConflictDoesNothing) {
    EXPECT_EQ(lease(7, 1), 1);
    EXPECT_EQ(lease(7, 2), 0);
}

TEST_P(DatabaseTest, ABatchInsertsEveryRowOnce) {
    const std::size_t rows = 450;  // more than one multi-row VALUES
    database_->write([&](Transaction& transaction) {
        std::vector<Values> batch;
        for (std::size_t node = 0; node < rows; ++node) batch.push_back({static_cast<std::int64_t>(node), "số " + std::to_string(node)});
        EXPECT_EQ(transaction.run_batch("probe.insert_thing", batch), static_cast<std::int64_t>(rows));
        EXPECT_EQ(transaction.run_batch("probe.insert_thing", batch), 0);
    });
    database_->read([&](Transaction& transaction) {
        EXPECT_EQ(transaction.query("probe.things").size(), rows);
        EXPECT_EQ(transaction.one("probe.thing", {449})->text("name"), "số 449");
    });
}

TEST_P(DatabaseTest, ConcurrentWritersLoseNothing) {
    constexpr int kThreads = 8, kEach = 25;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < kEach; ++i) lease(thread * kEach + i, thread + 1);
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(leases(), static_cast<std::size_t>(kThreads * kEach));
}

TEST_P(DatabaseTest, AfterCommitRunsOnceAndOnlyAfterACommit) {
    int calls = 0;
    database_->write([&](Transaction& transaction) { transaction.after_commit([&] { ++calls; }); });
    EXPECT_EQ(calls, 1);
    try {
        database_->write([&](Transaction& transaction) {
            transaction.after_commit([&] { ++calls; });
            throw std::runtime_error("no");
        });
    } catch (const std::runtime_error&) {
    }
    EXPECT_EQ(calls, 1);
}

TEST_P(DatabaseTest, TheSchemaIsCurrentAfterMigrating) {
    EXPECT_TRUE(missing_migrations(*database_).empty());
    EXPECT_TRUE(migrate(*database_).empty());
}

TEST_P(DatabaseTest, TwoProcessesNeverHoldOneNode) {
    SystemClock clock;
    const NodeLease first(*database_, clock);
    const NodeLease second(*database_, clock);
    EXPECT_NE(first.number(), second.number());
}

TEST_P(DatabaseTest, HostileTextIsOnlyText) {
    const std::string hostile = "'; drop table probe_thing; --";
    database_->write([&](Transaction& transaction) { transaction.run("probe.insert_thing", {1, hostile}); });
    database_->read([&](Transaction& transaction) {
        EXPECT_EQ(transaction.one("probe.thing", {1})->text("name"), hostile);
        EXPECT_TRUE(transaction.query("probe.things_named", {"x' or '1'='1"}).empty());
    });
}

TEST_P(DatabaseTest, AViolatedConstraintSaysItsKind) {
    const auto kind_of = [&](const Values& values) {
        try {
            database_->write([&](Transaction& transaction) { transaction.run("probe.insert_strict", values); });
        } catch (const DatabaseError& error) {
            return error.kind();
        }
        return ErrorKind::Other;
    };
    EXPECT_EQ(kind_of({1, "ok"}), ErrorKind::Other);  // nothing thrown
    EXPECT_EQ(kind_of({1, "again"}), ErrorKind::Unique);
    EXPECT_EQ(kind_of({2, ""}), ErrorKind::Check);
    EXPECT_EQ(kind_of({3, Value()}), ErrorKind::NotNull);
}

TEST_P(DatabaseTest, ListsComposeFiltersAndOrders) {
    database_->write([](Transaction& transaction) {
        for (int i = 1; i <= 9; ++i) transaction.run("probe.insert_thing", {i, i % 2 ? "lẻ" : "chẵn"});
    });
    database_->read([](Transaction& transaction) {
        ListRequest request;
        request.filters = {{"named", "lẻ"}, {"above", 3}};
        request.order = "last_first";
        request.limit = 2;
        const auto rows = transaction.list("probe.some_things", {0}, request);
        ASSERT_EQ(rows.size(), 2u);
        EXPECT_EQ(rows[0].number("id"), 9);
        request.offset = 2;
        EXPECT_EQ(transaction.list("probe.some_things", {0}, request).size(), 1u);
        request.order = "no_such_order";
        EXPECT_THROW(transaction.list("probe.some_things", {0}, request), Fault);
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, DatabaseTest, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name<::testing::TestParamInfo<Engine>>);

class SqliteFileTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("loa-storage-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        database_ = Database::open("sqlite:" + (folder_ / "loa.db").string());
        migrate(*database_);
    }
    void TearDown() override {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }
    std::filesystem::path folder_;
    std::unique_ptr<Database> database_;
};

TEST_F(SqliteFileTest, AFailingStepOfAGroupHurtsOnlyItself) {
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&, i] {
            try {
                database_->write([&](Transaction& transaction) {
                    transaction.run("storage.lease_node", {i, 1, 1000, 0});
                    if (i % 4 == 0) throw std::runtime_error("no");
                });
            } catch (const std::runtime_error&) {
                ++failed;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failed, 4);
    EXPECT_EQ(database_->read([](Transaction& transaction) { return transaction.query("storage.leased_nodes", {0}).size(); }), 12u);
}

TEST_F(SqliteFileTest, WhatWasWrittenIsThereAfterOpeningAgain) {
    database_->write([](Transaction& transaction) { transaction.run("storage.lease_node", {7, 1, 1000, 0}); });
    database_.reset();
    database_ = Database::open("sqlite:" + (folder_ / "loa.db").string());
    EXPECT_EQ(database_->read([](Transaction& transaction) { return transaction.query("storage.leased_nodes", {0}).size(); }), 1u);
}

TEST_F(SqliteFileTest, AnUnwritableFolderIsAClearFault) {
    EXPECT_THROW(Database::open("sqlite:/proc/no-such-folder/loa.db"), Fault);
    EXPECT_THROW(Database::open("mysql://x"), Fault);
}

}  // namespace
}  // namespace loa::storage
