// Every table of a database as it was at one moment, and the way back into an empty database of either engine: what
// a backup stands on (docs/adr/0014). Tables are known from the database itself, so one that a migration adds is
// covered without a word.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/database.h"
#include "loa/storage/work.h"

namespace loa::storage {

enum class ColumnType { Number, Text, Other };  // Other: no engine-neutral value; such a table has to be left out

struct Column {
    std::string name;
    ColumnType type = ColumnType::Text;
    bool operator==(const Column&) const = default;
};

struct Table {
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> key;  // the columns of the primary key, in its order
};

/// What an owner keeps out of backups: registry.add(LeftOut{"identity_session", "whoever was signed in …"}). The
/// table comes back empty.
struct LeftOut {
    std::string table;
    std::string why;  // English, for the manual of operators
};

/// What an owner does to a database that came back, in the transaction that brings it: registry.add(AfterRestore{…}).
/// On a system Work of authority 0, with the current schema.
struct AfterRestore {
    std::string name;  // "search.rebuild"
    std::function<void(const Registry&, Work&)> step;
};

struct AppliedMigration {
    std::string file;      // "plan/0001_init.sql"
    std::string checksum;  // SHA-256
};

/// Runs `step` in a transaction that may take as long as it needs and is never repeated: a lost connection is a Fault.
void transact_once(Database& database, Mode mode, const std::function<void(Transaction&)>& step);

/// Runs `step` in a read transaction on the database as it is now, while others go on writing. SQLite is copied first
/// (by its backup API, in one step) into a file in `folder`, which is removed; PostgreSQL reads one snapshot.
/// DatabaseError with ErrorKind::DiskFull when the copy finds no room.
void read_snapshot(Database& database, const std::filesystem::path& folder, const std::function<void(Transaction&)>& step);

/// By name, without views and what an engine keeps for itself.
std::vector<Table> tables_of(Transaction& transaction);
/// Storage's own tables (migrations applied, node leases) tell of a database, not of what people put in: no backup
/// carries their rows.
bool is_ledger(std::string_view table);
/// In the order in which this engine applies them, without public views.
std::vector<AppliedMigration> applied_migrations(Transaction& transaction);
std::int64_t count_rows(Transaction& transaction, const Table& table);
/// The values of each row in the order of Table::columns, rows in the order of the key (the same on both engines); a
/// few hundred rows are in memory at a time. The table must have a key.
void each_row(Transaction& transaction, const Table& table, const std::function<void(const Values&)>& row);

/// The first of the migrations of a database of `engine` that this program does not have with that checksum: a newer
/// program, or another one, has migrated it.
std::optional<std::string> unknown_migration(Engine engine, const std::vector<AppliedMigration>& migrations);

using RowCounts = std::map<std::string, std::int64_t>;
/// What the migrations of this program write by themselves, by table. Migrates a database in memory: not inside a step.
RowCounts rows_of_migrations();
/// The name of a table that holds more than `usual`, the rows_of_migrations(); nothing if the database is empty.
/// Tables in `not_counted` may hold anything.
std::optional<std::string> filled_table(Transaction& transaction, const RowCounts& usual, const std::set<std::string>& not_counted);
/// Does another process run on this database? (It holds a node lease.)
bool in_use(Transaction& transaction, Instant now);

/// Fills an empty database (filled_table() says that it is) inside one write transaction of transact_once(): a failure
/// anywhere leaves it as it was. In this order: make, add() the rows, close(), bring_up_to_date().
class Refill {
  public:
    /// Drops the empty tables that are there and makes those of `level`, migrations that unknown_migration()
    /// has nothing against. Throws Fault if `level` leaves out a number.
    Refill(Transaction& transaction, Engine engine, const std::vector<AppliedMigration>& level);

    /// As they were at that level.
    const std::vector<Table>& tables() const { return tables_; }
    /// Values in the order of Table::columns.
    void add(const Table& table, const std::vector<Values>& rows);
    /// From here foreign keys hold again. Throws Fault for a row that points nowhere.
    void close();
    /// Applies the migrations of this program that came after.
    void bring_up_to_date();

  private:
    void make(const std::vector<AppliedMigration>& level);
    void let_go_of_foreign_keys();

    Transaction& transaction_;
    Engine engine_;
    std::vector<Table> tables_;
    std::vector<std::string> foreign_keys_;  // PostgreSQL: the statements that bring them back
};

}  // namespace loa::storage
