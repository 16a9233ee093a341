// What SQLite's planner believes about the tables.
#pragma once

#include "loa/storage/transaction.h"

namespace loa::storage {

/// Says of every index how far each of its columns narrows a search down: the same on every installation and in every
/// test, so that a statement has one plan wherever it runs. Without it SQLite takes all indexes that begin with
/// authority_id for equally good, and walks the whole authority to spare itself a sort of three rows. To be called when
/// the schema has changed (https://sqlite.org/lang_analyze.html, "Fixed Results Of ANALYZE").
void tell_planner(Transaction& transaction);
/// False of a database that was migrated by a program without it.
bool is_planner_told(Transaction& transaction);

}  // namespace loa::storage
