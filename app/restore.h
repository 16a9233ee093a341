// The way back: a backup into an empty database of either engine, at the program's own level or an older one.
#pragma once

#include <string>
#include <vector>

#include "backup.h"
#include "config.h"
#include "loa/identity/timeline.h"

namespace loa::app {

struct RestoredTable {
    std::string name;
    std::int64_t in_backup = 0;
    std::int64_t restored = 0;
    bool same_content = false;  // every value of every row, read back from the database
    bool left_out = false;      // this program keeps it out of backups: empty on purpose
};

struct RestoredTimeline {
    std::string authority;
    identity::TimelineVerdict verdict;
};

/// What is sealed by the installation's secret opens with that secret only: the second factor of sign-in, passwords of
/// other servers.
enum class RestoredSecret {
    Same,     // this installation has it
    Brought,  // it came with the backup
    Other     // neither: what was sealed must be set up again, or the old secret.key put in place
};

struct RestoreReport {
    BackupReport backup;
    std::vector<RestoredTable> tables;
    std::int64_t files = 0;  // of the backup, now in the store with the digest they are named by
    std::vector<RestoredTimeline> timelines;
    RestoredSecret secret = RestoredSecret::Other;

    /// Nothing was lost before the backup, and every timeline is whole.
    bool complete() const;
};

/// All or nothing: a failure leaves the database as empty and the store as full as before. Before the commit each table
/// is read back and held against the backup. Refused: a database that is in use or not empty, a backup of a newer
/// program, damage, a wrong key, no room.
Result<RestoreReport> restore_backup(const Registry& registry, const Config& config, storage::Database& database, Clock& clock,
                                     const std::filesystem::path& file, const std::optional<BackupKey>& key);

}  // namespace loa::app
