// When backups are made by themselves, what became of each, and who is told.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backup.h"
#include "loa/base/secrets.h"
#include "loa/identity/permissions.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/watch.h"
#include "loa/web/route.h"

namespace loa::app {

inline constexpr identity::Verb kManageBackups{
    "app.manage_backups", {{identity::Role::Administrator, identity::Scope::Authority}}, "app.verb.manage_backups"};
/// A backup failed, or lacks files.
inline constexpr jobs::MessageKind kBackupFailed{"app.backup_failed", "app.message_backup_failed", {true, jobs::MailTime::AtOnce}};
/// The kind of job that makes one.
inline constexpr std::string_view kBackUp = "app.back_up";
/// A good backup is wanted at least so often.
inline constexpr std::int64_t kOldAfterSeconds = 2 * 86'400;

struct BackupSettings {
    bool enabled = false;
    jobs::ClockTime daily_at{1, 30};
    int keep = 14;
    std::string folder;           // absolute
    std::string key_fingerprint;  // "": not encrypted
    Instant changed_at;
    std::int64_t version = 0;
};

enum class BackupState { Running, Whole, Incomplete, Failed, Stopped };
enum class BackupOrigin { Schedule, Page, Command };

struct BackupRun {
    Id id;  // of its job too, where one makes it
    std::string path;
    BackupState state = BackupState::Running;
    BackupOrigin origin = BackupOrigin::Schedule;
    Instant started_at;
    std::optional<Instant> ended_at;
    std::int64_t size = 0;
    std::int64_t lost_files = 0;
    std::string key_fingerprint;
    std::optional<Problem> problem;
    std::optional<jobs::JobLine> job;  // while it runs, or waits to

    /// There is a file, as far as we know.
    bool made() const { return state == BackupState::Whole || state == BackupState::Incomplete; }
    /// Runs no more, though nobody has said so: its process died each time.
    bool broke_off() const { return state == BackupState::Running && !job; }
};

/// A backup holds every authority's records, so it is the business of the highest one's administrators alone.
bool may_manage_backups(const Work& work);

/// What was set, or as shipped: off, at half past one, 14 kept, in `folder`.
BackupSettings backup_settings(const Work& work, const std::string& folder);
/// Newest first.
std::vector<BackupRun> backup_runs(const Work& work, int limit = 60);
std::optional<BackupRun> backup_run(const Work& work, Id id);
/// The end of the newest whole one.
std::optional<Instant> last_good_backup(const Work& work);

struct ChangeBackupSettings {
    enum class Encryption { AsItIs, Off, NewKey };
    bool enabled = false;
    std::string daily_at;  // "01:30"
    int keep = 0;
    std::string folder;  // absolute; only a command may change it
    Encryption encryption = Encryption::AsItIs;
    std::int64_t version = 0;
};
/// A new key is given once, to be shown. Forbidden: not an administrator of the highest authority. Invalid: time,
/// keep (1 … 365), folder. Conflict: changed meanwhile.
Result<std::optional<BackupKey>> change_backup_settings(Work& work, const Keys& keys, const ChangeBackupSettings& input);

/// Puts the job into the queue, where the highest authority's administrators see it. Conflict: one runs already.
Result<Id> start_backup(Work& work, BackupOrigin origin, const BackupSettings& settings);
/// Nothing of it stays but its line in the list. NotFound: it is over, or was none.
Result<Done> stop_backup(Work& work, const Registry& registry, Id run);
/// Is it time for the daily one?
bool backup_is_due(const Work& work, const BackupSettings& settings);

/// The key in the settings; nothing when the secret is not the one that sealed it.
std::optional<BackupKey> scheduled_key(const Work& work, const Keys& keys);

/// What a run came to; `failure` when there is no report.
struct BackupOutcome {
    std::optional<BackupReport> report;
    Failure failure;
    std::vector<Id> deleted;  // older runs whose files made room for it
};
/// Enters it, and tells the administrators unless the backup is whole.
void end_backup(Work& work, Id run, const BackupOutcome& outcome);
void end_stopped_backup(Work& work, Id run);
/// Is there a run whose workers died until its job was dead? Nobody else would say so.
bool has_broken_backup(const Work& work);
/// They end as failed, which tells the administrators; their dead jobs are forgotten, for tried again they would do nothing.
Result<Done> end_broken_backups(Work& work, const Registry& registry);
/// One that was made by hand, by command.
void note_backup(web::Services& services, const std::filesystem::path& file, const BackupReport& report, const std::optional<BackupKey>& key);

/// This thread gives way to those that people wait for: to other processes' too, at the disk and the processor.
void be_kind_to_others();

/// `folder`: where backups go until somebody says otherwise.
void join_backup_jobs(Registry& registry, const std::string& folder);
void join_backup_pages(Registry& registry, const std::string& folder);
void join_backup_schedule_commands(Registry& registry, const std::string& folder);

}  // namespace loa::app
