// One door to both databases: SQLite 3.40 inside the program, or PostgreSQL 15.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "loa/storage/transaction.h"

namespace loa::storage {

enum class Engine { Sqlite, Postgres };

/// Another transaction got in the way (busy, serialization failure, deadlock, lost connection): the whole
/// step is repeated with the same ids, up to 5 times. Only storage catches it.
class Database {
  public:
    virtual ~Database() = default;

    /// "sqlite:var/loa.db", "sqlite::memory:" (one private database, for tests) or "postgresql://…".
    /// Opens it (a SQLite file is created), migrates nothing. Throws Fault with what to do if it can't.
    static std::unique_ptr<Database> open(std::string_view url);

    /// Runs `step` in a transaction and commits it when it returns; an exception rolls back and goes on to
    /// the caller. `step` may run several times: it must not touch anything outside the transaction that a
    /// repetition would do twice. On SQLite all write steps run one after another on one writer thread and
    /// those that wait together share one commit; a step must therefore not wait for anything slow.
    virtual void transact(Mode mode, const std::function<void(Transaction&)>& step) = 0;

    template <class Step>
    auto read(Step&& step) { return run(Mode::Read, std::forward<Step>(step)); }
    template <class Step>
    auto write(Step&& step) { return run(Mode::Write, std::forward<Step>(step)); }

    /// For the migrator and the tests: SQL that is nobody's named statement, in one transaction. It carries no
    /// values, so nothing a person typed can be in it.
    virtual void script(const std::string& sql) = 0;

    virtual Engine engine() const = 0;
    /// A cheap round trip, for /readyz. Throws Fault when the database does not answer.
    virtual void ping() = 0;

    /// For tests: makes `other`, an empty database of the same engine in memory, a copy of this one.
    virtual void copy_to(Database& other);
    /// For the check of what statements touch (statement_check.h): sqlite3*, or nullptr on PostgreSQL.
    virtual void* native_handle() { return nullptr; }

  private:
    template <class Step>
    auto run(Mode mode, Step&& step) {
        using T = decltype(step(std::declval<Transaction&>()));
        if constexpr (std::is_void_v<T>) {
            transact(mode, [&](Transaction& transaction) { step(transaction); });
        } else {
            std::optional<T> result;
            transact(mode, [&](Transaction& transaction) { result.emplace(step(transaction)); });
            return std::move(*result);
        }
    }
};

}  // namespace loa::storage
