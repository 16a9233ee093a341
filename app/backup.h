// A backup of the whole installation in one file, made while people work, and read back before it counts
// (docs/adr/0014). It fits either database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backup_content.h"
#include "backup_key.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/storage/database.h"

namespace loa::app {

/// In bytes, about; calls come often. What it throws ends the backup, as a failure does.
using BackupProgress = std::function<void(std::int64_t done, std::int64_t total)>;

struct BackupOrder {
    std::filesystem::path file;  // must not be there
    std::optional<BackupKey> key;
    BackupProgress progress = nullptr;
};

struct BackupReport {
    Manifest manifest;
    BackupEnd end;
    std::int64_t size = 0;  // of the file

    bool complete() const { return end.lost.empty(); }
};

/// Writes it under another name, reads all of it back, and only then gives it its name; a failure leaves nothing behind.
/// Files that the store lacks are named in the report and left out. Refused: no room, no such folder, `file` is there.
Result<BackupReport> make_backup(const Registry& registry, storage::Database& database, Instant now, const BackupOrder& order);

/// What wants to see what is in a backup. Calls come in this order; a file may turn out not to be what its name says.
class BackupVisitor {
  public:
    virtual ~BackupVisitor() = default;
    virtual void manifest(const Manifest&) {}
    virtual void secret(std::string_view /*digits*/) {}
    /// Some rows of the table with that place in the manifest.
    virtual void rows(std::size_t /*table*/, const std::vector<storage::Values>&) {}
    virtual void tables_end() {}
    virtual void file_begins(const std::string& /*sha256*/, std::int64_t /*size*/) {}
    virtual void file_piece(std::string_view) {}
    virtual void file_ends(bool /*is_what_it_says*/) {}
};

/// Reads all of it and checks all of it: every checksum, the count and digest of every table, the digest of every file.
/// Throws BackupRefused. Nothing that was handed to the visitor counts before this returns.
BackupReport read_backup(const std::filesystem::path& file, const std::optional<BackupKey>& key, BackupVisitor& visitor,
                         const BackupProgress& progress = nullptr);

/// The same of packed bytes that are not encrypted; `bytes` gives an empty piece at their end. The size is not known.
BackupReport read_backup(const std::function<std::string_view()>& bytes, BackupVisitor& visitor, const BackupProgress& progress = nullptr);

/// As read_backup(), for nobody: is it whole?
Result<BackupReport> verify_backup(const std::filesystem::path& file, const std::optional<BackupKey>& key);

}  // namespace loa::app
