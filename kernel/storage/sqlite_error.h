// What SQLite refused, in the words of loa/storage/error.h.
#pragma once

#include <string_view>

#include "loa/storage/error.h"

struct sqlite3;

namespace loa::storage {

/// The last error of the connection. SQLite names a check, but of a unique constraint only the columns: its
/// name is found in the schema, so that an Action sees the same on both engines.
DatabaseError sqlite_error(sqlite3* connection, std::string_view doing);

}  // namespace loa::storage
