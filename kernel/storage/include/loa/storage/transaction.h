// Named statements, run inside one transaction. The SQL itself stands in the owner's sql/queries.sql.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "loa/storage/value.h"

namespace loa::storage {

enum class Mode {
    Read,
    Write,
    /// A write that takes rows which others want as well, passing over those that they have (`for update skip locked`).
    Take
};

struct Statement;
class Statements;

/// A list as the person asked for it: filters by name, each with its value, one order by name.
using ListFilters = std::vector<std::pair<std::string, Value>>;
struct ListRequest {
    ListFilters filters;
    std::string order;
    int limit = 50;
    int offset = 0;
};

class Transaction {
  public:
    virtual ~Transaction() = default;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Statements are named "<owner>.<name>": "plan.activity_by_id" (loa/storage/statements.h). `values` fill
    /// $1, $2, … in order. Refused with a Fault before they reach the database: a write statement on a read
    /// transaction, a wrong number of values, text that is not UTF-8 or holds a NUL byte, and anything after
    /// a statement that failed outside attempt(). What the database refuses is a DatabaseError.
    Rows query(std::string_view statement, const Values& values = {});
    /// The only row, or nothing; more than one row is our own mistake.
    std::optional<Row> one(std::string_view statement, const Values& values = {});
    /// Says that this read will be asked for, with the same values, before the transaction ends, once or several times.
    /// PostgreSQL answers what was read ahead together with the next statement, so that all of them wait for the server
    /// once; SQLite has nothing to wait for. Only a transaction that reads does it: what it sees does not change meanwhile.
    void read_ahead(std::string_view statement, const Values& values);
    /// The same for a guess that is nearly always right: it need not be asked for.
    void read_in_case(std::string_view statement, const Values& values);
    /// Runs a write and gives the number of rows it touched.
    std::int64_t run(std::string_view statement, const Values& values = {});
    /// The same "insert … values ($1, …)" for many rows: a loop on SQLite, one multi-row VALUES for each 200
    /// rows on PostgreSQL (all rows of one call should have one distribution value: spread over the shards of
    /// a Citus it is several times slower). Gives the number of rows inserted. No row may meet another one of
    /// the same call in an "on conflict do update".
    std::int64_t run_batch(std::string_view statement, const std::vector<Values>& rows);
    /// A list declared in queries.sql ("-- list: <name>"), with the filters and the order asked for.
    /// `values` fill the base statement's parameters.
    Rows list(std::string_view list, const Values& values, const ListRequest& request);
    /// How many rows the list has with these filters.
    std::int64_t count(std::string_view list, const Values& values, const ListFilters& filters);

    /// Runs `step()`; if it throws, what it wrote is undone, the transaction stays usable, and the exception
    /// goes on to the caller. Without it a failed statement is the end of the transaction (PostgreSQL's rule,
    /// kept on SQLite too).
    template <class Step>
    auto attempt(Step&& step) {
        require_sound();
        const std::size_t steps_before = after_commit_.size();
        set_savepoint();
        try {
            if constexpr (std::is_void_v<decltype(step())>) {
                step();
                release_savepoint();
            } else {
                auto result = step();
                release_savepoint();
                return result;
            }
        } catch (...) {
            undo_to_savepoint();
            after_commit_.resize(steps_before);
            failed_ = false;
            throw;
        }
    }

    /// Calls `step` once, on the committing thread, after this transaction has committed; never if it is rolled
    /// back or repeated (each repetition asks anew). For waking threads and dropping cached bytes: it must be
    /// short, must not throw, and must not use the database.
    void after_commit(std::function<void()> step) { after_commit_.push_back(std::move(step)); }

    Mode mode() const { return mode_; }
    /// Statements run so far, for the request's log line.
    int statements() const { return statements_; }

  protected:
    Transaction(Mode mode, const Statements& catalogue) : mode_(mode), catalogue_(catalogue) {}

    struct Outcome {
        Rows rows;
        std::int64_t touched = 0;
    };
    virtual Outcome execute(const Statement& statement, const Values& values) = 0;
    virtual std::int64_t execute_batch(const Statement& statement, const std::vector<Values>& rows) = 0;
    enum class Asked { Surely, Perhaps };
    virtual void expect(const Statement&, const Values&, Asked) {}
    virtual void set_savepoint() = 0;
    virtual void release_savepoint() = 0;
    virtual void undo_to_savepoint() = 0;

    /// Throws Fault if a statement failed and its error was swallowed; the engine asks before its commit.
    void require_sound() const;
    /// For the engine: runs the after_commit steps, once.
    void committed() {
        for (const auto& step : std::exchange(after_commit_, {})) step();
    }

  private:
    friend class DirectSql;  // storage's own texts: migrations, whole tables
    Outcome perform(const Statement& statement, const Values& values);
    std::int64_t perform_batch(const Statement& statement, const std::vector<Values>& rows);
    void admit(const Statement& statement, const Values& values) const;
    void ask_ahead(std::string_view statement, const Values& values, Asked asked);

    Mode mode_;
    const Statements& catalogue_;
    std::vector<std::function<void()>> after_commit_;
    int statements_ = 0;
    bool failed_ = false;  // a statement failed and nothing has undone it
};

}  // namespace loa::storage
