#include "loa/jobs/runner.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "attempt.h"
#include "clockwork.h"
#include "loa/base/log.h"
#include "loa/jobs/queue.h"
#include "wake.h"

namespace loa::jobs {

namespace {

constexpr int kAuthoritiesAtOnce = 64;
constexpr int kDrainBatch = 16;

Claim from_the_clock(const Schedule& schedule, web::Services& services) {
    return {{.authority = {}, .id = services.ids.next(), .kind = schedule.job_kind, .payload = "{}", .attempt = 1,
             .outcome = {}, .progress = {}, .reporter = nullptr},
            std::nullopt,
            Id{}};
}

/// One dispatcher claims no more than the idle workers can start on at once, so that no lease runs while its
/// job only waits in memory. Authorities take turns: a long queue of one does not hold up the others.
class ThreadedRunner final : public Runner {
  public:
    ThreadedRunner(const Registry& registry, web::Services services, RunnerSettings settings)
        : services_(services), settings_(settings), kinds_(registry), clockwork_(registry, services_) {
        LOA_CHECK(settings.threads > 0 && settings.poll_milliseconds > 0);
        clockwork_.enrol();
        listener_.emplace([this](Id authority) { hear(authority); });
        for (int i = 0; i < settings.threads; ++i) workers_.emplace_back([this] { work(); });
        dispatcher_ = std::thread([this] { dispatch(); });
    }

    ~ThreadedRunner() override { stop(); }

    void stop() override {
        const std::lock_guard once(stop_mutex_);
        if (!dispatcher_.joinable()) return;
        listener_.reset();
        set_stopping();
        dispatcher_.join();
        for (auto& worker : workers_) worker.join();
        guarded([&] {
            for (const auto& claim : ready_) return_job(services_, claim, services_.clock.now());
        });
        guarded([&] {
            for (const auto* schedule : clockwork_.last_words())
                attempt(kinds_, services_, from_the_clock(*schedule, services_));
        });
    }

  private:
    void set_stopping() {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
        work_there_.notify_all();
    }

    void hear(Id authority) {
        const std::lock_guard lock(mutex_);
        add_turn(authority);
        changed_.notify_one();
    }

    void add_turn(Id authority) {
        if (std::find(turns_.begin(), turns_.end(), authority) == turns_.end()) turns_.push_back(authority);
    }

    /// Whatever fails here is done again: at the next poll, or when the lease has ended. A database that is away, or
    /// where others were in the way, is everyday trouble; anything else is somebody's to mend.
    template <class Step>
    void guarded(Step step) {
        try {
            step();
        } catch (const storage::DatabaseError& error) {
            log(error.may_pass() ? Level::Warning : Level::Error, error.may_pass() ? "jobs.put_off" : "jobs.broken", {{"problem", error.what()}});
        } catch (const std::exception& broken) {
            log(Level::Error, "jobs.broken", {{"problem", broken.what()}});
        }
    }

    void work() {
        for (;;) {
            std::unique_lock lock(mutex_);
            ++idle_;
            changed_.notify_one();
            work_there_.wait(lock, [&] { return stopping_ || !ready_.empty(); });
            --idle_;
            if (stopping_) return;
            const Claim claim = std::move(ready_.front());
            ready_.pop_front();
            lock.unlock();
            guarded([&] { attempt(kinds_, services_, claim); });
        }
    }

    void dispatch() {
        auto next_poll = std::chrono::steady_clock::now();
        for (;;) {
            if (std::chrono::steady_clock::now() >= next_poll) {
                next_poll = std::chrono::steady_clock::now() + std::chrono::milliseconds(settings_.poll_milliseconds);
                guarded([&] { poll(); });
            }
            guarded([&] { strike(); });
            guarded([&] { fill(); });
            std::unique_lock lock(mutex_);
            changed_.wait_until(lock, std::min(next_poll, next_strike()),
                                [&] { return stopping_ || (free_workers() > 0 && !turns_.empty()); });
            if (stopping_) return;
        }
    }

    std::chrono::steady_clock::time_point next_strike() const {
        const auto in = std::clamp<std::int64_t>(
            clockwork_.next_look().milliseconds - services_.clock.now().milliseconds, 1, settings_.poll_milliseconds);
        return std::chrono::steady_clock::now() + std::chrono::milliseconds(in);
    }

    int free_workers() const { return idle_ - static_cast<int>(ready_.size()); }

    void poll() {
        const auto authorities = authorities_with_due_jobs(services_, kAuthoritiesAtOnce);
        const std::lock_guard lock(mutex_);
        for (const auto authority : authorities) add_turn(authority);
    }

    void strike() {
        for (const auto* schedule : clockwork_.strike()) hand_over(from_the_clock(*schedule, services_));
    }

    void hand_over(Claim claim) {
        const std::lock_guard lock(mutex_);
        ready_.push_back(std::move(claim));
        work_there_.notify_one();
    }

    struct Turn {
        Id authority;
        int share = 0;
    };

    /// Whose jobs to claim next, and how many; nothing when nobody waits or no worker is free.
    std::optional<Turn> next_turn() {
        const std::lock_guard lock(mutex_);
        if (stopping_ || turns_.empty() || free_workers() <= 0) return std::nullopt;
        const Turn turn{turns_.front(), std::max(1, free_workers() / static_cast<int>(turns_.size()))};
        turns_.pop_front();
        return turn;
    }

    void fill() {
        while (const auto turn = next_turn()) {
            auto claims = claim_jobs(services_, turn->authority, turn->share);
            const bool more = static_cast<int>(claims.size()) == turn->share;
            for (auto& claim : claims) hand_over(std::move(claim));
            const std::lock_guard lock(mutex_);
            if (more) add_turn(turn->authority);
        }
    }

    web::Services services_;
    RunnerSettings settings_;
    Kinds kinds_;
    Clockwork clockwork_;
    std::mutex mutex_;
    std::condition_variable changed_;     // for the dispatcher: a wake, a free worker, the end
    std::condition_variable work_there_;  // for the workers
    std::deque<Id> turns_;                // authorities that may have due jobs
    std::deque<Claim> ready_;
    int idle_ = 0;
    bool stopping_ = false;
    std::mutex stop_mutex_;
    std::optional<WakeListener> listener_;
    std::vector<std::thread> workers_;
    std::thread dispatcher_;
};

}  // namespace

std::unique_ptr<Runner> Runner::start(const Registry& registry, web::Services services, RunnerSettings settings) {
    return std::make_unique<ThreadedRunner>(registry, services, settings);
}

int run_due_jobs(const Registry& registry, web::Services services) {
    const Kinds kinds(registry);
    int attempts = 0;
    for (;;) {
        const auto authorities = authorities_with_due_jobs(services, kAuthoritiesAtOnce);
        if (authorities.empty()) return attempts;
        for (const auto authority : authorities)
            for (auto& claim : claim_jobs(services, authority, kDrainBatch)) {
                attempt(kinds, services, std::move(claim));
                ++attempts;
            }
    }
}

}  // namespace loa::jobs
