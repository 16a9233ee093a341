#include "postgres_error.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <string>

#include "loa/base/text.h"

namespace loa::storage {

namespace {

constexpr std::size_t kShardDigits = 6;  // Citus numbers shards from 102008 on

// Appendix A of PostgreSQL's manual.
ErrorKind kind_of(std::string_view state) {
    if (state == "23505") return ErrorKind::Unique;
    if (state == "23503") return ErrorKind::ForeignKey;
    if (state == "23514") return ErrorKind::Check;
    if (state == "23502") return ErrorKind::NotNull;
    if (state == "40001" || state == "40P01") return ErrorKind::Serialization;
    if (state == "55P03" || state == "57014") return ErrorKind::Busy;
    if (state.starts_with("08") || state.starts_with("57P0") || state == "53300") return ErrorKind::Connection;
    if (state == "53100") return ErrorKind::DiskFull;
    return ErrorKind::Other;
}

/// Citus adds the shard's number: "plan_plan_pkey_102321".
std::string without_shard(std::string name) {
    const auto last = name.find_last_not_of("0123456789");
    if (last != std::string::npos && name[last] == '_' && name.size() - last > kShardDigits) name.resize(last);
    return name;
}

}  // namespace

DatabaseError postgres_error(const pg_conn* connection, const pg_result* result, std::string_view doing) {
    const auto field = [&](int code) {
        const char* text = result ? PQresultErrorField(result, code) : nullptr;
        return std::string(text ? text : "");
    };
    const auto state = field(PG_DIAG_SQLSTATE);
    auto kind = kind_of(state);
    if (PQstatus(connection) != CONNECTION_OK) kind = ErrorKind::Connection;
    auto message = field(PG_DIAG_MESSAGE_PRIMARY);
    if (message.empty()) message = trimmed(PQerrorMessage(connection));
    auto constraint = without_shard(field(PG_DIAG_CONSTRAINT_NAME));
    if (kind == ErrorKind::NotNull) constraint = without_shard(field(PG_DIAG_TABLE_NAME)) + "." + field(PG_DIAG_COLUMN_NAME);
    return {kind, std::move(constraint), fmt::format("postgresql: {}: {} ({})", doing, message, state)};
}

}  // namespace loa::storage
