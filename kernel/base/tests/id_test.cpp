// Record ids: rising, never given twice, 63 bits, and read back from nothing but their digits.
#include "loa/base/id.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <thread>
#include <unordered_set>

#include "loa/base/fault.h"

namespace loa {
namespace {

constexpr std::int64_t kEpoch = 1704067200000;  // 2024-01-01T00:00:00Z, as the header says

std::int64_t milliseconds_of(Id id) { return id.value >> 22; }
std::int64_t node_of(Id id) { return (id.value >> 12) & 1023; }
std::int64_t counter_of(Id id) { return id.value & 4095; }

TEST(Id, CarriesTimeNodeAndCounter) {
    FixedClock clock({kEpoch + 5000});
    IdSource source(1023, clock);
    const Id first = source.next(), second = source.next();
    EXPECT_EQ(milliseconds_of(first), 5000);
    EXPECT_EQ(node_of(first), 1023);
    EXPECT_EQ(counter_of(second), counter_of(first) + 1);
    clock.set({kEpoch + 6000});
    EXPECT_EQ(milliseconds_of(source.next()), 6000);
}

TEST(Id, RisesWhateverTheClockDoes) {
    FixedClock clock({kEpoch + 1000});
    IdSource source(0, clock);
    Id last;
    const auto rises = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const Id next = source.next();
            ASSERT_GT(next, last);
            last = next;
        }
    };
    rises(3 * 4096 + 1);  // more than a millisecond holds
    EXPECT_EQ(milliseconds_of(last), 1003);
    clock.set({kEpoch + 10});
    rises(10);
    clock.set({kEpoch - 1000});
    rises(10);
    clock.set({kEpoch + 1001});  // a time that ids have used up already
    rises(10);
    clock.set({kEpoch + 2000});
    rises(1);
    EXPECT_EQ(milliseconds_of(last), 2000);
}

TEST(Id, IsNeverZeroAndNeverNegative) {
    for (const std::int64_t time : {std::int64_t{0}, kEpoch - 1, kEpoch, kEpoch + 1, kEpoch + (std::int64_t{1} << 41) - 1}) {
        FixedClock clock({time});
        IdSource source(0, clock);
        for (int i = 0; i < 3; ++i) EXPECT_GT(source.next().value, 0) << time;
    }
    EXPECT_FALSE(Id{});
    EXPECT_TRUE(Id{1});
}

TEST(Id, RefusesANodeThatDoesNotFit) {
    FixedClock clock({kEpoch});
    EXPECT_THROW(IdSource(-1, clock), Fault);
    EXPECT_THROW(IdSource(1024, clock), Fault);
    EXPECT_NO_THROW(IdSource(0, clock));
}

TEST(Id, IsUniqueOverThreadsAndNodes) {
    constexpr int kThreads = 4, kEach = 20'000;
    SystemClock clock;
    IdSource one(1, clock), two(2, clock);
    std::vector<std::vector<Id>> made(kThreads);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread)
        threads.emplace_back([&, thread] {
            auto& mine = made[static_cast<std::size_t>(thread)];
            for (int i = 0; i < kEach; ++i) mine.push_back((thread % 2 == 0 ? one : two).next());
        });
    for (auto& thread : threads) thread.join();
    std::unordered_set<Id> all;
    for (const auto& mine : made) {
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
        all.insert(mine.begin(), mine.end());
    }
    EXPECT_EQ(all.size(), std::size_t{kThreads} * kEach);
}

TEST(Id, ReadsWhatItWrites) {
    for (const std::int64_t value : {std::int64_t{1}, std::int64_t{4096}, std::numeric_limits<std::int64_t>::max()})
        EXPECT_EQ(parse_id(to_string(Id{value})), Id{value});
}

TEST(Id, RefusesWhatIsNoId) {
    for (const std::string_view text :
         {"", "0", "000", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "12a", "a12", "١٢", "1\n", "9223372036854775808",
          "18446744073709551617", "99999999999999999999999999", "--1", "NaN"})
        EXPECT_FALSE(parse_id(text)) << '"' << text << '"';
    EXPECT_FALSE(parse_id(std::string_view("1\0", 2)));
}

}  // namespace
}  // namespace loa
