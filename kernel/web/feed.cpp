#include "feed.h"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "loa/base/log.h"

namespace loa::web {

namespace {

/// What is known of one authority that is listened to.
struct Channel {
    std::atomic<std::int64_t> stamp{0};
};

class PollingFeed;

class Listening final : public Listener {
  public:
    Listening(std::shared_ptr<PollingFeed> feed, Id authority, std::shared_ptr<Channel> channel, std::int64_t seen)
        : feed_(std::move(feed)), authority_(authority), channel_(std::move(channel)), seen_(seen) {}
    ~Listening() override;
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    std::int64_t seen() const override { return seen_; }
    std::int64_t stamp() const override {
        const auto stamp = channel_->stamp.load();
        return stamp == 0 ? seen_ : stamp;  // not asked yet
    }

  private:
    std::shared_ptr<PollingFeed> feed_;
    Id authority_;
    std::shared_ptr<Channel> channel_;
    std::int64_t seen_;
};

class PollingFeed final : public Feed {
  public:
    PollingFeed(storage::Database& database, ChangeStamp stamp, std::chrono::milliseconds every)
        : database_(database), stamp_(std::move(stamp)), every_(every), poller_([this] { poll(); }) {}
    ~PollingFeed() override {
        {
            const std::lock_guard lock(guard_);
            ending_ = true;
        }
        changed_.notify_all();
        poller_.join();
    }

    std::shared_ptr<const Listener> listen(Id authority, std::int64_t seen) override {
        std::shared_ptr<Channel> channel;
        {
            const std::lock_guard lock(guard_);
            auto& listened = channels_[authority];
            if (++listened.listeners == 1) listened.channel = std::make_shared<Channel>();
            channel = listened.channel;
        }
        changed_.notify_all();
        return std::make_shared<Listening>(std::static_pointer_cast<PollingFeed>(shared_from_this()), authority, std::move(channel), seen);
    }

    int listeners() override {
        const std::lock_guard lock(guard_);
        int all = 0;
        for (const auto& [authority, listened] : channels_) all += listened.listeners;
        return all;
    }

    void leave(Id authority) {
        const std::lock_guard lock(guard_);
        const auto found = channels_.find(authority);
        if (--found->second.listeners == 0) channels_.erase(found);
    }

  private:
    struct Listened {
        std::shared_ptr<Channel> channel;
        int listeners = 0;
    };

    void poll() {
        std::unique_lock lock(guard_);
        while (!ending_) {
            changed_.wait(lock, [&] { return ending_ || !channels_.empty(); });
            std::vector<std::pair<Id, std::shared_ptr<Channel>>> asked;
            for (const auto& [authority, listened] : channels_) asked.emplace_back(authority, listened.channel);
            lock.unlock();
            ask(asked);
            lock.lock();
            changed_.wait_for(lock, every_, [&] { return ending_; });
        }
    }
    void ask(const std::vector<std::pair<Id, std::shared_ptr<Channel>>>& asked) {
        if (asked.empty()) return;
        try {
            database_.read([&](storage::Transaction& transaction) {
                for (const auto& [authority, channel] : asked) channel->stamp = stamp_.of(transaction, authority);
            });
        } catch (const std::exception& error) {
            log(Level::Warning, "web.feed", {{"what", error.what()}});
        }
    }

    storage::Database& database_;
    const ChangeStamp stamp_;
    const std::chrono::milliseconds every_;
    std::mutex guard_;
    std::condition_variable changed_;
    std::map<Id, Listened> channels_;
    bool ending_ = false;
    std::thread poller_;  // last: it uses all of the above
};

constexpr auto kQuietFor = std::chrono::seconds(20);
constexpr auto kLongest = std::chrono::minutes(10);

Listening::~Listening() { feed_->leave(authority_); }

}  // namespace

Telling::Telling(const Listener& listener)
    : listener_(listener), said_(listener.seen()), spoke_(std::chrono::steady_clock::now()), end_(spoke_ + kLongest) {}

std::string Telling::next() {
    const auto now = std::chrono::steady_clock::now();
    const auto stamp = listener_.stamp();
    if (stamp == said_ && now - spoke_ < kQuietFor) return {};
    spoke_ = now;
    if (stamp == said_) return ":\n\n";
    said_ = stamp;
    return fmt::format("id: {0}\ndata: {0}\n\n", stamp);
}

bool Telling::is_over() const { return std::chrono::steady_clock::now() >= end_; }

std::shared_ptr<Feed> Feed::make(storage::Database& database, ChangeStamp stamp, std::chrono::milliseconds every) {
    return std::make_shared<PollingFeed>(database, std::move(stamp), every);
}

Response events(Id authority, std::int64_t seen) {
    Response response;
    response.content_type = "text/event-stream";
    response.events = Events{authority, seen};
    response.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would keep what is said until there is more of it
    return response;
}

}  // namespace loa::web
