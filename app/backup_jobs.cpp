// Backups that are made without anybody waiting: the daily one, and those that an administrator asks for.
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <system_error>

#include "backup_refused.h"
#include "backup_schedule.h"
#include "loa/base/log.h"
#include "loa/identity/work.h"
#include "loa/jobs/queue.h"
#include "loa/storage/snapshot.h"

namespace loa::app {

namespace {

namespace fs = std::filesystem;
constexpr Id kInstallation{};
constexpr int kNice = 19;
constexpr int kDiskPriority = (2 << 13) | 7;  // IOPRIO_CLASS_BE, the last of it
constexpr auto kToldEach = std::chrono::seconds(1);
constexpr auto kLeftAlone = std::chrono::hours(24);

template <class Step>
auto in_installation(web::Services& services, storage::Mode mode, Step step) {
    using T = decltype(step(std::declval<Work&>()));
    std::optional<T> result;
    services.database.transact(mode, [&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), kInstallation);
        result.emplace(step(work));
    });
    return *std::move(result);
}

/// What the two threads of a backup tell each other: how far it is, and that it shall end.
struct Making {
    std::atomic<std::int64_t> done = 0, total = 0;
    std::atomic<bool> stopped = false;

    jobs::Progress so_far() const {
        const auto all = total.load();
        return {all > 0 ? done.load() * 100 / all : 0, all > 0 ? 100 : 0, "app.backup_percent"};
    }
};

/// Leaves a backup that somebody stopped, with all that it had written.
struct Stopped {};

/// In a thread of its own, which gives way to the others from here to its end.
std::optional<BackupOutcome> made(const Registry& registry, web::Services& services, const BackupOrder& order) {
    be_kind_to_others();
    try {
        auto report = make_backup(registry, services.database, services.clock.now(), order);
        if (report) return BackupOutcome{.report = *std::move(report), .failure = {}, .deleted = {}};
        return BackupOutcome{.report = std::nullopt, .failure = report.failure(), .deleted = {}};
    } catch (const Stopped&) {
        return std::nullopt;
    } catch (const std::exception& error) {
        log(Level::Error, "backup", {{"error", error.what()}});
        return BackupOutcome{.report = std::nullopt, .failure = unavailable("app.backup_broke_off"), .deleted = {}};
    }
}

/// Nothing, and no file, when it was stopped.
std::optional<BackupOutcome> made_while_told(const Registry& registry, web::Services& services, const jobs::Job& job, BackupOrder order) {
    Making making;
    order.progress = [&](std::int64_t done, std::int64_t total) {
        if (making.stopped) throw Stopped{};
        making.done = done, making.total = total;
    };
    auto outcome = std::async(std::launch::async, [&] { return made(registry, services, order); });
    try {
        do {
            if (job.report(making.so_far()) == jobs::Next::Stop) making.stopped = true;
        } while (outcome.wait_for(kToldEach) != std::future_status::ready);
    } catch (...) {  // nobody can be told any more: the attempt after this one begins anew
        making.stopped = true;
        throw;
    }
    auto made = outcome.get();
    if (!making.stopped) return made;
    if (made && made->report) fs::remove(order.file);  // it was done before it heard
    return std::nullopt;
}

/// What a backup left behind whose process was killed.
void clear_leftovers(const fs::path& folder) {
    std::error_code ignored;
    for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end; at.increment(ignored))
        if (at->path().filename().string().starts_with(".loa-backup-") && fs::last_write_time(at->path(), ignored) < fs::file_time_type::clock::now() - kLeftAlone)
            fs::remove_all(at->path(), ignored);
}

/// The oldest go, of those that this program made here by itself or for the page; the newest `keep` stay, and so does
/// the newest whole one, whatever came after it.
std::vector<Id> thinned_out(const std::vector<BackupRun>& runs, const BackupSettings& settings) {
    std::vector<Id> deleted;
    int kept = 1;  // the one that has just been made
    bool whole = false;
    for (const auto& run : runs) {
        const bool ours = run.origin != BackupOrigin::Command && fs::path(run.path).parent_path() == settings.folder;
        if (!ours || !run.made()) continue;
        const bool newest_whole = run.state == BackupState::Whole && !std::exchange(whole, whole || run.state == BackupState::Whole);
        if (kept < settings.keep || newest_whole) {
            ++kept;
            continue;
        }
        std::error_code error;
        fs::remove(run.path, error);
        if (!error) deleted.push_back(run.id);
    }
    return deleted;
}

