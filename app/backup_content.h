// What stands in a backup, free of any engine (docs/adr/0014):
//
//   manifest.json                  what the reader must know first: migrations, tables with their columns and counts, files,
//                                  heads of the timelines
//   secret.key                     the installation's secret; in encrypted ones only
//   tables/<table>/000001.jsonl    a row a line, in the order of the key: ["813","Phòng Văn hóa",null]
//   files/<sha256>                 the bytes of each content that a record mentions
//   end.json                       a digest of each table, and which files could not be kept
//   checksums/000001.txt           of the entries before it, for sha256sum -c
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/id.h"
#include "loa/storage/snapshot.h"

namespace loa::app {

struct BackupTable {
    std::string name;
    std::vector<storage::Column> columns;
    std::int64_t rows = 0;
};

/// The newest sealed block of an authority's timeline.
struct BackupHead {
    Id authority;
    std::int64_t block = 0;
    std::string hash;
};

struct Manifest {
    std::string program;  // version
    Instant made_at;
    storage::Engine engine = storage::Engine::Sqlite;
    std::vector<storage::AppliedMigration> migrations;
    std::vector<BackupTable> tables;
    std::vector<std::string> left_out;  // tables that come back empty
    std::int64_t files = 0;
    std::int64_t file_bytes = 0;
    std::vector<BackupHead> heads;
    std::string secret;  // fingerprint of the installation's secret
};

/// A file that the backup lacks.
struct LostFile {
    enum class Why { Missing, Changed };  // not in the store; no longer what its record says
    std::string sha256;
    std::string name;
    Why why = Why::Missing;
};

struct BackupEnd {
    std::vector<std::string> digests;  // SHA-256 of the lines of each table, in the order of the manifest
    std::vector<LostFile> lost;
};

std::string manifest_text(const Manifest& manifest);
/// BackupRefused for what is no manifest of ours.
Manifest manifest_from(std::string_view text);
std::string end_text(const BackupEnd& end);
BackupEnd end_from(std::string_view text);

/// With its line break. Numbers are texts, as ids have more digits than other programs' numbers.
std::string row_line(const storage::Values& values);
/// `where` names the entry for the refusal.
storage::Values row_from(std::string_view line, const std::vector<storage::Column>& columns, const std::string& where);

bool is_digest(std::string_view text);

}  // namespace loa::app
