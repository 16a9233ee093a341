// PostgreSQL as a Database: a pool of connections; steps are repeated when another one got in the way.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <utility>

#include "engine.h"
#include "postgres_connection.h"

namespace loa::storage {

std::atomic<bool> unasked_reads_are_faults = false;

namespace {

constexpr std::size_t kConnections = 8;

const char* beginning(Mode mode) {
    switch (mode) {
        case Mode::Read: return "begin isolation level repeatable read read only";
        case Mode::Take: return "begin isolation level read committed";
        case Mode::Write: break;
    }
    return "begin isolation level serializable";
}

class PostgresTransaction final : public Transaction {
  public:
    PostgresTransaction(PostgresConnection& connection, Mode mode)
        : Transaction(mode, Statements::embedded(Engine::Postgres)), connection_(connection) {}
    using Transaction::committed;
    using Transaction::require_sound;
    void require_asked() const {
        if (!unasked_reads_are_faults) return;
        for (const auto* reads : {&expected_, &answered_})
            for (const auto& read : *reads)
                if (read.promised == Asked::Surely)
                    throw Fault("broken promise: " + read.statement->name + " was read ahead and not asked for");
    }

  protected:
    Outcome execute(const Statement& statement, const Values& values) override {
        const auto asked = [&](const Read& read) { return read.statement == &statement && read.values == values; };
        auto result = [&] {
            const auto known = std::find_if(answered_.begin(), answered_.end(), asked);
            if (known == answered_.end()) return expected_.empty() ? connection_.run(statement, values) : run_with_expected(statement, values, asked);
            known->promised = Asked::Perhaps;  // kept: it may be asked for again
            return known->result;
        }();
        return {std::move(result.rows), result.touched};
    }
    void expect(const Statement& statement, const Values& values, Asked promised) override {
        const auto same = [&](const Read& read) { return read.statement == &statement && read.values == values; };
        const bool known = std::any_of(expected_.begin(), expected_.end(), same) || std::any_of(answered_.begin(), answered_.end(), same);
        if (!known) expected_.push_back({&statement, values, promised, {}});
    }
    std::int64_t execute_batch(const Statement& statement, const std::vector<Values>& rows) override {
        return connection_.run_batch(statement, rows);
    }
    void set_savepoint() override { connection_.script("savepoint attempt"); }
    void release_savepoint() override { connection_.script("release attempt"); }
    void undo_to_savepoint() override { connection_.script("rollback to attempt; release attempt"); }

  private:
    /// Of the catalogue, whose statements stay where they are.
    struct Read {
        const Statement* statement;
        Values values;
        Asked promised;
        PostgresConnection::Result result;
    };

    template <class IsIt>
    PostgresConnection::Result run_with_expected(const Statement& statement, const Values& values, const IsIt& is_it) {
        auto reads = std::exchange(expected_, {});
        auto own = std::find_if(reads.begin(), reads.end(), is_it);
        const bool own_is_expected = own != reads.end();
        if (!own_is_expected) own = reads.insert(own, {&statement, values, Asked::Surely, {}});
        std::vector<PostgresConnection::Call> calls;
        for (const auto& read : reads) calls.push_back({read.statement, &read.values});
        auto results = connection_.run_together(calls);
        for (std::size_t i = 0; i < reads.size(); ++i) reads[i].result = std::move(results[i]);
        auto result = own->result;
        if (own_is_expected) own->promised = Asked::Perhaps;
        else reads.erase(own);
        std::move(reads.begin(), reads.end(), std::back_inserter(answered_));
        return result;
    }

    PostgresConnection& connection_;
    std::vector<Read> expected_, answered_;  // what was read ahead, before and after its answer came
};

class PostgresDatabase final : public Database {
  public:
    explicit PostgresDatabase(std::string url) : url_(std::move(url)) {
        idle_.push_back(std::make_unique<PostgresConnection>(url_, types_));  // a wrong address shows at once
    }

    void transact(Mode mode, const std::function<void(Transaction&)>& step) override {
        with_connection([&](PostgresConnection& connection) { run(connection, mode, step); });
    }
    void script(const std::string& sql) override {
        with_connection([&](PostgresConnection& connection) { connection.script(sql.c_str()); });
    }
    Engine engine() const override { return Engine::Postgres; }
    void ping() override { script("select 1"); }
    Description describe(const Statement& statement) override {
        Description description;
        with_connection([&](PostgresConnection& connection) { description = connection.describe(statement); });
        return description;
    }

  private:
    /// A connection taken out of the pool, or made; put back unless it broke.
    class Borrowed {
      public:
        explicit Borrowed(PostgresDatabase& database) : database_(database), connection_(database.take()) {}
        ~Borrowed() { database_.give_back(std::move(connection_)); }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;
        PostgresConnection& connection() { return *connection_; }

      private:
        PostgresDatabase& database_;
        std::unique_ptr<PostgresConnection> connection_;
    };

    void with_connection(const std::function<void(PostgresConnection&)>& use) {
        const NotNested not_nested;  // eight threads that each wait for a second connection would wait for ever
        with_retries([&] {
            try {
                Borrowed borrowed(*this);
                use(borrowed.connection());
            } catch (const DatabaseError& error) {
                // A server that went away took all of them along: do not try them one by one.
                if (error.kind() == ErrorKind::Connection) drop_idle();
                throw;
            }
        });
    }

    static void run(PostgresConnection& connection, Mode mode, const std::function<void(Transaction&)>& step) {
        connection.begin(beginning(mode));
        PostgresTransaction transaction(connection, mode);
        try {
            step(transaction);
            transaction.require_sound();
            transaction.require_asked();
        } catch (...) {
            undo(connection);
            throw;
        }
        commit(connection, mode);
        transaction.committed();
    }

    /// Never throws: the exception under way is the one that matters.
    static void undo(PostgresConnection& connection) {
        try {
            if (!connection.broken()) connection.rollback();
        } catch (const DatabaseError&) {  // the connection broke, which undoes everything too
        }
    }

    static void commit(PostgresConnection& connection, Mode mode) {
        try {
            if (mode == Mode::Read) connection.commit_read();
            else connection.commit();
        } catch (const DatabaseError& error) {
            if (error.kind() == ErrorKind::Serialization || mode == Mode::Read) throw;
            // Whether it was committed is not known. Running the step again would make new ids, so the person
            // is told instead; her form's request_id says later whether it had happened.
            throw Fault(std::string("the answer to a commit was lost: ") + error.what());
        }
    }

    std::unique_ptr<PostgresConnection> take() {
        {
            std::unique_lock lock(mutex_);
            free_.wait(lock, [&] { return !idle_.empty() || out_ < kConnections; });
            ++out_;
            if (!idle_.empty()) {
                auto connection = std::move(idle_.back());
                idle_.pop_back();
                return connection;
            }
        }
        try {
            return std::make_unique<PostgresConnection>(url_, types_);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    void give_back(std::unique_ptr<PostgresConnection> connection) {
        {
            const std::lock_guard lock(mutex_);
            --out_;
            if (connection && !connection->broken()) idle_.push_back(std::move(connection));
        }
        free_.notify_one();
    }

    void drop_idle() {
        std::vector<std::unique_ptr<PostgresConnection>> dropped;
        const std::lock_guard lock(mutex_);
        dropped.swap(idle_);
    }

    std::string url_;
    PostgresTypes types_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    std::size_t out_ = 0;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& url) { return std::make_unique<PostgresDatabase>(url); }

}  // namespace loa::storage
