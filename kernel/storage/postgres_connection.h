// One connection to PostgreSQL, with its prepared statements. Used by one thread at a time.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/storage/database.h"
#include "loa/storage/statements.h"
#include "loa/storage/value.h"

struct pg_conn;
struct pg_result;

namespace loa::storage {

/// The types (OIDs) of statements' parameters, learned from the server once for all connections.
class PostgresTypes {
  public:
    using Types = std::vector<unsigned>;
    std::optional<Types> find(const std::string& text) const;
    void learn(const std::string& text, Types types);

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Types> types_;
};

class PostgresConnection {
  public:
    /// Throws DatabaseError (Connection) when the server can't be reached.
    PostgresConnection(const std::string& url, PostgresTypes& types);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    struct Result {
        Rows rows;
        std::int64_t touched = 0;
    };
    struct Call {
        const Statement* statement;
        const Values* values;
    };
    /// A statement without a name is not prepared; it has no values.
    Result run(const Statement& statement, const Values& values);
    /// Named statements, all sent before the first answer is waited for.
    std::vector<Result> run_together(const std::vector<Call>& calls);
    /// One multi-row VALUES for each 200 rows.
    std::int64_t run_batch(const Statement& statement, const std::vector<Values>& rows);
    /// Texts without values; several of them are one transaction.
    void script(const char* sql);

    /// Begins a transaction; its "begin" travels with the first statement, so that they wait for the server once.
    void begin(const char* sql) { begin_ = sql; }
    /// Ends it. Without a statement there is nothing to end.
    void commit();
    /// Ends one that changed nothing, and does not wait for the answer: the next use of the connection reads it.
    void commit_read();
    void rollback();
    Description describe(const Statement& statement);

    /// The connection is lost, or must not be used again.
    bool broken() const;

  private:
    struct Prepared {
        std::string name;
        PostgresTypes::Types types;  // of the parameters
        std::shared_ptr<const std::vector<std::string>> columns;
    };
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;

    Prepared& prepared(const Statement& statement, const std::string& text, int parameters);
    Answer prepare(const std::string& name, const std::string& text, const PostgresTypes::Types& types);
    PostgresTypes::Types learn_types(const std::string& name, const std::string& text, std::string_view doing);
    /// A prepared statement on its way, with what the server reads: numbers in digits.
    struct Sent;
    Sent sent(const Prepared& prepared, std::string_view doing, const std::vector<const Value*>& values) const;
    /// Sends them all, behind a begin that is still to be sent, and waits once.
    std::vector<Answer> execute(const std::vector<Sent>& statements);
    bool send(const std::vector<Sent>& statements, const char* begin);
    /// What was left for later is done: an answer read, a transaction begun.
    void catch_up();
    void read_last_answer();
    /// The answer to one command, and the null that libpq puts behind it.
    Answer next_answer();
    Rows rows_of(const Answer& answer, Prepared& prepared, std::string_view doing) const;
    /// Throws what the server said, unless it is content.
    Answer accepted(pg_result* result, std::string_view doing);

    PostgresTypes& types_;
    pg_conn* handle_ = nullptr;
    const char* begin_ = nullptr;  // still to be sent
    bool answer_is_due_ = false;   // to a commit_read()
    int names_ = 0;       // given to prepared statements
    bool stale_ = false;  // its prepared statements no longer fit the tables
    std::unordered_map<std::string, Prepared> prepared_;  // by text: lists share a name
};

}  // namespace loa::storage
