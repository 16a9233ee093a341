// Single steps of the migrator, for a database that is filled from a backup in one transaction.
#pragma once

#include <vector>

#include "loa/storage/database.h"
#include "migration_file.h"

namespace loa::storage {

/// Those of this program, in the order in which they are applied.
std::vector<MigrationFile> built_in_migrations(Engine engine);
/// Throws Fault for a PostgreSQL database that does not sort by bytes.
void require_plain_order(Transaction& transaction);
bool has_ledger(Transaction& transaction);
void make_ledger(Transaction& transaction, Engine engine);
/// Applies the file and enters it in the ledger.
void apply_migration(Transaction& transaction, Engine engine, const MigrationFile& file);

}  // namespace loa::storage
