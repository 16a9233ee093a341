// The door for texts that no catalogue names: migrations, and what the migrator itself needs.
#pragma once

#include <string>
#include <utility>

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

  private:
    Transaction& transaction_;
};

}  // namespace loa::storage
