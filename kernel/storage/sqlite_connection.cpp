#include "sqlite_connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "loa/base/check.h"
#include "loa/storage/error.h"

namespace loa::storage {

namespace {

constexpr int kBusyTimeoutMs = 5000;

ErrorKind kind_of(int extended) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return ErrorKind::Unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return ErrorKind::ForeignKey;
        case SQLITE_CONSTRAINT_CHECK:
        case SQLITE_CONSTRAINT_DATATYPE: return ErrorKind::Check;
        case SQLITE_CONSTRAINT_NOTNULL: return ErrorKind::NotNull;
        default: break;
    }
    const int code = extended & 0xFF;
    return code == SQLITE_BUSY || code == SQLITE_LOCKED ? ErrorKind::Busy : ErrorKind::Other;
}

/// "CHECK constraint failed: plan_plan_state_check" names it; a unique one names only its columns.
std::string constraint_in(std::string_view message) {
    const auto colon = message.rfind(": ");
    return colon == std::string_view::npos ? "" : std::string(message.substr(colon + 2));
}

Value column_value(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL: return {};
        case SQLITE_INTEGER: return Value(static_cast<std::int64_t>(sqlite3_column_int64(statement, column)));
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return Value(std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))));
        }
        default: throw Fault("a column is neither number nor text");
    }
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Use use) {
    const int flags = SQLITE_OPEN_READWRITE | (use == Use::Write ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
    if (const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr); code != SQLITE_OK) {
        const std::string why = sqlite3_errmsg(handle_);
        sqlite3_close(handle_);
        throw Fault(fmt::format("the database file {} cannot be opened: {}; check that its folder exists and may be "
                                "written", path, why));
    }
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
    script("pragma foreign_keys = on");
    script("pragma temp_store = memory");
    if (use == Use::Write) {
        script("pragma journal_mode = wal");
        // Every acknowledged write survives a power cut; groups share the flush, so it costs little (stack.md §2.2).
        script("pragma synchronous = full");
        script("pragma wal_autocheckpoint = 0");
    } else {
        script("pragma query_only = on");
    }
}

SqliteConnection::~SqliteConnection() {
    for (auto& [name, prepared] : prepared_) sqlite3_finalize(prepared.handle);
    sqlite3_close(handle_);
}

void SqliteConnection::fail(int code, std::string_view doing) const {
    const std::string message = sqlite3_errmsg(handle_);
    throw DatabaseError(kind_of(sqlite3_extended_errcode(handle_)), constraint_in(message),
                        fmt::format("sqlite: {}: {} ({})", doing, message, code));
}

SqliteConnection::Prepared& SqliteConnection::prepare(const Statement& statement) {
    if (const auto known = prepared_.find(statement.name); known != prepared_.end()) return known->second;
    Prepared prepared;
    const int code = sqlite3_prepare_v3(handle_, statement.text.c_str(), static_cast<int>(statement.text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared.handle, nullptr);
    if (code != SQLITE_OK) fail(code, statement.name);
    for (int number = 1; number <= statement.parameters; ++number) {
        // SQLite takes $1 for a name and numbers names by their first appearance.
        prepared.places.push_back(sqlite3_bind_parameter_index(prepared.handle, fmt::format("${}", number).c_str()));
        LOA_CHECK(prepared.places.back() > 0);
    }
    std::vector<std::string> columns;
    for (int column = 0; column < sqlite3_column_count(prepared.handle); ++column)
        columns.emplace_back(sqlite3_column_name(prepared.handle, column));
    prepared.columns = std::make_shared<const std::vector<std::string>>(std::move(columns));
    return prepared_.emplace(statement.name, std::move(prepared)).first->second;
}

void SqliteConnection::bind(const Prepared& prepared, const Statement& statement, const Values& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        int code = SQLITE_OK;
        if (const auto* number = values[i].number()) {
            code = sqlite3_bind_int64(prepared.handle, prepared.places[i], *number);
        } else if (const auto* text = values[i].text()) {
            if (text->find('\0') != std::string::npos)
                throw Fault(fmt::format("{}: a text with a zero byte cannot be stored", statement.name));
            // The values outlive the step, so SQLite need not copy them.
            code = sqlite3_bind_text64(prepared.handle, prepared.places[i], text->data(), text->size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        } else {
            code = sqlite3_bind_null(prepared.handle, prepared.places[i]);
        }
        if (code != SQLITE_OK) fail(code, statement.name);
    }
}

SqliteConnection::Result SqliteConnection::run(const Statement& statement, const Values& values) {
    Prepared& prepared = prepare(statement);
    bind(prepared, statement, values);
    struct Reset {
        sqlite3_stmt* handle;
        ~Reset() {
            sqlite3_reset(handle);
            sqlite3_clear_bindings(handle);
        }
    } reset{prepared.handle};

    Result result;
    const int columns = static_cast<int>(prepared.columns->size());
    for (;;) {
        const int code = sqlite3_step(prepared.handle);
        if (code == SQLITE_DONE) break;
        if (code != SQLITE_ROW) fail(code, statement.name);
        Values row;
        row.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) row.push_back(column_value(prepared.handle, column));
        result.rows.emplace_back(prepared.columns, std::move(row));
    }
    if (statement.writes) result.touched = sqlite3_changes64(handle_);
    return result;
}

void SqliteConnection::script(const std::string& sql) {
    if (const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
        fail(code, "script");
}

}  // namespace loa::storage
