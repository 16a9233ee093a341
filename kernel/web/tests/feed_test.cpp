// Open answers: who listens hears of changes, and of nothing else; nobody asks when nobody listens.
#include "feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "loa/storage/testing.h"

namespace loa::web {
namespace {

using namespace std::chrono_literals;

class FeedTest : public ::testing::Test {
  protected:
    std::shared_ptr<Feed> feed() {
        return Feed::make(*database_, {[this](storage::Transaction&, Id authority) {
                              ++asked_;
                              if (broken_) throw std::runtime_error("away");
                              return authority == Id{7} ? stamp_.load() : 1;
                          }},
                          5ms);
    }
    static bool comes(const Listener& listener, std::int64_t stamp) {
        for (int tries = 0; tries < 1000 && listener.stamp() != stamp; ++tries) std::this_thread::sleep_for(5ms);
        return listener.stamp() == stamp;
    }

    std::unique_ptr<storage::Database> database_ = storage::testing::fresh_database(storage::Engine::Sqlite);
    std::atomic<std::int64_t> stamp_ = 41;
    std::atomic<int> asked_ = 0;
    std::atomic<bool> broken_ = false;
};

TEST_F(FeedTest, TellsEachAuthorityItsOwnStamp) {
    const auto held = feed();
    const auto one = held->listen(Id{7}, 40), other = held->listen(Id{8}, 1);
    EXPECT_EQ(one->seen(), 40);
    EXPECT_TRUE(comes(*one, 41));
    stamp_ = 42;
    EXPECT_TRUE(comes(*one, 42));
    EXPECT_TRUE(comes(*other, 1));
}

TEST_F(FeedTest, AsksOnlyWhileSomebodyListens) {
    const auto held = feed();
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(asked_, 0);
    {
        const auto listener = held->listen(Id{7}, 0);
        EXPECT_TRUE(comes(*listener, 41));
    }
    std::this_thread::sleep_for(20ms);
    const int asked = asked_;
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(asked_, asked);
    const auto again = held->listen(Id{7}, 0);
    EXPECT_TRUE(comes(*again, 41));
}

TEST_F(FeedTest, KeepsOnWhenTheDatabaseIsAwayForAMoment) {
    const auto held = feed();
    const auto listener = held->listen(Id{7}, 0);
    EXPECT_TRUE(comes(*listener, 41));
    broken_ = true;
    std::this_thread::sleep_for(30ms);
    EXPECT_EQ(listener->stamp(), 41) << "what was heard last";
    stamp_ = 43;
    broken_ = false;
    EXPECT_TRUE(comes(*listener, 43));
}

TEST_F(FeedTest, EndsWithItsLastListener) {
    auto held = feed();
    auto listener = held->listen(Id{7}, 0);
    const std::weak_ptr<Feed> watched = held;
    held = nullptr;
    EXPECT_TRUE(comes(*listener, 41));
    listener = nullptr;
    EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace loa::web
