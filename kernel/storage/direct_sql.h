// The door for texts that no catalogue names: migrations, and what the migrator itself needs.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "loa/storage/statements.h"
#include "loa/storage/transaction.h"
#include "sql_text.h"

namespace loa::storage {

class DirectSql {
  public:
    explicit DirectSql(Transaction& transaction) : transaction_(transaction) {}

    Rows run(std::string sql, const Values& values = {}) {
        Statement statement;
        statement.parameters = static_cast<int>(values.size());
        statement.writes = storage::writes(sql);
        statement.text = std::move(sql);
        return transaction_.perform(statement, values).rows;
    }

    /// Under a name it is prepared once, and may have values on either engine.
    Rows run_named(std::string name, std::string sql, const Values& values) {
        return transaction_.perform(named(std::move(name), std::move(sql)), values).rows;
    }
    /// "insert … values" of one row, for many.
    void insert(std::string name, std::string sql, const std::vector<Values>& rows) {
        transaction_.perform_batch(named(std::move(name), std::move(sql)), rows);
    }

  private:
    static Statement named(std::string name, std::string sql) {
        Statement statement;
        statement.name = std::move(name);
        statement.parameters = highest_parameter(sql);
        statement.writes = storage::writes(sql);
        statement.text = std::move(sql);
        return statement;
    }

    Transaction& transaction_;
};

}  // namespace loa::storage
