// A transaction on one connection to SQLite.
#pragma once

#include "loa/storage/statements.h"
#include "loa/storage/transaction.h"
#include "sqlite_connection.h"

namespace loa::storage {

class SqliteTransaction final : public Transaction {
  public:
    SqliteTransaction(SqliteConnection& connection, Mode mode)
        : Transaction(mode, Statements::embedded(Engine::Sqlite)), connection_(connection) {}
    using Transaction::committed;
    using Transaction::require_sound;

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
    void set_savepoint() override { connection_.command("savepoint attempt"); }
    void release_savepoint() override { connection_.command("release attempt"); }
    void undo_to_savepoint() override {
        connection_.command("rollback to attempt");
        connection_.command("release attempt");
    }

  private:
    SqliteConnection& connection_;
};

}  // namespace loa::storage
