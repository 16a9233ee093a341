// One connection to a SQLite file, with its prepared statements. Used by one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/storage/statements.h"
#include "loa/storage/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace loa::storage {

class SqliteConnection {
  public:
    enum class Use { Write, Read };

    /// Opens (and creates, for Write) the file and sets it up. Throws Fault with what to do.
    SqliteConnection(const std::string& path, Use use);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    struct Result {
        Rows rows;
        std::int64_t touched = 0;
    };
    Result run(const Statement& statement, const Values& values);
    /// Statements that are nobody's named ones: begin, commit, pragmas, migrations.
    void script(const std::string& sql);
    sqlite3* handle() const { return handle_; }

  private:
    struct Prepared {
        sqlite3_stmt* handle = nullptr;
        std::vector<int> places;  // places[k]: SQLite's index of $k+1
        std::shared_ptr<const std::vector<std::string>> columns;
    };
    Prepared& prepare(const Statement& statement);
    void bind(const Prepared& prepared, const Statement& statement, const Values& values);
    [[noreturn]] void fail(int code, std::string_view doing) const;

    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, Prepared> prepared_;
};

}  // namespace loa::storage
