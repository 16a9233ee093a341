// An empty database gets the tables and rows of another one.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "direct_sql.h"
#include "loa/storage/snapshot.h"
#include "migration_steps.h"
#include "sqlite_planner.h"

namespace loa::storage {

namespace {

// sql: tables are known from the database itself, so what makes and fills them is composed of their names

/// 12 of "plan/0012_name.sql"; the engines' own texts of a migration have the same number.
int number_of(std::string_view file) {
    const auto slash = file.find('/');
    int number = 0;
    for (auto i = slash + 1; slash != std::string_view::npos && i < file.size() && file[i] >= '0' && file[i] <= '9' && number < 10'000; ++i)
        number = number * 10 + (file[i] - '0');
    return number;
}

std::string owner_in(std::string_view file) { return std::string(file.substr(0, file.find('/'))); }

/// How many migrations of each owner were applied.
std::map<std::string, int> levels(const std::vector<AppliedMigration>& migrations) {
    std::map<std::string, int> highest, count;
    for (const auto& migration : migrations) {
        const auto owner = owner_in(migration.file);
        highest[owner] = std::max(highest[owner], number_of(migration.file));
        ++count[owner];
    }
    if (highest != count) throw Fault("the migrations leave out a number");
    return count;
}

}  // namespace

std::optional<std::string> unknown_migration(Engine engine, const std::vector<AppliedMigration>& migrations) {
    std::map<std::string, std::string> known;
    for (const auto& file : built_in_migrations(engine))
        if (!file.is_public()) known[file.path()] = file.checksum();
    for (const auto& migration : migrations) {
        const auto found = known.find(migration.file);
        if (found == known.end() || found->second != migration.checksum) return migration.file;
    }
    return std::nullopt;
}

Refill::Refill(Transaction& transaction, Engine engine, const std::vector<AppliedMigration>& level)
    : transaction_(transaction), engine_(engine) {
    require_plain_order(transaction_);
    DirectSql sql(transaction_);
    // Until the commit, rows may come in any order, and tables go in any order.
    if (engine_ == Engine::Sqlite) sql.run("pragma defer_foreign_keys = on");
    for (const auto& row : transaction_.query("storage.virtual_tables")) sql.run("drop table " + row.text("name"));
    if (engine_ == Engine::Sqlite)
        for (const auto& row : transaction_.query("storage.views")) sql.run("drop view " + row.text("name"));
    const auto there = tables_of(transaction_);
    for (const auto& table : there) sql.run("delete from " + table.name);
    // PostgreSQL takes the views that read a table along. SQLite looks for the tables that a table mentions.
    for (const auto& row : transaction_.query("storage.tables_newest_first")) {
        const auto& name = row.text("name");
        const bool ours = std::any_of(there.begin(), there.end(), [&](const Table& table) { return table.name == name; });
        if (ours) sql.run("drop table " + name + (engine_ == Engine::Postgres ? " cascade" : ""));
    }
    make(level);
    for (const auto& table : tables_)
        if (!is_ledger(table.name)) sql.run("delete from " + table.name);
    let_go_of_foreign_keys();
}

void Refill::make(const std::vector<AppliedMigration>& level) {
    const auto applied = levels(level);
    make_ledger(transaction_, engine_);
    for (const auto& file : built_in_migrations(engine_)) {
        const auto found = applied.find(file.owner);
        if (!file.is_public() && found != applied.end() && number_of(file.path()) <= found->second)
            apply_migration(transaction_, engine_, file);
    }
    tables_ = tables_of(transaction_);
}

void Refill::let_go_of_foreign_keys() {
    DirectSql sql(transaction_);
    for (const auto& row : transaction_.query("storage.foreign_keys")) {
        const auto change = fmt::format("alter table {} ", row.text("table_name"));
        foreign_keys_.push_back(fmt::format("{}add constraint {} {}", change, row.text("name"), row.text("definition")));
        sql.run(fmt::format("{}drop constraint {}", change, row.text("name")));
    }
}

void Refill::add(const Table& table, const std::vector<Values>& rows) {
    std::vector<std::string> columns, places;
    for (const auto& column : table.columns) {
        columns.push_back(column.name);
        places.push_back(fmt::format("${}", columns.size()));
    }
    DirectSql(transaction_)
        .insert("rows into " + table.name,
                fmt::format("insert into {} ({}) values ({})", table.name, fmt::join(columns, ", "), fmt::join(places, ", ")), rows);
}

void Refill::close() {
    DirectSql sql(transaction_);
    for (const auto& text : foreign_keys_) sql.run(text);  // each row is checked
    if (engine_ == Engine::Postgres) return;
    const auto wrong = sql.run("pragma foreign_key_check");
    if (!wrong.empty()) throw Fault("a row of " + wrong.front().text("table") + " points to a record that is not there");
}

void Refill::bring_up_to_date() {
    for (const auto& file : built_in_migrations(engine_))
        if (!transaction_.one("storage.applied_migration", {file.owner, file.name})) apply_migration(transaction_, engine_, file);
    if (engine_ == Engine::Sqlite) tell_planner(transaction_);
}

}  // namespace loa::storage
