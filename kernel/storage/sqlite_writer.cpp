#include "sqlite_writer.h"

#include <sqlite3.h>

#include <algorithm>

#include "engine.h"
#include "loa/base/log.h"

namespace loa::storage {

namespace {
constexpr std::size_t kLargestGroup = 256;
}  // namespace

SqliteWriter::SqliteWriter(const std::string& path)
    : connection_(path, SqliteConnection::Use::Write), checkpointer_(path) {
    sqlite3_wal_hook(
        connection_.handle(),
        [](void* checkpointer, sqlite3*, const char*, int pages) {
            static_cast<SqliteCheckpointer*>(checkpointer)->committed(pages);
            return SQLITE_OK;
        },
        &checkpointer_);
    thread_ = std::thread([this] { loop(); });
}

SqliteWriter::~SqliteWriter() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    something_waits_.notify_one();
    thread_.join();
}

void SqliteWriter::run(const std::function<void(Transaction&)>& step) {
    Waiting waiting{.step = step, .answer = {}, .transaction = {}, .error = {}};
    auto answer = waiting.answer.get_future();
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(&waiting);
    }
    something_waits_.notify_one();
    answer.get();
}

void SqliteWriter::run_on_connection(const std::function<void(SqliteConnection&)>& step) {
    run([&](Transaction&) { step(connection_); });
}

void SqliteWriter::loop() {
    std::vector<Waiting*> group;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            something_waits_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kLargestGroup));
            group.assign(queue_.begin(), queue_.begin() + count);
            queue_.erase(queue_.begin(), queue_.begin() + count);
        }
        write(group);
        for (auto* waiting : group) acknowledge(*waiting);
    }
}

void SqliteWriter::write(const std::vector<Waiting*>& group) {
    try {
        connection_.command("begin immediate");
        for (auto* waiting : group) run_step(*waiting);
        connection_.command("commit");
    } catch (...) {
        for (auto* waiting : group)
            if (!waiting->error) waiting->error = std::current_exception();
        // If even this fails, SQLite has ended the transaction itself or says so at the next begin.
        sqlite3_exec(connection_.handle(), "rollback", nullptr, nullptr, nullptr);
    }
}

/// Leaves the step's own exception with it; throws what ends the group, as a disk that is full does: SQLite has
/// undone everything then.
void SqliteWriter::run_step(Waiting& waiting) {
    connection_.command("savepoint step");
    waiting.transaction.emplace(connection_, Mode::Write);
    try {
        const NotNested not_nested;
        waiting.step(*waiting.transaction);
        waiting.transaction->require_sound();
    } catch (...) {
        waiting.error = std::current_exception();
        if (!connection_.in_transaction()) throw;
        connection_.command("rollback to step");
    }
    connection_.command("release step");
}

void SqliteWriter::acknowledge(Waiting& waiting) {
    // Once it has its answer, the caller's thread goes on and `waiting` is gone.
    auto answer = std::move(waiting.answer);
    if (waiting.error) return answer.set_exception(std::move(waiting.error));
    try {
        waiting.transaction->committed();
    } catch (const std::exception& error) {
        log(Level::Error, "storage.after_commit_failed", {{"why", error.what()}});
    }
    answer.set_value();
}

}  // namespace loa::storage