struct Ordered {
    BackupSettings settings;
    std::optional<BackupRun> run;
    std::optional<BackupKey> key;
    std::vector<BackupRun> runs;
};

std::optional<BackupOutcome> carried_out(const Registry& registry, web::Services& services, const jobs::Job& job, const Ordered& ordered) {
    if (!ordered.run->key_fingerprint.empty() && (!ordered.key || ordered.key->fingerprint() != ordered.run->key_fingerprint))
        return BackupOutcome{.report = std::nullopt, .failure = conflict("app.backup_key_sealed"), .deleted = {}};
    const fs::path file = ordered.run->path;
    std::error_code ignored;  // making the backup says what is wrong, with the folder
    fs::create_directories(file.parent_path(), ignored);
    clear_leftovers(file.parent_path());
    fs::remove(file, ignored);  // of an attempt that died before it said so
    const auto key = ordered.run->key_fingerprint.empty() ? std::nullopt : ordered.key;
    auto outcome = made_while_told(registry, services, job, {.file = file, .key = key});
    if (outcome && outcome->report && outcome->report->complete()) outcome->deleted = thinned_out(ordered.runs, ordered.settings);
    return outcome;
}

/// A run that is not there any more, or has ended, is nobody's business: it came back with a restored database.
Result<std::any> do_backup(const Registry& registry, const std::string& folder, const jobs::Job& job, web::Services& services) {
    const auto ordered = in_installation(services, storage::Mode::Read, [&](Work& work) {
        Ordered found{backup_settings(work, folder), std::nullopt, scheduled_key(work, *keys_in(registry)), backup_runs(work, 10'000)};
        for (const auto& run : found.runs)
            if (run.id == job.id && run.state == BackupState::Running) found.run = run;
        return found;
    });
    const auto outcome = ordered.run ? carried_out(registry, services, job, ordered) : std::nullopt;
    return outcome ? std::any(*outcome) : std::any();
}

}  // namespace

void be_kind_to_others() {
    // On Linux both are the thread's own.
    ::setpriority(PRIO_PROCESS, 0, kNice);
    ::syscall(SYS_ioprio_set, 1 /* IOPRIO_WHO_PROCESS */, 0, kDiskPriority);
}

void join_backup_jobs(Registry& registry, const std::string& folder) {
    registry.add(kManageBackups);
    registry.add(kBackupFailed);
    registry.add(storage::LeftOut{"app_backup_run", "what lay in the folder of another machine, or of another day"});
    registry.add(jobs::JobKind{.name = "app.start_backup", .handler = [folder](Work& work, const jobs::Job&) -> Result<Done> {
                                   const auto settings = backup_settings(work, folder);
                                   if (!backup_is_due(work, settings)) return Done{};
                                   const auto started = start_backup(work, BackupOrigin::Schedule, settings);
                                   // One runs already: it will do.
                                   if (!started && started.failure().reason != Reason::Conflict) return started.failure();
                                   return Done{};
                               }});
    registry.add(jobs::Schedule{.name = "app.start_backup",
                                .job_kind = "app.start_backup",
                                .every_seconds = 60,
                                .wanted = [folder](Work& work) { return backup_is_due(work, backup_settings(work, folder)); }});
    registry.add(jobs::JobKind{.name = "app.end_broken_backups",
                               .handler = [&registry](Work& work, const jobs::Job&) { return end_broken_backups(work, registry); }});
    registry.add(jobs::Schedule{.name = "app.end_broken_backups",
                                .job_kind = "app.end_broken_backups",
                                .every_seconds = 60,
                                .wanted = [](Work& work) { return has_broken_backup(work); }});
    registry.add(jobs::JobKind{.name = std::string(kBackUp),
                               .handler = [](Work& work, const jobs::Job& job) -> Result<Done> {
                                   if (const auto* outcome = std::any_cast<BackupOutcome>(&job.outcome)) end_backup(work, job.id, *outcome);
                                   return Done{};
                               },
                               .outside = [&registry, folder](const jobs::Job& job, web::Services& services) {
                                   return do_backup(registry, folder, job, services);
                               },
                               .cancelled = [](Work& work, const jobs::Job& job) { end_stopped_backup(work, job.id); },
                               .at_once = 1});
}

}  // namespace loa::app
