#include "loa/storage/migrator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "checksum.h"
#include "engine.h"
#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "sql_text.h"

namespace loa::storage {

namespace {

constexpr std::array<std::string_view, 10> kKernel{"base", "formats",  "storage", "i18n",      "web",
                                                   "jobs", "identity", "media",   "documents", "search"};
constexpr std::string_view kPublic = "public.sql";

struct Script {
    std::string owner;
    std::string file;  // "0001_init.sql"
    std::string_view text;

    std::string path() const { return owner + "/" + file; }
};

/// Where the owner stands in the house.
std::pair<std::size_t, std::string> rank(const std::string& owner) {
    const auto found = std::find(kKernel.begin(), kKernel.end(), owner);
    const auto place = static_cast<std::size_t>(found - kKernel.begin());
    return {found == kKernel.end() && owner != "plan" ? place + 1 : place, owner};
}

bool is_migration(std::string_view file) {
    return file == kPublic || (file.size() > 5 && file[4] == '_' && file.find_first_not_of("0123456789") == 4);
}

/// In the order they are applied; an owner's views last, for they read its tables.
std::vector<Script> scripts() {
    std::vector<Script> all;
    for (const auto& file : embedded_files("", ".sql")) {
        const auto parts = split(file.path, '/');
        if (parts.size() < 3 || parts[parts.size() - 2] != "sql" || !is_migration(parts.back())) continue;
        all.push_back({std::string(parts[parts.size() - 3]), std::string(parts.back()), file.bytes});
    }
    std::sort(all.begin(), all.end(), [](const Script& a, const Script& b) {
        const auto key = [](const Script& script) { return std::tuple(rank(script.owner), script.file == kPublic, script.file); };
        return key(a) < key(b);
    });
    std::map<std::string, int> last;
    for (const auto& script : all) {
        if (script.file == kPublic) continue;
        if (std::stoi(script.file.substr(0, 4)) != ++last[script.owner])
            throw Fault(fmt::format("{}: the number before it is missing", script.path()));
    }
    return all;
}

struct Applied {
    std::map<std::string, std::string> checksums;  // by path
};

/// Nothing where there is no ledger yet.
Applied applied(Database& database) try {
    return database.read([](Transaction& transaction) {
        Applied known;
        for (const auto& row : transaction.query("storage.applied_migrations"))
            known.checksums[row.text("owner") + "/" + row.text("file")] = row.text("checksum");
        return known;
    });
} catch (const DatabaseError& error) {
    if (error.kind() != ErrorKind::Other) throw;
    return {};
}

void create_ledger(Database& database) {
    // The ledger is older than any file that could be entered in it.
    const char* ledger =
        // sql: as said
        "create table if not exists storage_migration (owner text not null, file text not null, "
        // sql: as said
        "checksum text not null, constraint storage_migration_pkey primary key (owner, file))";
    database.script(ledger);
}

/// The word that says how Citus spreads a table: the comment line right above it.
std::string citus_calls(std::string_view text) {
    std::string calls, placing;
    for (const auto line : split(text, '\n')) {
        const auto trimmed_line = trimmed(line);
        if (trimmed_line.starts_with("-- distributed by ") || trimmed_line == "-- reference" || trimmed_line == "-- local")
            placing = trimmed_line.substr(3);
        // sql: looked for, not run
        if (!trimmed_line.starts_with("create table ")) continue;
        const auto rest = trimmed_line.substr(13);
        const std::string table(rest.substr(0, rest.find_first_of(" (")));
        if (placing == "reference") calls += fmt::format("select create_reference_table('{}');\n", table);
        else if (placing == "local") calls += fmt::format("select citus_add_local_table_to_metadata('{}');\n", table);
        else if (!placing.empty())
            calls += fmt::format("select create_distributed_table('{}', '{}');\n", table,
                                 placing.substr(std::string_view("distributed by ").size()));
        placing.clear();
    }
    return calls;
}

/// SQLite's strict tables know no bigint and must be asked to be strict.
std::string for_sqlite(std::string_view text) {
    std::string out;
    bool table = false;
    std::string_view before;
    const char* copied = text.data();
    for (const auto& token : tokens_of(text)) {
        out.append(copied, token.text.data());
        copied = token.text.data() + token.text.size();
        if (token.is("table") && lower_ascii(before) == "create") table = true;
        if (table && token.is_symbol(';')) {
            out += " strict";
            table = false;
        }
        out += token.is("bigint") ? "integer" : token.text;
        if (token.kind != Token::Kind::Comment) before = token.text;
    }
    return out.append(copied, text.data() + text.size());
}

std::vector<std::string> views_of(std::string_view text) {
    std::vector<std::string> names, words;
    for (const auto& token : tokens_of(text)) {
        if (token.kind == Token::Kind::Comment) continue;
        words.push_back(lower_ascii(token.text));
        const auto n = words.size();
        if (n >= 3 && words[n - 3] == "create" && words[n - 2] == "view") names.push_back(words[n - 1]);
    }
    return names;
}

void apply(Database& database, const Script& script, bool citus) {
    std::string sql;
    if (script.file == kPublic) {
        auto views = views_of(script.text);
        std::reverse(views.begin(), views.end());
        // sql: made for the views of that file
        for (const auto& view : views) sql += fmt::format("drop view if exists {};\n", view);
    }
    if (citus)
        sql += "set local citus.enable_local_reference_table_foreign_keys = off;\n"
               "set local citus.multi_shard_modify_mode = 'sequential';\n";
    sql += database.engine() == Engine::Sqlite ? for_sqlite(script.text) : std::string(script.text) + "\n";
    if (citus) sql += citus_calls(script.text);
    sql += fmt::format(
        // sql: one script, so that the file and its entry are one transaction
        "insert into storage_migration (owner, file, checksum) values ('{0}', '{1}', '{2}') "
        "on conflict (owner, file) do update set checksum = '{2}';\n",
        script.owner, script.file, checksum(script.text));
    try {
        database.script(sql);
    } catch (const Fault& fault) {
        throw Fault(fmt::format("{}: {}", script.path(), fault.what()));
    }
}

bool has_citus(Database& database) {
    if (database.engine() == Engine::Sqlite) return false;
    return database.read([](Transaction& transaction) { return transaction.one("storage.citus_installed").has_value(); });
}

/// What is to be applied, after checking that what was applied is still what we have.
std::vector<Script> open_scripts(Database& database) {
    const auto known = applied(database);
    std::vector<Script> open;
    for (auto& script : scripts()) {
        const auto found = known.checksums.find(script.path());
        if (found != known.checksums.end() && found->second == checksum(script.text)) continue;
        if (found != known.checksums.end() && script.file != kPublic)
            throw Fault(fmt::format("{} was changed after it had been applied; restore it and write a new file", script.path()));
        open.push_back(std::move(script));
    }
    return open;
}

}  // namespace

std::vector<std::string> migrate(Database& database) {
    std::vector<std::string> done;
    create_ledger(database);
    const auto open = open_scripts(database);
    const bool citus = !open.empty() && has_citus(database);
    for (const auto& script : open) {
        apply(database, script, citus);
        done.push_back(script.path());
    }
    return done;
}

std::vector<std::string> missing_migrations(Database& database) {
    std::vector<std::string> missing;
    for (const auto& script : open_scripts(database)) missing.push_back(script.path());
    return missing;
}

}  // namespace loa::storage
