#include "loa/storage/testing.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>

#include "direct_sql.h"
#include "engine.h"
#include "loa/base/check.h"
#include "loa/storage/migrator.h"

namespace loa::storage::testing {

namespace {

/// Migrated once; copying it is far cheaper than migrating again.
Database& sqlite_template() {
    static const auto database = [] {
        auto fresh = Database::open("sqlite::memory:");
        migrate(*fresh);
        return fresh;
    }();
    return *database;
}

/// "postgresql://…/postgres?host=/tmp/x" with another database's name.
std::string with_name(const std::string& url, const std::string& name) {
    const auto query = url.find('?');
    const auto slash = url.rfind('/', query);
    LOA_CHECK(slash != std::string::npos);
    return url.substr(0, slash + 1) + name + (query == std::string::npos ? "" : url.substr(query));
}

/// Empties every table, and puts back the rows that migrations wrote. Those are kept in the schema "kept".
std::string emptying_script(Database& migrated) {
    std::string tables, rows;
    const auto names = migrated.read([](Transaction& transaction) {
        return DirectSql(transaction).run("select tablename from pg_tables where schemaname = current_schema()");
    });
    migrated.script("create schema kept");
    for (const auto& row : names) {
        const auto& table = row.text("tablename");
        tables += (tables.empty() ? "" : ", ") + table;
        const bool empty = migrated.read([&](Transaction& transaction) {
            return DirectSql(transaction).run("select 1 from " + table + " limit 1").empty();
        });
        if (empty) continue;
        migrated.script(fmt::format("create table kept.{0} as table {0}", table));
        rows += fmt::format(";insert into {0} table kept.{0}", table);
    }
    return tables.empty() ? std::string() : "truncate " + tables + rows;
}

/// The databases of one run of one test program.
class PostgresServer {
  public:
    explicit PostgresServer(std::string url) : url_(std::move(url)), admin_(Database::open(url_)) {
        template_ = fmt::format("loa_template_{}", ::getpid());
        admin_->script("create database " + template_ + " template template0 encoding 'UTF8' locale 'C'");
        const auto database = Database::open(url_of(template_));
        migrate(*database);
        empty_ = emptying_script(*database);
    }
    ~PostgresServer() {
        for (const auto& name : unused_) drop(name);
        drop(template_);
    }
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    std::string take() {
        const std::lock_guard lock(mutex_);
        if (unused_.empty()) {
            auto name = fmt::format("loa_test_{}_{}", ::getpid(), ++made_);
            admin_->script("create database " + name + " template " + template_ + " strategy file_copy");
            return name;
        }
        auto name = std::move(unused_.back());
        unused_.pop_back();
        return name;
    }

    /// Emptying a database takes a tenth of the time of making one.
    void give_back(std::string name) {
        try {
            Database::open(url_of(name))->script(empty_);
            const std::lock_guard lock(mutex_);
            unused_.push_back(std::move(name));
        } catch (const Fault&) {
            drop(name);
        }
    }

    void drop(const std::string& name) {
        try {
            admin_->script("drop database if exists " + name + " with (force)");
        } catch (const Fault&) {  // the whole server is thrown away after the run
        }
    }

    std::string url_of(const std::string& name) const { return with_name(url_, name); }

  private:
    std::string url_;
    std::unique_ptr<Database> admin_;
    std::string template_, empty_;
    std::mutex mutex_;
    int made_ = 0;
    std::vector<std::string> unused_;
};

PostgresServer* postgres_server() {
    static const auto server = []() -> std::unique_ptr<PostgresServer> {
        const char* url = std::getenv("LOA_TEST_POSTGRES");
        return url && *url ? std::make_unique<PostgresServer>(url) : nullptr;
    }();
    return server.get();
}

/// Gives its database back when it goes, or drops it if a script may have changed its tables.
class Borrowed final : public Database {
  public:
    explicit Borrowed(PostgresServer& server)
        : server_(server), name_(server.take()), inner_(Database::open(server.url_of(name_))) {}
    ~Borrowed() override {
        inner_.reset();
        if (changed_)
            server_.drop(name_);
        else
            server_.give_back(name_);
    }
    void transact(Mode mode, const std::function<void(Transaction&)>& step) override { inner_->transact(mode, step); }
    void script(const std::string& sql) override {
        changed_ = true;
        inner_->script(sql);
    }
    Engine engine() const override { return Engine::Postgres; }
    void ping() override { inner_->ping(); }
    Description describe(const Statement& statement) override { return inner_->describe(statement); }

  private:
    PostgresServer& server_;
    std::string name_;
    std::unique_ptr<Database> inner_;
    bool changed_ = false;
};

}  // namespace

std::vector<Engine> engines() { return {Engine::Sqlite, Engine::Postgres}; }

std::unique_ptr<Database> fresh_database(Engine engine) {
    unasked_reads_are_faults = true;
    if (engine == Engine::Postgres) {
        auto* server = postgres_server();
        return server ? std::make_unique<Borrowed>(*server) : nullptr;
    }
    auto fresh = Database::open("sqlite::memory:");
    sqlite_template().copy_to(*fresh);
    return fresh;
}

std::map<std::string, std::int64_t> row_counts(Database& database) {
    const char* const tables = database.engine() == Engine::Sqlite
                                   ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                                   : "select tablename as name from pg_tables where schemaname = current_schema()";
    return database.read([&](Transaction& transaction) {
        DirectSql sql(transaction);
        std::map<std::string, std::int64_t> counts;
        for (const auto& table : sql.run(tables)) {
            const std::string name = table.text("name");
            counts[name] = sql.run("select count(*) as rows_of_it from " + name).front().number("rows_of_it");
        }
        return counts;
    });
}

}  // namespace loa::storage::testing
