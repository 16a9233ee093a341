// Brings a database to the schema this program was built with. Files <owner>/sql/NNNN_name.sql, forward only,
// numbered per owner, unchangeable once applied; <owner>/sql/public.sql holds the views others may read.
// Owners are applied in the order of the house: kernel libraries, plan, the other modules by name.
#pragma once

#include <string>
#include <vector>

#include "loa/storage/database.h"

namespace loa::storage {

/// Applies what is missing and gives the names of the files applied ("plan/0001_init.sql"). Each file is one
/// transaction. Throws Fault for a file that changed after it was applied, a number left out, or SQL that the
/// database refuses; what was applied before stays.
std::vector<std::string> migrate(Database& database);
/// Files that migrate() would apply; empty when the schema is current.
std::vector<std::string> missing_migrations(Database& database);

}  // namespace loa::storage
