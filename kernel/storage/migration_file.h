// The migrations and public views that are built into the program, and what their texts become on each engine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/base/embedded.h"
#include "loa/storage/engine.h"

namespace loa::storage {

struct MigrationFile {
    std::string owner;  // "plan"
    std::string name;   // "0001_init.sql", or "public.sql"
    std::string_view text;

    std::string path() const { return owner + "/" + name; }
    bool is_public() const { return name == "public.sql"; }
    /// SHA-256 of the text, 64 hexadecimal digits.
    std::string checksum() const;
};

/// Those of `files` that are for this engine, in the order in which they are applied: kernel libraries in their
/// order, plan, the modules by name; of each owner by number, its public views last. Throws Fault for a number
/// that is left out or given twice.
std::vector<MigrationFile> migration_files(const std::vector<EmbeddedFile>& files, Engine engine);

struct MigrationStatement {
    std::string text;       // as this engine takes it
    int line;               // in the file, where it begins
    std::string placement;  // of a "create table": "distributed by authority_id", "reference", "local"
    std::string table;      // that it creates
};

/// One text for both engines: a whole number has 64 bits under either of its names (integer, bigint), and
/// SQLite's tables are strict.
std::vector<MigrationStatement> migration_statements(std::string_view text, Engine engine);

}  // namespace loa::storage
