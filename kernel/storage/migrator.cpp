#include "loa/storage/migrator.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "direct_sql.h"
#include "loa/base/embedded.h"
#include "migration_steps.h"
#include "sqlite_planner.h"

namespace loa::storage {

namespace {

// sql: what was applied, which is older than any file that could be entered in it; calls of Citus, and names of
// views, which are no values.
constexpr std::string_view kLedger = R"(
-- local
create table storage_migration (
    owner text not null,
    file text not null,
    checksum text not null,
    constraint storage_migration_pkey primary key (owner, file)
);
)";

bool has_citus(Transaction& transaction) { return transaction.one("storage.citus").has_value(); }

/// The call by which Citus spreads the table as its comment says.
std::string citus_call(const MigrationStatement& statement) {
    if (statement.placement == "reference") return fmt::format("select create_reference_table('{}')", statement.table);
    if (statement.placement == "local") return fmt::format("select citus_add_local_table_to_metadata('{}')", statement.table);
    const auto column = statement.placement.substr(std::string_view("distributed by ").size());
    return fmt::format("select create_distributed_table('{}', '{}')", statement.table, column);
}

void run_file(Transaction& transaction, Engine engine, std::string_view path, std::string_view text) {
    const bool citus = has_citus(transaction);
    DirectSql sql(transaction);
    if (citus) {
        // Without these, a table with foreign keys both to a distributed and to a reference table is refused.
        sql.run("set local citus.enable_local_reference_table_foreign_keys = off");
        sql.run("set local citus.multi_shard_modify_mode = 'sequential'");
    }
    for (const auto& statement : migration_statements(text, engine)) {
        if (citus && !statement.table.empty() && statement.placement.empty())
            throw Fault(fmt::format("{}, line {}: no comment says how {} is spread", path, statement.line, statement.table));
        try {
            sql.run(statement.text);
            if (citus && !statement.table.empty()) sql.run(citus_call(statement));
        } catch (const DatabaseError& error) {
            if (error.may_pass()) throw;
            throw Fault(fmt::format("{}, line {}: {}", path, statement.line, error.what()));
        }
    }
}

}  // namespace

std::vector<MigrationFile> built_in_migrations(Engine engine) { return migration_files(embedded_files("", ".sql"), engine); }

void require_plain_order(Transaction& transaction) {
    if (transaction.one("storage.unfit_order"))
        throw Fault("the PostgreSQL database must be in UTF-8 and sort by bytes; make it with: "
                    "createdb --template=template0 --encoding=UTF8 --locale=C NAME");
}

bool has_ledger(Transaction& transaction) { return transaction.one("storage.ledger").has_value(); }

void make_ledger(Transaction& transaction, Engine engine) { run_file(transaction, engine, "ledger", kLedger); }

void apply_migration(Transaction& transaction, Engine engine, const MigrationFile& file) {
    run_file(transaction, engine, file.path(), file.text);
    transaction.run("storage.add_migration", {file.owner, file.name, file.checksum()});
}

