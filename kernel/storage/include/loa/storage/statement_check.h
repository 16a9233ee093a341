// The guard of rule 3 and of "one SQL text for two databases": every named statement and every combination of
// every list is prepared on both engines, and SQLite tells which tables each one touches.
//
//     EXPECT_THAT(statement_problems(*sqlite, postgres.get()), ::testing::IsEmpty());
#pragma once

#include <string>
#include <vector>

#include "loa/base/embedded.h"
#include "loa/storage/database.h"

namespace loa::storage {

/// Problems of the statements that are linked into this program, one line each. Both databases are migrated;
/// without a PostgreSQL (nullptr) only SQLite is asked. A problem is:
/// - an engine that can't prepare a statement, or that gives it other columns, or one column twice;
/// - a statement that only one of them has;
/// - a table written that is not its owner's (<owner>_*);
/// - something read that is not its owner's, nor a public view of a kernel library above it
///   (<library>_public_*), nor, for a module, one of plan's. A view's own reads are its owner's.
std::vector<std::string> statement_problems(Database& sqlite, Database* postgres);
/// The same of other SQL files than those of the program.
std::vector<std::string> statement_problems(Database& sqlite, Database* postgres, const std::vector<EmbeddedFile>& files);

}  // namespace loa::storage
