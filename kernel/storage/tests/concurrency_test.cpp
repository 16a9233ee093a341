// Many threads, and steps that get into each other's way.
#include <gmock/gmock.h>

#include <atomic>
#include <set>
#include <thread>

#include "loa/storage/node.h"
#include "tests/support/databases.h"

namespace loa::storage {
namespace {

class ConcurrencyTest : public OnEachDatabase {
  protected:
    static void in_threads(int threads, const std::function<void(int)>& work) {
        std::vector<std::thread> running;
        for (int i = 0; i < threads; ++i) running.emplace_back([&, i] { work(i); });
        for (auto& thread : running) thread.join();
    }
};
LOA_ON_EACH_DATABASE(ConcurrencyTest);

TEST_P(ConcurrencyTest, WritersLoseNothing) {
    in_threads(8, [&](int thread) {
        for (int i = 0; i < 40; ++i) add(thread * 1000 + i, "a");
    });
    EXPECT_EQ(count(), 8 * 40);
}

TEST_P(ConcurrencyTest, AStepThatThrowsHurtsNoNeighbour) {
    std::atomic<int> refused = 0;
    in_threads(16, [&](int thread) {
        for (int i = 0; i < 20; ++i) {
            const bool bad = (thread + i) % 4 == 0;
            try {
                database_->write([&](Transaction& db) {
                    db.run("probe.insert_thing", {thread * 1000 + i, "a"});
                    if (bad && i % 2) throw std::runtime_error("no");
                    if (bad) db.run("probe.insert_thing", {thread * 1000 + i, "the same again"});
                });
                EXPECT_FALSE(bad);
            } catch (const std::exception&) {
                EXPECT_TRUE(bad);
                ++refused;
            }
        }
    });
    EXPECT_EQ(refused, 80);
    EXPECT_EQ(count(), 240);
}

/// Read, then write what was read plus one: only serializable transactions, repeated when refused, count right.
TEST_P(ConcurrencyTest, NoUpdateIsLost) {
    constexpr int kThreads = 4, kEach = 10;
    add(1, "0");
    std::atomic<int> counted = 0, gave_up = 0;
    in_threads(kThreads, [&](int) {
        for (int i = 0; i < kEach; ++i) {
            try {
                database_->write([](Transaction& db) {
                    const int seen = std::stoi(db.one("probe.thing", {1})->text("name"));
                    db.run("probe.rename_thing", {1, std::to_string(seen + 1)});
                });
                ++counted;
            } catch (const DatabaseError& error) {
                EXPECT_EQ(error.kind(), ErrorKind::Serialization) << error.what();
                ++gave_up;
            }
        }
    });
    EXPECT_EQ(counted + gave_up, kThreads * kEach);
    EXPECT_GE(counted, kThreads * kEach / 2);
    database_->read([&](Transaction& db) { EXPECT_EQ(db.one("probe.thing", {1})->text("name"), std::to_string(counted)); });
}

TEST_P(ConcurrencyTest, ReadersAndWritersRunSideBySide) {
    std::atomic<bool> stop = false;
    std::atomic<int> reads = 0;
    std::thread reader([&] {
        std::int64_t before = 0;
        while (!stop) {
            const auto now = count();
            EXPECT_GE(now, before);
            before = now;
            ++reads;
        }
    });
    while (reads == 0) std::this_thread::yield();  // a busy machine may start it last
    in_threads(4, [&](int thread) {
        for (int i = 0; i < 30; ++i) add(thread * 1000 + i, "a");
    });
    stop = true;
    reader.join();
    EXPECT_GT(reads, 0);
    EXPECT_EQ(count(), 120);
}

TEST_P(ConcurrencyTest, MoreReadersThanConnectionsWaitForEachOther) {
    add(1, "a");
    in_threads(24, [&](int) {
        for (int i = 0; i < 10; ++i) EXPECT_EQ(count(), 1);
    });
}

TEST_P(ConcurrencyTest, EveryProcessHasItsOwnNode) {
    SystemClock clock;
    std::vector<std::unique_ptr<NodeLease>> leases;
    std::set<int> numbers;
    for (int i = 0; i < 20; ++i) {
        leases.push_back(std::make_unique<NodeLease>(*database_, clock));
        numbers.insert(leases.back()->number());
        EXPECT_TRUE(leases.back()->held());
    }
    EXPECT_EQ(numbers.size(), 20u);
    EXPECT_GE(*numbers.begin(), 0);
    EXPECT_LT(*numbers.rbegin(), 1024);
    leases.clear();
    database_->read([](Transaction& db) { EXPECT_TRUE(db.query("storage.leased_nodes", {0}).empty()); });
}

TEST_P(ConcurrencyTest, ALeaseThatWasSleptThroughIsNotHeld) {
    FixedClock clock(Instant{1'720'000'000'000});
    const NodeLease lease(*database_, clock);
    clock.set(clock.now().plus_seconds(599));
    EXPECT_TRUE(lease.held());
    clock.set(clock.now().plus_seconds(2));
    EXPECT_FALSE(lease.held());
}

TEST_P(ConcurrencyTest, AllNodesTakenIsAClearFault) {
    const Instant now{1'720'000'000'000};
    FixedClock clock(now);
    database_->write([&](Transaction& db) {
        for (int node = 0; node < 1024; ++node)
            if (node != 77) db.query("storage.lease_node", {node, 1, now.plus_seconds(60), now});
    });
    {
        const NodeLease last(*database_, clock);
        EXPECT_EQ(last.number(), 77);
        EXPECT_THROW(NodeLease(*database_, clock), Fault);
    }
    clock.set(now.plus_seconds(61));  // those that did not renew are free again
    const NodeLease again(*database_, clock);
}

}  // namespace
}  // namespace loa::storage