namespace {

void create_ledger(Database& database) {
    const auto there = [&] { return database.read(has_ledger); };
    if (there()) return;
    try {
        database.write([&](Transaction& transaction) { make_ledger(transaction, database.engine()); });
    } catch (const Fault&) {
        if (!there()) throw;  // else another process made it in the same moment
    }
}

/// Checksums by path, of what was applied to the database.
using Ledger = std::map<std::string, std::string>;

Ledger ledger_of(Database& database) {
    return database.read([&](Transaction& transaction) {
        Ledger ledger;
        if (!has_ledger(transaction)) return ledger;
        for (const auto& row : transaction.query("storage.applied_migrations"))
            ledger[row.text("owner") + "/" + row.text("file")] = row.text("checksum");
        return ledger;
    });
}

/// What is to be applied, after checking that what was applied is still what we have.
std::vector<MigrationFile> open_files(const std::vector<MigrationFile>& files, const Ledger& ledger) {
    std::vector<MigrationFile> open;
    for (const auto& file : files) {
        const auto found = ledger.find(file.path());
        if (found != ledger.end() && found->second == file.checksum()) continue;
        if (found != ledger.end() && !file.is_public())
            throw Fault(fmt::format("{} was changed after it had been applied; restore it and write a new file", file.path()));
        open.push_back(file);
    }
    return open;
}

/// A program that is older than the database in one place and newer in another can't know what to do.
void require_one_history(const std::vector<MigrationFile>& files, const Ledger& ledger) {
    std::set<std::string> owners, paths;
    for (const auto& file : files) {
        owners.insert(file.owner);
        paths.insert(file.path());
    }
    for (const auto& [path, checksum] : ledger)
        if (owners.contains(path.substr(0, path.find('/'))) && !paths.contains(path))
            throw Fault(fmt::format("the database has {}, which this program does not know: it was migrated by a newer one", path));
}

/// One migration at a time, in a transaction that may take as long as it needs.
void be_alone(Transaction& transaction, Engine engine) {
    if (engine == Engine::Sqlite) return;
    DirectSql sql(transaction);
    sql.run("set transaction isolation level read committed");  // so that it sees what it has waited for
    sql.run("set local statement_timeout = 0");
    sql.run("set local lock_timeout = 0");
    sql.run("lock table storage_migration in share row exclusive mode");
}

/// A view would stand in the way of changing its tables, so all public views go first and come back last.
void drop_public_views(Database& database, const std::vector<MigrationFile>& files) {
    const bool sqlite = database.engine() == Engine::Sqlite;
    database.write([&](Transaction& transaction) {
        be_alone(transaction, database.engine());
        DirectSql sql(transaction);
        std::string names;
        for (const auto& row : transaction.query("storage.views")) {
            const auto& name = row.text("name");
            const bool ours = std::any_of(files.begin(), files.end(), [&](const auto& file) {
                return name.starts_with(file.owner + "_public_");
            });
            if (!ours) continue;
            // PostgreSQL drops views that read each other only together.
            if (sqlite) sql.run("drop view " + name);
            names += (names.empty() ? "" : ", ") + name;
        }
        if (!sqlite && !names.empty()) sql.run("drop view " + names);
        transaction.run("storage.forget_public_views");
    });
}

/// Their names are how drop_public_views() finds them, and how others know that they may read them.
void require_public_view(const MigrationFile& file, const MigrationStatement& statement) {
    if (!lower_ascii(statement.text).starts_with(fmt::format("create view {}_public_", file.owner)))
        throw Fault(fmt::format("{}, line {}: here are only views, named {}_public_…", file.path(), statement.line, file.owner));
}

/// False if another process has applied the file meanwhile.
bool apply(Database& database, const MigrationFile& file) {
    if (file.is_public())
        for (const auto& statement : migration_statements(file.text, database.engine()))
            require_public_view(file, statement);
    return database.write([&](Transaction& transaction) {
        be_alone(transaction, database.engine());
        if (transaction.one("storage.applied_migration", {file.owner, file.name})) return false;
        apply_migration(transaction, database.engine(), file);
        return true;
    });
}

}  // namespace

std::vector<std::string> migrate(Database& database) {
    const auto files = built_in_migrations(database.engine());
    database.read(require_plain_order);
    create_ledger(database);
    const auto ledger = ledger_of(database);
    std::vector<std::string> done;
    const bool sqlite = database.engine() == Engine::Sqlite;
    if (open_files(files, ledger).empty() && (!sqlite || database.read(is_planner_told))) return done;
    require_one_history(files, ledger);
    drop_public_views(database, files);
    for (const auto& file : open_files(files, ledger_of(database)))
        if (apply(database, file)) done.push_back(file.path());
    if (sqlite) database.write(tell_planner);
    return done;
}

std::vector<std::string> missing_migrations(Database& database) {
    std::vector<std::string> missing;
    for (const auto& file : open_files(built_in_migrations(database.engine()), ledger_of(database))) missing.push_back(file.path());
    return missing;
}

}  // namespace loa::storage
