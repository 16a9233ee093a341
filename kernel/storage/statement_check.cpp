#include "loa/storage/statement_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "loa/base/embedded.h"
#include "loa/storage/statements.h"
#include "owned_files.h"

namespace loa::storage {

namespace {

/// Who owns which tables, by the folders of the SQL that is linked in.
class Owners {
  public:
    explicit Owners(const std::vector<EmbeddedFile>& files) {
        for (const auto& file : files)
            if (const auto owner = owner_of(file.path); !owner.empty()) ranks_[std::string(owner)] = rank_of_owner(file.path);
    }

    /// "plan" for "plan_activity"; empty for a table of nobody's.
    std::string owner_of_table(std::string_view table) const {
        for (const auto& [owner, rank] : ranks_)
            if (table.starts_with(owner + "_")) return owner;
        return {};
    }

    bool may_read(const std::string& reader, std::string_view table) const {
        const auto owner = owner_of_table(table);
        if (owner.empty()) return false;
        if (owner == reader) return true;
        const int theirs = ranks_.at(owner), mine = ranks_.at(reader);
        if (owner == "plan") return mine > theirs;
        return theirs < mine && is_kernel_rank(theirs) && table.starts_with(owner + "_public_");
    }

  private:
    std::map<std::string, int, std::less<>> ranks_;
};

class Check {
  public:
    Check(Database& sqlite, Database* postgres, const std::vector<EmbeddedFile>& files)
        : owners_(files),
          here_(files, Engine::Sqlite),
          there_(files, Engine::Postgres),
          sqlite_(sqlite),
          postgres_(postgres) {}

    std::vector<std::string> run() {
        const auto sqlite = by_name(here_), postgres = by_name(there_);
        std::set<std::string> names;
        for (const auto* statements : {&sqlite, &postgres})
            for (const auto& [name, statement] : *statements) names.insert(name);
        for (const auto& name : names) {
            const auto a = sqlite.find(name), b = postgres.find(name);
            if (a == sqlite.end())
                report(b->second, "SQLite has no such statement");
            else if (b == postgres.end())
                report(a->second, "PostgreSQL has no such statement");
            else
                compare(a->second, b->second);
        }
        return std::move(problems_);
    }

  private:
    static std::vector<Statement> all_of(const Statements& statements) {
        auto all = statements.all();
        for (const auto& list : statements.lists())
            for (auto& combination : combinations(list)) all.push_back(std::move(combination));
        return all;
    }

    static std::map<std::string, Statement> by_name(const Statements& statements) {
        std::map<std::string, Statement> named;
        for (auto& statement : all_of(statements)) named.emplace(statement.name, statement);
        return named;
    }

    void compare(const Statement& here, const Statement& there) {
        auto sqlite = describe(sqlite_, here);
        // Again: a virtual table that is mentioned for the first time declares itself, as if the statement did it.
        if (sqlite) sqlite = describe(sqlite_, here);
        if (sqlite) {
            check_columns(here, sqlite->columns);
            check_tables(here, *sqlite);
        }
        if (postgres_ == nullptr) return;
        const auto postgres = describe(*postgres_, there);
        if (sqlite && postgres && sqlite->columns != postgres->columns)
            report(there, fmt::format("SQLite gives the columns ({}), PostgreSQL ({})", fmt::join(sqlite->columns, ", "),
                                      fmt::join(postgres->columns, ", ")));
    }

    std::optional<Description> describe(Database& database, const Statement& statement) {
        try {
            return database.describe(statement);
        } catch (const DatabaseError& error) {
            report(statement, error.what());
            return std::nullopt;
        }
    }

    void check_columns(const Statement& statement, std::vector<std::string> columns) {
        std::sort(columns.begin(), columns.end());
        const auto twice = std::adjacent_find(columns.begin(), columns.end());
        if (twice != columns.end()) report(statement, fmt::format("gives the column {} twice", *twice));
    }

    void check_tables(const Statement& statement, const Description& description) {
        const std::string mine(statement.owner());
        std::set<std::string> wrong;
        for (const auto& use : description.writes)
            if (owners_.owner_of_table(use.table) != mine) wrong.insert("writes " + use.table);
        for (const auto& use : description.reads) {
            // What a "with" reads is told as read through it; only a view is somebody else's doing.
            const auto view_owner = owners_.owner_of_table(use.through);
            const auto& reader = view_owner.empty() ? mine : view_owner;
            // The names that a "with" or a sub-query gives are told too: nobody's tables.
            const bool of_sqlite = use.table.starts_with("sqlite_");
            if (owners_.owner_of_table(use.table).empty() && (!of_sqlite || mine == "storage")) continue;
            if (!owners_.may_read(reader, use.table)) wrong.insert("reads " + use.table);
        }
        for (const auto& what : wrong) report(statement, what + ", which it may not");
    }

    void report(const Statement& statement, std::string_view problem) {
        problems_.push_back(fmt::format("{} ({}): {}", statement.name, statement.file, problem));
    }

    Owners owners_;
    Statements here_, there_;
    Database& sqlite_;
    Database* postgres_;
    std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> statement_problems(Database& sqlite, Database* postgres) {
    return statement_problems(sqlite, postgres, embedded_files("", ".sql"));
}

std::vector<std::string> statement_problems(Database& sqlite, Database* postgres, const std::vector<EmbeddedFile>& files) {
    return Check(sqlite, postgres, files).run();
}

}  // namespace loa::storage
