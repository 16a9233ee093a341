// Brings a database to the schema this program was built with. Files <owner>/sql/NNNN_name.sql, forward only,
// numbered per owner, unchangeable once applied (SHA-256 in table storage_migration);
// <owner>/sql/public.sql holds the views that others may read, all named <owner>_public_<noun>. Owners are
// applied in the order of the house: kernel libraries, plan, the other modules by name.
//
// The files are written once: integer and bigint both mean 64 bits, and on SQLite every table is strict. Where
// the engines can't share a text, NNNN_name.sqlite.sql and NNNN_name.postgres.sql have the same number. Where
// PostgreSQL has the extension citus, each new table is spread as the comment line above it says:
// "-- distributed by <column>", "-- reference" or "-- local".
#pragma once

#include <string>
#include <vector>

#include "loa/storage/database.h"

namespace loa::storage {

/// Applies what is missing and gives the names of the files applied ("plan/0001_init.sql"). Each file is one
/// transaction; of two processes that migrate at once, each file is applied by one. If anything is missing, all
/// public views are dropped first and made again, so no other process should be serving. Throws Fault for a file
/// that changed after it was applied, a number left out, SQL that the database refuses (with file and line), a
/// database that a newer program has migrated, and a PostgreSQL database that is not UTF-8 in byte order
/// (locale C); what was applied before stays.
std::vector<std::string> migrate(Database& database);
/// Files that migrate() would apply; empty when the schema is current. Only reads, so it serves /readyz.
std::vector<std::string> missing_migrations(Database& database);

}  // namespace loa::storage
