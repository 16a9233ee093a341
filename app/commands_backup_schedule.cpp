// backups show, backups set.
#include <fmt/format.h>

#include "acting.h"
#include "backup_schedule.h"
#include "loa/base/text.h"
#include "loa/jobs/command.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

std::string_view word_of(const BackupRun& run) {
    if (run.broke_off()) return "BROKE OFF";
    switch (run.state) {
        case BackupState::Running: return "running";
        case BackupState::Whole: return "whole";
        case BackupState::Incomplete: return "INCOMPLETE";
        case BackupState::Stopped: return "stopped";
        case BackupState::Failed: break;
    }
    return "FAILED";
}

/// On a system Work of the installation, whatever authorities there are.
template <class Step>
int on_installation(Invocation& invocation, storage::Mode mode, Step step) {
    auto& services = invocation.services();
    int code = 0;
    services.database.transact(mode, [&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        code = step(work);
    });
    return code;
}

int show(Invocation& invocation, const std::string& folder) {
    return on_installation(invocation, storage::Mode::Read, [&](Work& work) {
        const auto settings = backup_settings(work, folder);
        invocation.out << fmt::format("{} daily at {:02}:{:02} into {}, the newest {} kept, {}\n", settings.enabled ? "on:" : "OFF:",
                                      settings.daily_at.hour, settings.daily_at.minute, settings.folder, settings.keep,
                                      settings.key_fingerprint.empty() ? "not encrypted" : "encrypted, key " + settings.key_fingerprint);
        for (const auto& run : backup_runs(work))
            invocation.out << fmt::format("{}\t{}\t{}\t{}\n", run.started_at.iso(), word_of(run), run.size, run.path);
        return 0;
    });
}

ChangeBackupSettings changed_by(Invocation& invocation, const BackupSettings& now) {
    using Encryption = ChangeBackupSettings::Encryption;
    ChangeBackupSettings input{.enabled = now.enabled,
                               .daily_at = fmt::format("{:02}:{:02}", now.daily_at.hour, now.daily_at.minute),
                               .keep = now.keep,
                               .folder = now.folder,
                               .version = now.version};
    if (invocation.flag("--on")) input.enabled = true;
    if (invocation.flag("--off")) input.enabled = false;
    if (const auto time = invocation.text("--daily"); !time.empty()) input.daily_at = time;
    if (const auto keep = invocation.text("--keep"); !keep.empty())
        input.keep = keep.size() < 6 && keep.find_first_not_of("0123456789") == std::string::npos ? std::stoi(keep) : 0;
    if (const auto folder = invocation.text("--folder"); !folder.empty()) input.folder = folder;
    if (invocation.flag("--encrypt")) input.encryption = Encryption::NewKey;
    if (invocation.flag("--no-encrypt")) input.encryption = Encryption::Off;
    return input;
}

int set(Invocation& invocation, const std::string& folder) {
    return on_installation(invocation, storage::Mode::Write, [&](Work& work) {
        const auto input = changed_by(invocation, backup_settings(work, folder));
        const auto key = change_backup_settings(work, *keys_in(invocation.registry), input);
        if (!key) return invocation.fail(key.failure());
        if (*key)
            invocation.out << fmt::format("Key of the backups from now on: {}\nWrite it down now: it is shown this once. Older backups keep "
                                          "theirs.\n", (*key)->words());
        return 0;
    });
}

}  // namespace

void join_backup_schedule_commands(Registry& registry, const std::string& folder) {
    registry.add(Command{"backups show", "When backups are made by themselves, and what became of each", "", {},
                         [folder](Invocation& invocation) { return show(invocation, folder); }});
    registry.add(Command{"backups set", "Set when and where backups are made by themselves",
                         "Times are Vietnam's. The folder is an absolute path on the machine that does the jobs, better on another disk.",
                         {{"--on", Kind::Flag, "Make one each day"},
                          {"--off", Kind::Flag, "Make none"},
                          {"--daily", Kind::Option, "At what time: 01:30"},
                          {"--keep", Kind::Option, "How many of the newest to keep, 1 to 365"},
                          {"--folder", Kind::Option, "Where they go"},
                          {"--encrypt", Kind::Flag, "Encrypt them under a new key, which is shown once"},
                          {"--no-encrypt", Kind::Flag, "Do not encrypt them"}},
                         [folder](Invocation& invocation) { return set(invocation, folder); }});
}

}  // namespace loa::app
