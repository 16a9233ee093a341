#include "sqlite_error.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sql_text.h"

namespace loa::storage {

namespace {

ErrorKind kind_of(int extended) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return ErrorKind::Unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return ErrorKind::ForeignKey;
        case SQLITE_CONSTRAINT_CHECK: return ErrorKind::Check;
        case SQLITE_CONSTRAINT_NOTNULL: return ErrorKind::NotNull;
        default: break;
    }
    const int code = extended & 0xFF;
    if (code == SQLITE_FULL) return ErrorKind::DiskFull;
    return code == SQLITE_BUSY || code == SQLITE_LOCKED ? ErrorKind::Busy : ErrorKind::Other;
}

/// SQLite knows a full disk by name, a quota and a limit on the size of files only as a write that failed.
bool found_no_room(sqlite3* connection, int extended) {
    const int error = sqlite3_system_errno(connection);
    return (extended & 0xFF) == SQLITE_IOERR && (error == ENOSPC || error == EDQUOT || error == EFBIG);
}

/// The texts that created a table and its indexes.
std::vector<std::string> definitions(sqlite3* connection, const std::string& table) {
    std::vector<std::string> texts;
    sqlite3_stmt* raw = nullptr;
    // sql: the schema of SQLite itself, asked while a statement has failed
    sqlite3_prepare_v2(connection, "select sql from sqlite_master where tbl_name = $1 and sql is not null", -1, &raw,
                       nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, &sqlite3_finalize);
    sqlite3_bind_text(raw, 1, table.c_str(), -1, SQLITE_STATIC);
    while (raw && sqlite3_step(raw) == SQLITE_ROW)
        texts.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(raw, 0)));
    return texts;
}

/// "(a, b)" from the token after `at`: "a,b"; nothing where there is no bracket.
std::string columns_from(const std::vector<Token>& tokens, std::size_t at) {
    std::string columns;
    if (at >= tokens.size() || !tokens[at].is_symbol('(')) return columns;
    for (++at; at < tokens.size() && !tokens[at].is_symbol(')'); ++at) columns += lower_ascii(tokens[at].text);
    return columns;
}

/// The constraint or unique index of `definition` that is over just these columns.
std::optional<std::string> unique_name(const std::string& definition, const std::string& columns) {
    const auto tokens = tokens_of(definition);
    for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
        const bool constraint = tokens[i].is("constraint") && (tokens[i + 2].is("unique") || tokens[i + 2].is("primary"));
        const bool index = tokens[i].is("unique") && tokens[i + 1].is("index");
        if (!constraint && !index) continue;
        std::size_t bracket = i + 2;
        while (bracket < tokens.size() && !tokens[bracket].is_symbol('(')) ++bracket;
        if (columns_from(tokens, bracket) == columns) return std::string(tokens[constraint ? i + 1 : i + 2].text);
    }
    return std::nullopt;
}

/// "identity_unit.authority_id, identity_unit.id" → the name of that key.
std::string unique_constraint(sqlite3* connection, std::string_view columns_told) {
    const auto tokens = tokens_of(columns_told);
    std::string columns;
    for (std::size_t i = 2; i < tokens.size(); ++i) {
        if (!tokens[i - 1].is_symbol('.')) continue;
        if (!columns.empty()) columns += ',';
        columns += lower_ascii(tokens[i].text);
    }
    if (columns.empty()) return {};
    for (const auto& text : definitions(connection, std::string(tokens.front().text)))
        if (const auto name = unique_name(text, columns)) return *name;
    return {};
}

}  // namespace

DatabaseError sqlite_error(sqlite3* connection, std::string_view doing) {
    const int code = sqlite3_extended_errcode(connection);
    const std::string message = sqlite3_errmsg(connection);
    const auto kind = found_no_room(connection, code) ? ErrorKind::DiskFull : kind_of(code);
    const auto colon = message.find(": ");
    std::string told = colon == std::string::npos ? std::string() : message.substr(colon + 2);
    if (kind == ErrorKind::Unique)
        told = told.starts_with("index '") ? told.substr(7, told.size() - 8) : unique_constraint(connection, told);
    else if (kind != ErrorKind::Check && kind != ErrorKind::NotNull)
        told.clear();
    return {kind, std::move(told), fmt::format("sqlite: {}: {} ({})", doing, message, code)};
}

}  // namespace loa::storage
