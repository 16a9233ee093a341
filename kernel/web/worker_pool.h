// Threads that run handlers, with a bounded line in front of them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace loa::web {

class Task {
  public:
    virtual ~Task() = default;
    /// Must not throw.
    virtual void run() = 0;
};

class WorkerPool {
  public:
    /// At most `waiting` tasks stand in line; `figure` follows their number.
    WorkerPool(int threads, int waiting, std::atomic<int>& figure);
    /// Runs what stands in line, then ends.
    ~WorkerPool();

    /// Gives the task back when the line is full.
    std::unique_ptr<Task> submit(std::unique_ptr<Task> task);

  private:
    void work();
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::unique_ptr<Task>> line_;
    bool ending_ = false;
    const std::size_t waiting_;
    std::atomic<int>& figure_;
    std::vector<std::thread> threads_;
};

}  // namespace loa::web
