// Which of the embedded files are SQL, whose they are and which engine they are for.
#pragma once

#include <string_view>

#include "loa/storage/engine.h"

namespace loa::storage {

/// "plan" for "modules/plan/sql/queries.sql"; empty for a file that is not directly in a folder sql/.
std::string_view owner_of(std::string_view path);
/// "queries.sql" for "modules/plan/sql/queries.sql".
std::string_view file_name(std::string_view path);
/// False for "….postgres.sql" on SQLite and for "….sqlite.sql" on PostgreSQL.
bool is_for(std::string_view path, Engine engine);
/// Where the owner stands: kernel libraries in their order, plan, the modules (all alike), then the rest.
int rank_of_owner(std::string_view path);
bool is_kernel_rank(int rank);

}  // namespace loa::storage
