// A house with a queue: a database, a clock that stands still, a registry. The effect by which tests count is a
// notice to the person whose number is the job's payload.
#pragma once

#include <gtest/gtest.h>

#include "loa/jobs/notices.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/jobs/watch.h"
#include "loa/storage/testing.h"

namespace loa::jobs {

inline constexpr Instant kMorning{1705280400000};  // 15/01/2024, 08:00
inline constexpr Id kTown{11};
inline constexpr Id kVillage{12};

/// By the bell alone: what most tests count by.
inline constexpr MessageKind kNews{"test.news", "jobs.notices", {true, MailTime::Never}};
inline void notify(Work& work, Id person, std::string_view key) { notify(work, person, kNews, {.key = std::string(key)}); }

class House : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    web::Services services() { return {*database_, clock_, ids_}; }

    template <class Step>
    auto write(Step&& step, Id authority = kTown) {
        return database_->write([&](storage::Transaction& db) {
            auto work = system_work(db, ids_, clock_.now(), authority);
            return step(work);
        });
    }
    Id enqueued(std::string_view kind, std::string payload = "7", const EnqueueOptions& options = {},
                Id authority = kTown) {
        return write([&](Work& work) { return enqueue(work, kind, payload, options); }, authority);
    }
    int run_due() { return run_due_jobs(registry_, services()); }
    void pass(std::int64_t seconds) { clock_.set(clock_.now().plus_seconds(seconds)); }

    std::int64_t effects(std::int64_t person = 7, Id authority = kTown) {
        return write([&](Work& work) {
            work.actor.person = Id{person};
            return unread_notices(work);
        }, authority);
    }
    QueueState queue() {
        return database_->read([&](storage::Transaction& db) { return queue_state(db, clock_.now()); });
    }
    std::vector<DeadJob> dead(Id authority = kTown) {
        return write([](Work& work) { return dead_jobs(work); }, authority);
    }

    std::vector<JobLine> lines(const JobFilter& filter, Id authority = kTown) {
        return write([&](Work& work) { return job_lines(work, filter); }, authority);
    }

    /// A kind whose effect is one notice; then it gives what `then` gives.
    JobKind telling(std::string name, std::function<Result<Done>(const Job&)> then = nullptr) {
        return {.name = std::move(name), .handler = [then](Work& work, const Job& job) -> Result<Done> {
                    notify(work, Id{std::stoll(job.payload)}, "jobs.new");
                    return then ? then(job) : Done{};
                }};
    }

    std::unique_ptr<storage::Database> database_;
    FixedClock clock_{kMorning};
    IdSource ids_{1, clock_};
    Registry registry_;
};

}  // namespace loa::jobs
