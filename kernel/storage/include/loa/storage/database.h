// One door to both databases: SQLite 3.40 inside the program, or PostgreSQL 15.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "loa/storage/engine.h"
#include "loa/storage/error.h"
#include "loa/storage/transaction.h"

namespace loa::storage {

/// What a statement would do, as the database sees it.
struct Description {
    /// A table or view, and the view it is reached through ("" when the statement itself names it).
    struct Use {
        std::string table, through;
        auto operator<=>(const Use&) const = default;
    };
    std::vector<std::string> columns;
    std::vector<Use> reads, writes;  // SQLite only: PostgreSQL does not tell
};

/// SQLite: WAL, synchronous=FULL, foreign keys on, one writer thread with group commit, 4 readers on the
/// threads of their callers, checkpoints from a thread of their own. PostgreSQL: 8 connections; writes are
/// SERIALIZABLE, reads REPEATABLE READ READ ONLY; who takes is READ COMMITTED, because a row that another has taken
/// since is passed over like a locked one there, and is a serialization failure everywhere else. Safe from many
/// threads; who finds all connections in use waits.
class Database {
  public:
    virtual ~Database() = default;

    /// "sqlite:var/loa.db", "sqlite::memory:" (one private database, for tests) or "postgresql://…" (any URL
    /// of libpq). Opens it (a SQLite file is created), migrates nothing. Throws Fault with what to do if it
    /// can't.
    static std::unique_ptr<Database> open(std::string_view url);

    /// Runs `step` in a transaction and commits it when it returns; an exception rolls back and goes on to
    /// the caller. When this returns, what was written is on the disk; when it throws, nothing of it is there.
    /// (One exception: the connection to PostgreSQL broke during COMMIT. Nobody knows then, the Fault says so,
    /// and the request_id of the form tells later.)
    /// Another transaction in the way (serialization failure, deadlock) and connections lost before COMMIT
    /// repeat the whole step, up to 5 times in all: it must not do anything outside the transaction that a
    /// repetition would do twice.
    /// On SQLite all write steps run one after another on the writer thread, and those that wait together share
    /// one commit: an exception undoes its own step alone, a commit that fails fails them all. A step must
    /// therefore not wait for anything slow. Transactions do not nest: a step that opens another one, on any
    /// Database, gets a Fault.
    virtual void transact(Mode mode, const std::function<void(Transaction&)>& step) = 0;

    template <class Step>
    auto read(Step&& step) { return run(Mode::Read, std::forward<Step>(step)); }
    template <class Step>
    auto write(Step&& step) { return run(Mode::Write, std::forward<Step>(step)); }
    /// For one statement: between two of them others change what the first has read.
    template <class Step>
    auto take(Step&& step) { return run(Mode::Take, std::forward<Step>(step)); }

    /// For the migrator and the tests: SQL that is nobody's named statement, in one transaction. It carries no
    /// values, so nothing a person typed can be in it.
    virtual void script(const std::string& sql) = 0;

    virtual Engine engine() const = 0;
    /// A cheap round trip, for /readyz. Throws Fault when the database does not answer.
    virtual void ping() = 0;

    /// For tests: makes `other`, an empty database of the same engine in memory, a copy of this one.
    virtual void copy_to(Database& other);
    /// For the check of statements (statement_check.h): prepares it, runs nothing. Throws DatabaseError if the
    /// database can't.
    virtual Description describe(const Statement& statement);
    /// SQLite: writes all of it, as it is now, into a new database file, in one step and beside other writers. The copy
    /// need not survive a power cut.
    virtual void copy_to_file(const std::filesystem::path& file);

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
