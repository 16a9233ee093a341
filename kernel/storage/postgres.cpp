// PostgreSQL: a pool of connections; writes are serializable and repeated when another one got in the way.
#include <condition_variable>
#include <mutex>

#include "engine.h"
#include "postgres_connection.h"

namespace loa::storage {

namespace {

constexpr std::size_t kConnections = 8;

class PostgresTransaction final : public Transaction {
  public:
    PostgresTransaction(PostgresConnection& connection, Mode mode) : Transaction(mode), connection_(connection) {}
    using Transaction::committed;

  protected:
    Outcome execute(const Statement& statement, const Values& values) override {
        auto result = connection_.run(statement, values);
        return {std::move(result.rows), result.touched};
    }
    std::int64_t execute_batch(const Statement& statement, const std::vector<Values>& rows) override {
        return connection_.run_batch(statement, rows);
    }

  private:
    PostgresConnection& connection_;
};

class PostgresDatabase final : public Database {
  public:
    explicit PostgresDatabase(std::string url) : url_(std::move(url)) {
        idle_.push_back(std::make_unique<PostgresConnection>(url_));  // so that a wrong address shows at once
    }

    void transact(Mode mode, const std::function<void(Transaction&)>& step) override {
        with_retries([&] {
            Lease lease(*this);
            attempt(lease.connection(), mode, step);
        });
    }
    void script(const std::string& sql) override {
        Lease lease(*this);
        // The simple protocol runs several statements as one transaction.
        lease.connection().script(sql);
    }
    Engine engine() const override { return Engine::Postgres; }
    void ping() override {
        Lease lease(*this);
        lease.connection().script("select 1");
    }

  private:
    /// A connection taken out of the pool, or made; put back unless it broke.
    class Lease {
      public:
        explicit Lease(PostgresDatabase& database) : database_(database), connection_(database.take()) {}
        ~Lease() { database_.give_back(std::move(connection_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        PostgresConnection& connection() { return *connection_; }

      private:
        PostgresDatabase& database_;
        std::unique_ptr<PostgresConnection> connection_;
    };

    static void attempt(PostgresConnection& connection, Mode mode, const std::function<void(Transaction&)>& step) {
        connection.script(mode == Mode::Write ? "begin isolation level serializable"
                                              : "begin isolation level repeatable read read only");
        PostgresTransaction transaction(connection, mode);
        try {
            step(transaction);
        } catch (...) {
            if (!connection.broken()) connection.script("rollback");
            throw;
        }
        try {
            connection.script("commit");
        } catch (const DatabaseError& error) {
            // Whether it was committed is not known. Running the step again would make new ids, so the person
            // is told instead; her form's request_id says later whether it had happened.
            if (error.kind() == ErrorKind::Connection)
                throw Fault(std::string("the answer to a commit was lost: ") + error.what());
            throw;
        }
        transaction.committed();
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
            return std::make_unique<PostgresConnection>(url_);
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

    std::string url_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    std::size_t out_ = 0;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& url) { return std::make_unique<PostgresDatabase>(url); }

}  // namespace loa::storage
