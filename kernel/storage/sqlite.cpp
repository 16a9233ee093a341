// SQLite: one writer thread that commits waiting steps together, a few readers, checkpoints on the side.
#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "engine.h"
#include "loa/base/check.h"
#include "loa/base/log.h"
#include "sqlite_connection.h"

namespace loa::storage {

namespace {

constexpr int kReaders = 4;
constexpr std::size_t kLargestGroup = 200;
constexpr int kCheckpointPages = 1000;  // of 4 KiB: what a checkpoint moves at a time
constexpr auto kCheckpointPause = std::chrono::milliseconds(250);
constexpr auto kQuietTime = std::chrono::seconds(20);

class SqliteTransaction final : public Transaction {
  public:
    SqliteTransaction(SqliteConnection& connection, Mode mode) : Transaction(mode), connection_(connection) {}
    using Transaction::committed;

  protected:
    Outcome execute(const Statement& statement, const Values& values) override {
        auto result = connection_.run(statement, values);
        return {std::move(result.rows), result.touched};
    }
    std::int64_t execute_batch(const Statement& statement, const std::vector<Values>& rows) override {
        std::int64_t touched = 0;
        for (const auto& row : rows) touched += connection_.run(statement, row).touched;
        return touched;
    }

  private:
    SqliteConnection& connection_;
};

/// ":memory:": one connection, one thing at a time. For tests.
class MemoryDatabase final : public Database {
  public:
    MemoryDatabase() : connection_(":memory:", SqliteConnection::Use::Write) {}

    void transact(Mode mode, const std::function<void(Transaction&)>& step) override {
        const std::lock_guard lock(mutex_);
        SqliteTransaction transaction(connection_, mode);
        connection_.script("begin");
        try {
            step(transaction);
        } catch (...) {
            connection_.script("rollback");
            throw;
        }
        connection_.script(mode == Mode::Write ? "commit" : "rollback");
        transaction.committed();
    }
    void script(const std::string& sql) override {
        const std::lock_guard lock(mutex_);
        connection_.script(sql);
    }
    Engine engine() const override { return Engine::Sqlite; }
    void ping() override { connection_.script("select 1"); }
    void copy_to(Database& other) override {
        auto* target = dynamic_cast<MemoryDatabase*>(&other);
        LOA_CHECK(target != nullptr);
        auto* backup = sqlite3_backup_init(target->connection_.handle(), "main", connection_.handle(), "main");
        LOA_CHECK(backup != nullptr);
        sqlite3_backup_step(backup, -1);
        LOA_CHECK(sqlite3_backup_finish(backup) == SQLITE_OK);
    }
    void* native_handle() override { return connection_.handle(); }

  private:
    std::mutex mutex_;
    SqliteConnection connection_;
};

/// A step that waits for the writer, and what became of it.
struct Waiting {
    const std::function<void(Transaction&)>* step = nullptr;
    std::unique_ptr<SqliteTransaction> transaction;
    std::exception_ptr error;
    bool done = false;
};

class SqliteDatabase final : public Database {
  public:
    explicit SqliteDatabase(const std::string& path) : path_(path), writer_(path, SqliteConnection::Use::Write) {
        for (int i = 0; i < kReaders; ++i) {
            readers_.push_back(std::make_unique<SqliteConnection>(path, SqliteConnection::Use::Read));
            idle_.push_back(readers_.back().get());
        }
        sqlite3_wal_hook(
            writer_.handle(),
            [](void* self, sqlite3*, const char*, int pages) {
                static_cast<SqliteDatabase*>(self)->wal_pages_ = pages;
                return SQLITE_OK;
            },
            this);
        writing_ = std::thread([this] { write_loop(); });
        checkpointing_ = std::thread([this] { checkpoint_loop(); });
    }

    ~SqliteDatabase() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        something_waits_.notify_all();
        stop_.notify_all();
        writing_.join();
        checkpointing_.join();
    }

    void transact(Mode mode, const std::function<void(Transaction&)>& step) override {
        if (mode == Mode::Read) return read(step);
        LOA_CHECK(std::this_thread::get_id() != writing_.get_id());  // it would wait for itself
        Waiting waiting;
        waiting.step = &step;
        std::unique_lock lock(mutex_);
        LOA_CHECK(!stopping_);
        queue_.push_back(&waiting);
        something_waits_.notify_one();
        finished_.wait(lock, [&] { return waiting.done; });
        lock.unlock();
        if (waiting.error) std::rethrow_exception(waiting.error);
        waiting.transaction->committed();
    }

