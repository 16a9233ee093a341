// SQLite as a Database: in a file with one writer and a few readers, or in memory for tests.
#include <sqlite3.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "engine.h"
#include "loa/base/check.h"
#include "sqlite_connection.h"
#include "sqlite_error.h"
#include "sqlite_transaction.h"
#include "sqlite_writer.h"

namespace loa::storage {

namespace {

constexpr int kReaders = 4;

/// One transaction on a connection that nobody else uses meanwhile.
void run_alone(SqliteConnection& connection, Mode mode, const std::function<void(Transaction&)>& step) {
    const NotNested not_nested;
    SqliteTransaction transaction(connection, mode);
    connection.command("begin");
    try {
        step(transaction);
        transaction.require_sound();
        connection.command("commit");
    } catch (...) {
        if (connection.in_transaction()) connection.command("rollback");
        throw;
    }
    transaction.committed();
}

/// In one step, which holds one snapshot of the source and lets others write meanwhile.
void back_up(SqliteConnection& source, const std::filesystem::path& file) {
    SqliteConnection target(file, SqliteConnection::Use::Write);
    target.script("pragma journal_mode = off; pragma synchronous = off");
    auto* backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (backup == nullptr) throw sqlite_error(target.handle(), "copy");
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK) throw sqlite_error(target.handle(), "copy");
}

class MemoryDatabase final : public Database {
  public:
    MemoryDatabase() : connection_(":memory:", SqliteConnection::Use::Write) {}

    void transact(Mode mode, const std::function<void(Transaction&)>& step) override {
        const auto lock = locked();
        run_alone(connection_, mode, step);
    }
    void script(const std::string& sql) override {
        const auto lock = locked();
        connection_.script("begin;" + sql + ";commit");
    }
    Engine engine() const override { return Engine::Sqlite; }
    void ping() override {
        const auto lock = locked();
        connection_.script("select 1");
    }
    void copy_to_file(const std::filesystem::path& file) override {
        const auto lock = locked();
        back_up(connection_, file);
    }
    void copy_to(Database& other) override {
        auto* target = dynamic_cast<MemoryDatabase*>(&other);
        LOA_CHECK(target != nullptr);
        const auto lock = locked();
        auto* backup = sqlite3_backup_init(target->connection_.handle(), "main", connection_.handle(), "main");
        LOA_CHECK(backup != nullptr);
        sqlite3_backup_step(backup, -1);
        LOA_CHECK(sqlite3_backup_finish(backup) == SQLITE_OK);
    }
    Description describe(const Statement& statement) override {
        const auto lock = locked();
        return connection_.describe(statement);
    }

  private:
    std::unique_lock<std::mutex> locked() {
        NotNested();  // or it would wait for itself
        return std::unique_lock(mutex_);
    }

    std::mutex mutex_;
    SqliteConnection connection_;
};

class FileDatabase final : public Database {
  public:
    explicit FileDatabase(const std::string& path) : path_(path), writer_(path) {
        for (int i = 0; i < kReaders; ++i) {
            readers_.push_back(std::make_unique<SqliteConnection>(path, SqliteConnection::Use::Read));
            idle_.push_back(readers_.back().get());
        }
    }

    void transact(Mode mode, const std::function<void(Transaction&)>& step) override {
        if (mode == Mode::Read) {
            Reader reader(*this);
            return run_alone(reader.connection, mode, step);
        }
        NotNested();  // the writer thread would wait for itself
        writer_.run(step);
    }
    void script(const std::string& sql) override {
        writer_.run_on_connection([&](SqliteConnection& connection) { connection.script(sql); });
    }
    Engine engine() const override { return Engine::Sqlite; }
    void ping() override {
        // sql: anything that makes it read the file
        Reader(*this).connection.script("select 1 from sqlite_master limit 1");
    }
    void copy_to_file(const std::filesystem::path& file) override {
        SqliteConnection source(path_, SqliteConnection::Use::Read);
        back_up(source, file);
    }
    Description describe(const Statement& statement) override { return Reader(*this).connection.describe(statement); }

  private:
    /// Borrows a connection for reading.
    struct Reader {
        explicit Reader(FileDatabase& owner) : database(owner), connection(owner.take()) {}
        ~Reader() { database.give_back(connection); }
        Reader(const Reader&) = delete;
        Reader& operator=(const Reader&) = delete;

        FileDatabase& database;
        SqliteConnection& connection;
    };

    SqliteConnection& take() {
        NotNested();  // four threads that each wait for a second one would wait for ever
        std::unique_lock lock(mutex_);
        reader_free_.wait(lock, [&] { return !idle_.empty(); });
        auto* connection = idle_.back();
        idle_.pop_back();
        return *connection;
    }

    void give_back(SqliteConnection& connection) {
        {
            const std::lock_guard lock(mutex_);
            idle_.push_back(&connection);
        }
        reader_free_.notify_one();
    }

    std::string path_;
    SqliteWriter writer_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    std::mutex mutex_;
    std::condition_variable reader_free_;
    std::vector<SqliteConnection*> idle_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path) {
    if (path == ":memory:") return std::make_unique<MemoryDatabase>();
    const auto folder = std::filesystem::path(path).parent_path();
    std::error_code ignored;  // opening the file says what is wrong, with its path
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    return std::make_unique<FileDatabase>(path);
}

}  // namespace loa::storage
