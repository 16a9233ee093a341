#include "sqlite_connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <mutex>

#include "loa/base/check.h"
#include "sqlite_error.h"

namespace loa::storage {

namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kCheckpointBusyTimeoutMs = 200;  // others wait while a checkpoint waits
// What a running statement needs comes from slots of its connection, without a lock and without malloc.
constexpr int kSlotBytes = 1200, kSlots = 400;

/// Must come before the first connection of the process.
void set_up_library() {
    // SQLite counts its memory under a lock that all connections share, and nobody asks for the count.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Through its value, which is looked up once; that is safe because a connection has one thread at a time.
Value column_value(sqlite3_stmt* statement, int column, const std::string& name) {
    auto* value = sqlite3_column_value(statement, column);
    switch (sqlite3_value_type(value)) {
        case SQLITE_NULL: return {};
        case SQLITE_INTEGER: return Value(static_cast<std::int64_t>(sqlite3_value_int64(value)));
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
            return Value(std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value))));
        }
        default:
            throw Fault(fmt::format("column {} of {} is neither a whole number nor a text",
                                    sqlite3_column_name(statement, column), name));
    }
}

std::shared_ptr<const std::vector<std::string>> columns_of(sqlite3_stmt* statement) {
    std::vector<std::string> columns;
    for (int column = 0; column < sqlite3_column_count(statement); ++column)
        columns.emplace_back(sqlite3_column_name(statement, column));
    return std::make_shared<const std::vector<std::string>>(std::move(columns));
}

/// Hears from SQLite what a statement that is being prepared will read and write.
int note_use(void* description, int action, const char* table, const char*, const char*, const char* through) {
    auto& uses = *static_cast<Description*>(description);
    if (table == nullptr) return SQLITE_OK;
    const Description::Use use{table, through == nullptr ? "" : through};
    if (action == SQLITE_READ) uses.reads.push_back(use);
    if (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE) uses.writes.push_back(use);
    return SQLITE_OK;
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Use use) {
    const int flags = SQLITE_OPEN_READWRITE | (use == Use::Write ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
    static std::once_flag set_up;
    std::call_once(set_up, set_up_library);
    try {
        if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) fail("open");
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_LOOKASIDE, nullptr, kSlotBytes, kSlots);
        sqlite3_busy_timeout(handle_, use == Use::Checkpoint ? kCheckpointBusyTimeoutMs : kBusyTimeoutMs);
        // "a" in double quotes is a name, as on PostgreSQL, and never a text because there is no such column.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        script("pragma foreign_keys = on; pragma temp_store = memory; pragma case_sensitive_like = on");
        if (use == Use::Read) {
            script("pragma query_only = on");
        } else {
            // Every acknowledged write survives a power cut; groups share the flush, so it costs little.
            script("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0");
        }
    } catch (const DatabaseError& error) {
        sqlite3_close(handle_);
        throw DatabaseError(error.kind(), {},
                            fmt::format("the database file {} can't be opened; check that its folder exists and may be written ({})",
                                        path, error.what()));
    }
}

SqliteConnection::~SqliteConnection() {
    for (auto& [text, prepared] : prepared_) sqlite3_finalize(prepared.handle);
    for (auto& [text, handle] : commands_) sqlite3_finalize(handle);
    sqlite3_close(handle_);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void SqliteConnection::fail(std::string_view doing) const { throw sqlite_error(handle_, doing); }

SqliteConnection::Prepared SqliteConnection::prepare(const Statement& statement, unsigned flags) const {
    Prepared prepared;
    const auto& name = statement.name.empty() ? statement.text : statement.name;
    if (sqlite3_prepare_v3(handle_, statement.text.c_str(), static_cast<int>(statement.text.size()), flags,
                           &prepared.handle, nullptr) != SQLITE_OK)
        fail(name);
    for (int number = 1; number <= statement.parameters; ++number)
        // SQLite takes $1 for a name and numbers names by their first appearance.
        prepared.places.push_back(sqlite3_bind_parameter_index(prepared.handle, fmt::format("${}", number).c_str()));
    prepared.columns = columns_of(prepared.handle);
    return prepared;
}

SqliteConnection::Prepared& SqliteConnection::prepared(const Statement& statement) {
    if (const auto known = prepared_.find(statement.text); known != prepared_.end()) return known->second;
    return prepared_.emplace(statement.text, prepare(statement, SQLITE_PREPARE_PERSISTENT)).first->second;
}

void SqliteConnection::bind(const Prepared& prepared, const Statement& statement, const Values& values) {
    LOA_CHECK(values.size() == prepared.places.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        int code = SQLITE_OK;
        if (const auto* number = values[i].number())
            code = sqlite3_bind_int64(prepared.handle, prepared.places[i], *number);
        else if (const auto* text = values[i].text())
            // The values outlive the step, so SQLite need not copy them.
            code = sqlite3_bind_text64(prepared.handle, prepared.places[i], text->data(), text->size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        if (code != SQLITE_OK) fail(statement.name);
    }
}

SqliteConnection::Result SqliteConnection::run(const Statement& statement, const Values& values) {
    if (!statement.name.empty()) return run(prepared(statement), statement, values);
    auto once = prepare(statement, 0);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owned(once.handle, &sqlite3_finalize);
    return run(once, statement, values);
}

SqliteConnection::Result SqliteConnection::run(Prepared& prepared, const Statement& statement, const Values& values) {
    struct Reset {
        sqlite3_stmt* handle;
        ~Reset() {
            sqlite3_reset(handle);
            sqlite3_clear_bindings(handle);
        }
    } reset{prepared.handle};
    bind(prepared, statement, values);

    Result result;
    int columns = -1;
    for (;;) {
        const int code = sqlite3_step(prepared.handle);
        if (code == SQLITE_DONE) break;
        if (code != SQLITE_ROW) fail(statement.name.empty() ? statement.text : statement.name);
        if (columns < 0) {
            // A migration since it was prepared may have changed what "t.*" means.
            if (sqlite3_stmt_status(prepared.handle, SQLITE_STMTSTATUS_REPREPARE, 1) > 0)
                prepared.columns = columns_of(prepared.handle);
            columns = static_cast<int>(prepared.columns->size());
        }
        Values row;
        row.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column)
            row.push_back(column_value(prepared.handle, column, statement.name));
        result.rows.emplace_back(prepared.columns, std::move(row));
    }
    if (statement.writes) result.touched = sqlite3_changes64(handle_);
    return result;
}

void SqliteConnection::command(const char* text) {
    auto& handle = commands_[text];
    if (handle == nullptr && sqlite3_prepare_v3(handle_, text, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK)
        fail(text);
    const int code = sqlite3_step(handle);
    if (code != SQLITE_DONE) {
        const auto error = sqlite_error(handle_, text);
        sqlite3_reset(handle);
        throw error;
    }
    sqlite3_reset(handle);
}

void SqliteConnection::script(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("script");
}

Description SqliteConnection::describe(const Statement& statement) {
    Description description;
    struct Listening {
        sqlite3* handle;
        ~Listening() { sqlite3_set_authorizer(handle, nullptr, nullptr); }
    } listening{handle_};
    sqlite3_set_authorizer(handle_, &note_use, &description);
    const auto once = prepare(statement, 0);
    description.columns = *once.columns;
    sqlite3_finalize(once.handle);
    return description;
}

}  // namespace loa::storage
