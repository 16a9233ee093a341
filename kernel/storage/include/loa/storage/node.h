// Which of the 1,024 node numbers this process makes its ids with. Two processes on one database never hold
// the same number, so their ids never meet.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "loa/base/date.h"
#include "loa/storage/database.h"

namespace loa::storage {

/// Leases a free number, renews it each minute from a thread of its own, and gives it back when destroyed.
class NodeLease {
  public:
    /// Throws Fault when all 1,024 are taken.
    NodeLease(Database& database, Clock& clock);
    ~NodeLease();
    NodeLease(const NodeLease&) = delete;
    NodeLease& operator=(const NodeLease&) = delete;

    int number() const { return number_; }
    /// False once the number may be another process's: this one slept, or could not reach the database, for
    /// longer than the lease (10 minutes). It must make no more ids and be started again.
    bool held() const;

  private:
    void renew_each_minute();
    void renew();

    Database& database_;
    Clock& clock_;
    std::int64_t holder_;
    int number_ = 0;
    std::atomic<std::int64_t> until_ = 0;  // milliseconds of an Instant
    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread renewing_;
};

}  // namespace loa::storage
