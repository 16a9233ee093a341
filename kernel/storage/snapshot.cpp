#include "loa/storage/snapshot.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <utility>

#include "direct_sql.h"
#include "loa/base/check.h"
#include "loa/storage/migrator.h"
#include "migration_steps.h"

namespace loa::storage {

namespace {

// sql: tables are known from the database itself, so what reads them is composed of their names
constexpr int kRowsAtOnce = 200;

ColumnType type_from(std::string_view declared) {
    if (declared == "integer" || declared == "bigint") return ColumnType::Number;
    return declared == "text" ? ColumnType::Text : ColumnType::Other;
}

std::string joined(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

/// The text that reads the next rows; `after` says whether it goes on behind a key.
std::string page_of(const Table& table, bool after) {
    std::vector<std::string> columns, places;
    for (const auto& column : table.columns) columns.push_back(column.name);
    for (std::size_t i = 1; i <= table.key.size(); ++i) places.push_back(fmt::format("${}", i));
    const auto key = joined(table.key);
    const auto where = after ? fmt::format(" where ({}) > ({})", key, joined(places)) : std::string();
    return fmt::format("select {} from {}{} order by {} limit {}", joined(columns), table.name, where, key, kRowsAtOnce);
}

/// The limits of loa's connections are for pages; they end with the transaction.
void let_it_take_its_time(Transaction& transaction, Engine engine) {
    if (engine == Engine::Sqlite) return;
    DirectSql(transaction).run(
        "select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true), "
        "set_config('idle_in_transaction_session_timeout', '0', true)");
}

RowCounts all_counts(Transaction& transaction) {
    RowCounts counts;
    for (const auto& table : tables_of(transaction)) counts[table.name] = count_rows(transaction, table);
    return counts;
}

/// Gone at the end, with the files that SQLite keeps beside it.
class TemporaryCopy {
  public:
    explicit TemporaryCopy(const std::filesystem::path& folder) : path_(folder / fmt::format("copy-{}.db", ::getpid())) { remove(); }
    ~TemporaryCopy() { remove(); }
    TemporaryCopy(const TemporaryCopy&) = delete;
    TemporaryCopy& operator=(const TemporaryCopy&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    void remove() {
        std::error_code ignored;
        for (const auto* ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path_.string() + ending, ignored);
    }
    std::filesystem::path path_;
};

}  // namespace

void transact_once(Database& database, Mode mode, const std::function<void(Transaction&)>& step) {
    database.transact(mode, [&](Transaction& transaction) {
        try {
            let_it_take_its_time(transaction, database.engine());
            step(transaction);
        } catch (const DatabaseError& error) {
            if (error.may_pass()) throw Fault(error.what());  // or the database would begin again from the start
            throw;
        }
    });
}

void read_snapshot(Database& database, const std::filesystem::path& folder, const std::function<void(Transaction&)>& step) {
    if (database.engine() == Engine::Postgres) return transact_once(database, Mode::Read, step);
    const TemporaryCopy copy(folder);
    database.copy_to_file(copy.path());
    transact_once(*Database::open("sqlite:" + copy.path().string()), Mode::Read, step);
}

std::vector<Table> tables_of(Transaction& transaction) {
    std::vector<Table> tables;
    std::map<std::int64_t, std::string> key;
    const auto finish = [&] {
        if (!tables.empty())
            for (auto& [place, column] : key) tables.back().key.push_back(column);
        key.clear();
    };
    for (const auto& row : transaction.query("storage.columns")) {
        if (tables.empty() || tables.back().name != row.text("table_name")) {
            finish();
            tables.push_back({row.text("table_name"), {}, {}});
        }
        tables.back().columns.push_back({row.text("name"), type_from(lower_ascii(row.text("type")))});
        if (const auto place = row.number("place"); place > 0) key[place] = row.text("name");
    }
    finish();
    std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return tables;
}

bool is_ledger(std::string_view table) { return table.starts_with("storage_"); }

std::vector<AppliedMigration> applied_migrations(Transaction& transaction) {
    std::vector<AppliedMigration> applied;
    for (const auto& row : transaction.query("storage.applied_migrations"))
        if (row.text("file") != "public.sql") applied.push_back({row.text("owner") + "/" + row.text("file"), row.text("checksum")});
    return applied;
}

std::int64_t count_rows(Transaction& transaction, const Table& table) {
    return DirectSql(transaction).run("select count(*) as rows_of_it from " + table.name).front().number("rows_of_it");
}

void each_row(Transaction& transaction, const Table& table, const std::function<void(const Values&)>& row) {
    LOA_CHECK(!table.key.empty());
    const std::string first = page_of(table, false), next = page_of(table, true);
    DirectSql sql(transaction);
    Values after;
    for (;;) {
        const auto rows = sql.run_named("rows of " + table.name, after.empty() ? first : next, after);
        for (const auto& each : rows) {
            Values values;
            values.reserve(table.columns.size());
            for (const auto& column : table.columns) values.push_back(each.at(column.name));
            row(values);
        }
        if (rows.size() < kRowsAtOnce) return;
        after.clear();
        for (const auto& column : table.key) after.push_back(rows.back().at(column));
    }
}

RowCounts rows_of_migrations() {
    const auto fresh = Database::open("sqlite::memory:");
    migrate(*fresh);
    return fresh->read(all_counts);
}

std::optional<std::string> filled_table(Transaction& transaction, const RowCounts& usual, const std::set<std::string>& not_counted) {
    const auto here = all_counts(transaction);
    if (!here.empty() && !has_ledger(transaction)) return here.begin()->first;  // tables of somebody else
    for (const auto& [table, rows] : here) {
        if (is_ledger(table) || not_counted.contains(table)) continue;
        const auto found = usual.find(table);
        if (rows != (found == usual.end() ? 0 : found->second)) return table;
    }
    return std::nullopt;
}

bool in_use(Transaction& transaction, Instant now) {
    return has_ledger(transaction) && !transaction.query("storage.leased_nodes", {now}).empty();
}

}  // namespace loa::storage
