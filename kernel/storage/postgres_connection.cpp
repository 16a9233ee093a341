#include "postgres_connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/storage/error.h"

namespace loa::storage {

namespace {

constexpr std::size_t kBatch = 200;
constexpr int kStatementTimeoutMs = 30000;

// pg_type.dat of PostgreSQL 15
constexpr unsigned kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kNumeric = 1700;

using ResultPointer = std::unique_ptr<PGresult, decltype(&PQclear)>;

ErrorKind kind_of(std::string_view state) {
    if (state == "23505") return ErrorKind::Unique;
    if (state == "23503") return ErrorKind::ForeignKey;
    if (state == "23514") return ErrorKind::Check;
    if (state == "23502") return ErrorKind::NotNull;
    if (state == "40001" || state == "40P01") return ErrorKind::Serialization;
    if (state == "55P03") return ErrorKind::Busy;
    if (state.starts_with("08") || state.starts_with("57P0")) return ErrorKind::Connection;
    return ErrorKind::Other;
}

/// Citus adds the shard's number: "plan_pkey_102321" (citus.md Q13).
std::string without_shard(std::string name) {
    const auto cut = name.find_last_not_of("0123456789");
    if (cut != std::string::npos && cut + 1 < name.size() && name[cut] == '_') name.resize(cut);
    return name;
}

Value value_from(std::string_view text, unsigned type) {
    if (type == kBool) return Value(text == "t" ? 1 : 0);
    if (type != kInt8 && type != kInt2 && type != kInt4 && type != kNumeric) return Value(std::string(text));
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    // sum(bigint) is numeric there; what is not whole has no place in our columns.
    if (error != std::errc{} || end != text.data() + text.size()) throw Fault("a column is no whole number");
    return Value(number);
}

/// "insert … values ($1, $2) on conflict …" for many rows: the tuple again with later numbers.
std::string for_rows(const Statement& statement, std::size_t rows) {
    const std::string& text = statement.text;
    const auto keyword = lower(text).find("values");
    LOA_CHECK(keyword != std::string::npos);
    const auto begin = text.find('(', keyword);
    std::size_t end = begin;
    for (int depth = 0; end < text.size(); ++end) {
        if (text[end] == '(') ++depth;
        if (text[end] == ')' && --depth == 0) break;
    }
    LOA_CHECK(begin != std::string::npos && end < text.size());
    const std::string_view tuple = std::string_view(text).substr(begin, end - begin + 1);
    std::string out = text.substr(0, begin);
    for (std::size_t row = 0; row < rows; ++row) {
        if (row > 0) out += ", ";
        for (std::size_t at = 0; at < tuple.size(); ++at) {
            out += tuple[at];
            if (tuple[at] != '$') continue;
            int number = 0;
            const auto [stop, error] = std::from_chars(tuple.data() + at + 1, tuple.data() + tuple.size(), number);
            LOA_CHECK(error == std::errc{});
            out += std::to_string(number + static_cast<int>(row) * statement.parameters);
            at = static_cast<std::size_t>(stop - tuple.data()) - 1;
        }
    }
    return out + text.substr(end + 1);
}

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url) : handle_(PQconnectdb(url.c_str())) {
    if (PQstatus(handle_) != CONNECTION_OK) {
        const std::string why(trimmed(PQerrorMessage(handle_)));
        PQfinish(handle_);
        throw DatabaseError(ErrorKind::Connection, "", "PostgreSQL cannot be reached: " + why);
    }
    PQsetClientEncoding(handle_, "UTF8");
    PQsetNoticeProcessor(handle_, [](void*, const char*) {}, nullptr);  // "drop view if exists" says it did nothing
    script(fmt::format("set statement_timeout = {}", kStatementTimeoutMs));
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

bool PostgresConnection::broken() const { return PQstatus(handle_) != CONNECTION_OK; }

void PostgresConnection::fail(PGresult* result, std::string_view doing) {
    const ResultPointer owned(result, &PQclear);
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const auto kind = state ? kind_of(state) : broken() ? ErrorKind::Connection : ErrorKind::Other;
    throw DatabaseError(kind, constraint ? without_shard(constraint) : "",
                        fmt::format("postgresql: {}: {}", doing, trimmed(PQerrorMessage(handle_))));
}

PostgresConnection::Prepared& PostgresConnection::prepare(const std::string& key, const std::string& text) {
    if (const auto known = prepared_.find(key); known != prepared_.end()) return known->second;
    Prepared prepared;
    prepared.name = "s" + std::to_string(prepared_.size());
    // Without types the server takes those of the columns the parameters meet.
    ResultPointer result(PQprepare(handle_, prepared.name.c_str(), text.c_str(), 0, nullptr), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(result.release(), key);
    result.reset(PQdescribePrepared(handle_, prepared.name.c_str()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(result.release(), key);
    std::vector<std::string> columns;
    for (int column = 0; column < PQnfields(result.get()); ++column) {
        columns.emplace_back(PQfname(result.get(), column));
        prepared.types.push_back(PQftype(result.get(), column));
    }
    prepared.columns = std::make_shared<const std::vector<std::string>>(std::move(columns));
    return prepared_.emplace(key, std::move(prepared)).first->second;
}

PostgresConnection::Result PostgresConnection::execute(Prepared& prepared, const std::string& what,
                                                       const std::vector<const Value*>& values) {
    std::vector<std::string> numbers(values.size());
    std::vector<const char*> texts(values.size(), nullptr);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const auto* number = values[i]->number()) {
            numbers[i] = std::to_string(*number);
            texts[i] = numbers[i].c_str();
        } else if (const auto* text = values[i]->text()) {
            if (text->find('\0') != std::string::npos)
                throw Fault(fmt::format("{}: a text with a zero byte cannot be stored", what));
            texts[i] = text->c_str();
        }
    }
    ResultPointer result(PQexecPrepared(handle_, prepared.name.c_str(), static_cast<int>(values.size()), texts.data(),
                                        nullptr, nullptr, 0),
                         &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(result.release(), what);

    Result out;
    const int rows = PQntuples(result.get());
    const int columns = PQnfields(result.get());
    for (int row = 0; row < rows; ++row) {
        Values cells;
        cells.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            if (PQgetisnull(result.get(), row, column)) {
                cells.emplace_back();
                continue;
            }
            const std::string_view text(PQgetvalue(result.get(), row, column),
                                        static_cast<std::size_t>(PQgetlength(result.get(), row, column)));
            cells.push_back(value_from(text, prepared.types[static_cast<std::size_t>(column)]));
        }
        out.rows.emplace_back(prepared.columns, std::move(cells));
    }
    if (const std::string_view touched = PQcmdTuples(result.get()); !touched.empty())
        std::from_chars(touched.data(), touched.data() + touched.size(), out.touched);
    return out;
}

PostgresConnection::Result PostgresConnection::run(const Statement& statement, const Values& values) {
    std::vector<const Value*> pointers;
    for (const auto& value : values) pointers.push_back(&value);
    return execute(prepare(statement.name, statement.text), statement.name, pointers);
}

std::int64_t PostgresConnection::run_batch(const Statement& statement, const std::vector<Values>& rows) {
    std::int64_t touched = 0;
    for (std::size_t begin = 0; begin < rows.size(); begin += kBatch) {
        const std::size_t count = std::min(kBatch, rows.size() - begin);
        std::vector<const Value*> pointers;
        for (std::size_t row = begin; row < begin + count; ++row)
            for (const auto& value : rows[row]) pointers.push_back(&value);
        auto& prepared = prepare(fmt::format("{} x{}", statement.name, count), for_rows(statement, count));
        touched += execute(prepared, statement.name, pointers).touched;
    }
    return touched;
}

void PostgresConnection::script(const std::string& sql) {
    ResultPointer result(PQexec(handle_, sql.c_str()), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(result.release(), "script");
}

}  // namespace loa::storage
