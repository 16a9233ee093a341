// One connection to PostgreSQL, with its prepared statements. Used by one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "loa/storage/statements.h"
#include "loa/storage/value.h"

struct pg_conn;
struct pg_result;

namespace loa::storage {

class PostgresConnection {
  public:
    /// Throws DatabaseError (Connection) when the server can't be reached.
    explicit PostgresConnection(const std::string& url);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    struct Result {
        Rows rows;
        std::int64_t touched = 0;
    };
    Result run(const Statement& statement, const Values& values);
    /// One multi-row VALUES for each 200 rows.
    std::int64_t run_batch(const Statement& statement, const std::vector<Values>& rows);
    void script(const std::string& sql);
    bool broken() const;

  private:
    struct Prepared {
        std::string name;
        std::shared_ptr<const std::vector<std::string>> columns;
        std::vector<unsigned> types;  // OIDs of the result's columns
    };
    Prepared& prepare(const std::string& key, const std::string& text);
    Result execute(Prepared& prepared, const std::string& what, const std::vector<const Value*>& values);
    [[noreturn]] void fail(pg_result* result, std::string_view doing);

    pg_conn* handle_ = nullptr;
    std::unordered_map<std::string, Prepared> prepared_;
};

}  // namespace loa::storage
