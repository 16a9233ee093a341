// One connection to a SQLite file, with its prepared statements. Used by one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/storage/database.h"
#include "loa/storage/statements.h"
#include "loa/storage/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace loa::storage {

class SqliteConnection {
  public:
    enum class Use { Write, Read, Checkpoint };

    /// Opens (and creates, for Write) the file and sets it up. Throws Fault with what to do.
    SqliteConnection(const std::string& path, Use use);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    struct Result {
        Rows rows;
        std::int64_t touched = 0;
    };
    /// A statement without a name is prepared for this once.
    Result run(const Statement& statement, const Values& values);
    /// A text without rows and values, prepared once: begin, savepoint, commit.
    void command(const char* text);
    /// Several statements, for once.
    void script(const std::string& sql);
    Description describe(const Statement& statement);

    /// False once a transaction has ended, also if SQLite ended it by itself (a full disk).
    bool in_transaction() const;
    sqlite3* handle() const { return handle_; }

  private:
    struct Prepared {
        sqlite3_stmt* handle = nullptr;
        std::vector<int> places;  // places[k]: SQLite's index of $k+1
        std::shared_ptr<const std::vector<std::string>> columns;
    };
    Prepared& prepared(const Statement& statement);
    Prepared prepare(const Statement& statement, unsigned flags) const;
    Result run(Prepared& prepared, const Statement& statement, const Values& values);
    void bind(const Prepared& prepared, const Statement& statement, const Values& values);
    [[noreturn]] void fail(std::string_view doing) const;

    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, Prepared> prepared_;      // by text: lists share a name
    std::unordered_map<std::string_view, sqlite3_stmt*> commands_;
};

}  // namespace loa::storage