    void script(const std::string& sql) override {
        transact(Mode::Write, [&](Transaction&) { writer_.script(sql); });
    }
    Engine engine() const override { return Engine::Sqlite; }
    void ping() override {
        read([](Transaction&) {});
    }
    void* native_handle() override { return writer_.handle(); }

  private:
    void read(const std::function<void(Transaction&)>& step) {
        SqliteConnection* connection = nullptr;
        {
            std::unique_lock lock(readers_mutex_);
            reader_free_.wait(lock, [&] { return !idle_.empty(); });
            connection = idle_.back();
            idle_.pop_back();
        }
        struct Return {
            SqliteDatabase& database;
            SqliteConnection* connection;
            ~Return() {
                {
                    const std::lock_guard lock(database.readers_mutex_);
                    database.idle_.push_back(connection);
                }
                database.reader_free_.notify_one();
            }
        } give_back{*this, connection};
        SqliteTransaction transaction(*connection, Mode::Read);
        connection->script("begin");
        try {
            step(transaction);
        } catch (...) {
            connection->script("rollback");
            throw;
        }
        connection->script("commit");
        transaction.committed();
    }

    void write_loop() {
        for (;;) {
            std::deque<Waiting*> group;
            {
                std::unique_lock lock(mutex_);
                something_waits_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
                if (queue_.empty()) return;
                while (!queue_.empty() && group.size() < kLargestGroup) {
                    group.push_back(queue_.front());
                    queue_.pop_front();
                }
            }
            write_group(group);
            {
                const std::lock_guard lock(mutex_);
                for (auto* waiting : group) waiting->done = true;
            }
            finished_.notify_all();
        }
    }

    /// All steps in one transaction, each behind a savepoint; what fails for all fails each of them.
    void write_group(const std::deque<Waiting*>& group) {
        try {
            with_retries([&] { writer_.script("begin immediate"); });
            for (auto* waiting : group) run_step(*waiting);
            writer_.script("commit");
        } catch (...) {
            for (auto* waiting : group)
                if (!waiting->error) waiting->error = std::current_exception();
            if (!sqlite3_get_autocommit(writer_.handle())) writer_.script("rollback");
        }
    }

    void run_step(Waiting& waiting) {
        waiting.transaction = std::make_unique<SqliteTransaction>(writer_, Mode::Write);
        writer_.script("savepoint step");
        try {
            (*waiting.step)(*waiting.transaction);
        } catch (...) {
            waiting.error = std::current_exception();
            // A full disk or the like has rolled back everything already; then the commit below fails for all.
            if (!sqlite3_get_autocommit(writer_.handle())) writer_.script("rollback to step");
        }
        if (!sqlite3_get_autocommit(writer_.handle())) writer_.script("release step");
    }

    /// Moves the log into the file while others work; when it has been quiet, shortens it to nothing.
    void checkpoint_loop() {
        SqliteConnection connection(path_, SqliteConnection::Use::Write);
        auto busy_until = std::chrono::steady_clock::now();
        std::unique_lock lock(mutex_);
        while (!stop_.wait_for(lock, kCheckpointPause, [&] { return stopping_; })) {
            const int pages = wal_pages_.exchange(0);
            lock.unlock();
            const auto now = std::chrono::steady_clock::now();
            if (pages > 0) busy_until = now + kQuietTime, dirty_ = true;
            if (pages >= kCheckpointPages) checkpoint(connection, SQLITE_CHECKPOINT_PASSIVE);
            if (dirty_ && now >= busy_until) {
                checkpoint(connection, SQLITE_CHECKPOINT_TRUNCATE);
                dirty_ = false;
            }
            lock.lock();
        }
    }

    static void checkpoint(SqliteConnection& connection, int how) {
        const int code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, how, nullptr, nullptr);
        if (code != SQLITE_OK && code != SQLITE_BUSY)
            log(Level::Warning, "storage.checkpoint_failed", {{"why", sqlite3_errmsg(connection.handle())}});
    }

    std::string path_;
    SqliteConnection writer_;

    std::mutex readers_mutex_;
    std::condition_variable reader_free_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    std::vector<SqliteConnection*> idle_;

    std::mutex mutex_;
    std::condition_variable something_waits_, finished_, stop_;
    std::deque<Waiting*> queue_;
    bool stopping_ = false;
    bool dirty_ = false;  // of the checkpoint thread alone
    std::atomic<int> wal_pages_ = 0;
    std::thread writing_, checkpointing_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path) {
    if (path == ":memory:") return std::make_unique<MemoryDatabase>();
    const auto folder = std::filesystem::path(path).parent_path();
    std::error_code ignored;  // opening the file says what is wrong, with its path
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    return std::make_unique<SqliteDatabase>(path);
}

}  // namespace loa::storage
