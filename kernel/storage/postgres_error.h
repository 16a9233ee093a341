// What PostgreSQL refused, in the words of loa/storage/error.h.
#pragma once

#include <string_view>

#include "loa/storage/error.h"

struct pg_conn;
struct pg_result;

namespace loa::storage {

/// Of a result that failed; `result` may be null. The values that the server quotes in its details stay out:
/// they may be personal.
DatabaseError postgres_error(const pg_conn* connection, const pg_result* result, std::string_view doing);

}  // namespace loa::storage
