// Named statements, run inside one transaction. The SQL itself stands in the owner's sql/queries.sql.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/storage/value.h"

namespace loa::storage {

enum class Mode { Read, Write };

/// A list as the person asked for it: filters by name, each with its value, one order by name.
struct ListRequest {
    std::vector<std::pair<std::string, Value>> filters;
    std::string order;
    int limit = 50;
    int offset = 0;
};

class Transaction {
  public:
    virtual ~Transaction() = default;

    /// Statements are named "<owner>.<name>": "plan.activity_by_id". `values` fill $1, $2, … in order.
    /// A write statement on a read transaction is refused with a Fault before it reaches the database.
    Rows query(std::string_view statement, const Values& values = {});
    /// The only row, or nothing; more than one row is our own mistake.
    std::optional<Row> one(std::string_view statement, const Values& values = {});
    /// Runs a write and gives the number of rows it touched.
    std::int64_t run(std::string_view statement, const Values& values = {});
    /// The same insert for many rows: a loop on SQLite, multi-row VALUES on PostgreSQL (citus.md §0.3: all
    /// rows of one call should have one distribution value). Gives the number of rows inserted.
    std::int64_t run_batch(std::string_view statement, const std::vector<Values>& rows);
    /// A list declared in queries.sql ("-- list: <name>"), with the filters and the order asked for.
    /// `values` fill the base statement's parameters.
    Rows list(std::string_view list, const Values& values, const ListRequest& request);

    /// Calls `step` once, on the committing thread, after this transaction has committed; never if it is rolled
    /// back or repeated (each repetition asks anew). For waking threads and dropping cached bytes: it must be
    /// short, must not throw, and must not use the database.
    void after_commit(std::function<void()> step) { after_commit_.push_back(std::move(step)); }

    Mode mode() const { return mode_; }
    /// Statements run so far, for the request's log line.
    int statements() const { return statements_; }

  protected:
    explicit Transaction(Mode mode) : mode_(mode) {}

    struct Outcome {
        Rows rows;
        std::int64_t touched = 0;
    };
    virtual Outcome execute(const struct Statement& statement, const Values& values) = 0;
    virtual std::int64_t execute_batch(const struct Statement& statement, const std::vector<Values>& rows) = 0;
    /// For the engine: runs the after_commit steps, once.
    void committed() {
        for (const auto& step : std::exchange(after_commit_, {})) step();
    }

  private:
    Mode mode_;
    std::vector<std::function<void()>> after_commit_;
    int statements_ = 0;
};

}  // namespace loa::storage
