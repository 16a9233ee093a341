#include "worker_pool.h"

namespace loa::web {

WorkerPool::WorkerPool(int threads, int waiting, std::atomic<int>& figure)
    : waiting_(static_cast<std::size_t>(waiting)), figure_(figure) {
    for (int count = 0; count < threads; ++count) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
    for (auto& thread : threads_) thread.join();
}

std::unique_ptr<Task> WorkerPool::submit(std::unique_ptr<Task> task) {
    {
        const std::lock_guard lock(mutex_);
        if (line_.size() >= waiting_) return task;
        line_.push_back(std::move(task));
        figure_ = static_cast<int>(line_.size());
    }
    arrived_.notify_one();
    return nullptr;
}

void WorkerPool::work() {
    for (;;) {
        std::unique_ptr<Task> task;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return ending_ || !line_.empty(); });
            if (line_.empty()) return;
            task = std::move(line_.front());
            line_.pop_front();
            figure_ = static_cast<int>(line_.size());
        }
        task->run();
    }
}

}  // namespace loa::web
