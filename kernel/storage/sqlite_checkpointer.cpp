#include "sqlite_checkpointer.h"

#include <sqlite3.h>

#include "loa/base/log.h"

namespace loa::storage {

namespace {

constexpr int kPages = 1000;         // of 4 KiB: from here on the log is moved while others write
constexpr int kTooManyPages = 20000;  // 80 MB: passive checkpoints do not keep up, so writers wait for one
constexpr auto kPace = std::chrono::milliseconds(250);
constexpr auto kQuiet = std::chrono::seconds(5);

int how_to(bool quiet, int pages) {
    if (quiet) return SQLITE_CHECKPOINT_TRUNCATE;
    return pages >= kTooManyPages ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
}

}  // namespace

SqliteCheckpointer::SqliteCheckpointer(const std::string& path)
    : connection_(path, SqliteConnection::Use::Checkpoint), thread_([this] { loop(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    something_new_.notify_one();
    thread_.join();
}

void SqliteCheckpointer::committed(int pages) {
    const std::lock_guard lock(mutex_);
    last_commit_ = std::chrono::steady_clock::now();
    if (pages_ == 0) something_new_.notify_one();
    pages_ = pages;
}

void SqliteCheckpointer::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        something_new_.wait(lock, [&] { return stopping_ || pages_ > 0; });
        if (something_new_.wait_for(lock, kPace, [&] { return stopping_; })) return;
        const auto seen = last_commit_;
        const bool quiet = std::chrono::steady_clock::now() - seen >= kQuiet;
        if (!quiet && pages_ < kPages) continue;
        const int how = how_to(quiet, pages_);
        lock.unlock();
        const bool all = checkpoint(how);
        lock.lock();
        if (last_commit_ != seen) continue;
        if (quiet && all)
            pages_ = 0;
        else if (quiet)
            last_commit_ = std::chrono::steady_clock::now();  // a reader is in the way: later
        else if (all)
            pages_ = 1;  // the log is in the file; what is left is to shorten it at a quiet time
    }
}

bool SqliteCheckpointer::checkpoint(int how) {
    int in_log = 0, moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, how, &in_log, &moved);
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        log(Level::Warning, "storage.checkpoint_failed", {{"why", sqlite3_errmsg(connection_.handle())}});
    return code == SQLITE_OK && in_log == moved;
}

}  // namespace loa::storage
