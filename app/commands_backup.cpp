// backup, restore.
#include <fmt/format.h>
#include <unistd.h>

#include <future>
#include <iostream>

#include "backup_file.h"
#include "backup_refused.h"
#include "backup_schedule.h"
#include "commands.h"
#include "loa/i18n/format.h"
#include "loa/jobs/command.h"
#include "loa/storage/sealed.h"
#include "program.h"
#include "restore.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

std::string size_text(std::int64_t bytes) { return i18n::file_size(Language::English, bytes); }

void print_lost(Invocation& invocation, const BackupEnd& end) {
    for (const auto& file : end.lost)
        invocation.errors << fmt::format("{} {}: {}\n", file.sha256, file.name,
                                         file.why == LostFile::Why::Missing ? "MISSING in the store" : "CHANGED in the store");
}

std::int64_t rows_of(const Manifest& manifest) {
    std::int64_t rows = 0;
    for (const auto& table : manifest.tables) rows += table.rows;
    return rows;
}

int back_up(Invocation& invocation) {
    auto& services = invocation.services();
    const std::filesystem::path file = invocation.text(std::string(jobs::kFilePlace));
    const auto key = invocation.flag("--encrypt") ? std::optional(BackupKey::random()) : std::nullopt;
    // In a thread of its own: a priority that was lowered stays so, and this program may go on with something else.
    const auto made = std::async(std::launch::async, [&] {
                          be_kind_to_others();
                          return make_backup(invocation.registry, services.database, services.clock.now(), {.file = file, .key = key});
                      }).get();
    if (!made) return invocation.fail(made.failure());
    note_backup(services, file, *made, key);
    const auto& manifest = made->manifest;
    invocation.out << fmt::format("{}: {} rows in {} tables, {} files ({}), read back and whole; {}\n", file.string(), rows_of(manifest),
                                  manifest.tables.size(), manifest.files, size_text(manifest.file_bytes), size_text(made->size));
    if (key)
        invocation.out << fmt::format("Key: {}\nWrite it down now and keep it away from the backup: it is shown this once, and nobody "
                                      "can open the backup without it.\n", key->words());
    else
        invocation.out << "Not encrypted, and without secret.key: keep a copy of that file too.\n";
    if (made->complete()) return 0;
    print_lost(invocation, made->end);
    invocation.errors << "INCOMPLETE: the files above are not in the backup.\n";
    return 1;
}

/// From --key or, so that it stands in no list of processes, from standard input.
Result<std::optional<BackupKey>> key_for(Invocation& invocation, const std::filesystem::path& file) {
    try {
        if (!is_encrypted_backup(file)) return std::optional<BackupKey>();
    } catch (const BackupRefused& refused) {
        return refused.failure;
    }
    auto words = invocation.text("--key");
    if (words.empty()) {
        if (::isatty(STDIN_FILENO)) invocation.errors << "Key of the backup: " << std::flush;
        std::getline(std::cin, words);
    }
    const auto key = BackupKey::from_words(words);
    if (!key) return invalid("--key", "app.backup_mistyped_key");
    return key;
}

void print_tables(Invocation& invocation, const RestoreReport& report) {
    invocation.out << fmt::format("{:<40} {:>12} {:>12}\n", "table", "in backup", "restored");
    for (const auto& table : report.tables)
        invocation.out << fmt::format("{:<40} {:>12} {:>12}  {}\n", table.name, table.in_backup, table.restored,
                                      table.left_out ? "left out" : table.same_content ? "equal" : "DIFFERENT");
    invocation.out << fmt::format("{:<40} {:>12} {:>12}  {}\n", "files", report.backup.manifest.files, report.files,
                                  report.files == report.backup.manifest.files ? "equal" : "DIFFERENT");
}

void print_secret(Invocation& invocation, RestoredSecret secret) {
    switch (secret) {
        case RestoredSecret::Same: invocation.out << "secret.key: the one that the backup was made with\n"; break;
        case RestoredSecret::Brought: invocation.out << "secret.key: came with the backup\n"; break;
        case RestoredSecret::Other:
            invocation.out << "secret.key: ANOTHER than the backup was made with. The second factor of sign-in and the passwords of other "
                              "servers do not open with it: put the old secret.key in its place, or set them up again.\n";
    }
}

int print_restored(Invocation& invocation, const RestoreReport& report) {
    print_tables(invocation, report);
    for (const auto& [authority, verdict] : report.timelines)
        invocation.out << fmt::format("timeline of {}: {} lines in {} blocks, {} not sealed yet, {}\n", authority, verdict.lines,
                                      verdict.blocks, verdict.unsealed,
                                      verdict.findings.empty() ? "whole" : fmt::format("{} FINDINGS", verdict.findings.size()));
    print_secret(invocation, report.secret);
    print_lost(invocation, report.backup.end);
    invocation.out << fmt::format("Restored as of {}. Everybody signs in anew.\n", report.backup.manifest.made_at.iso());
    return report.complete() ? 0 : 1;
}

int check(Invocation& invocation, const std::filesystem::path& file, const std::optional<BackupKey>& key) {
    const auto found = verify_backup(file, key);
    if (!found) return invocation.fail(found.failure());
    for (const auto& table : found->manifest.tables) invocation.out << fmt::format("{:<40} {:>12}\n", table.name, table.rows);
    invocation.out << fmt::format("{:<40} {:>12}\nmade {} by Loa {}; whole\n", "files", found->manifest.files,
                                  found->manifest.made_at.iso(), found->manifest.program);
    print_lost(invocation, found->end);
    return found->complete() ? 0 : 1;
}

int restore(Invocation& invocation, const Config& config) {
    const std::filesystem::path file = invocation.text(std::string(jobs::kFilePlace));
    const auto key = key_for(invocation, file);
    if (!key) return invocation.fail(key.failure());
    if (invocation.flag("--check")) return check(invocation, file, *key);
    // Not invocation.services(): the database has no schema yet, and a lease on it would look like another process.
    const auto database = storage::Database::open(config.migrate_database.empty() ? config.database : config.migrate_database);
    SystemClock clock;
    const auto restored = restore_backup(invocation.registry, config, *database, clock, file, *key);
    return restored ? print_restored(invocation, *restored) : invocation.fail(restored.failure());
}

/// Beside the folder of files, until somebody says otherwise.
std::string backup_folder(const Config& config) {
    return (std::filesystem::absolute(config.files).lexically_normal().parent_path() / "backups").string();
}

}  // namespace

void join_backups(Registry& registry, const Config& config) {
    const auto folder = backup_folder(config);
    join_backup_jobs(registry, folder);
    join_backup_pages(registry, folder);
    join_backup_schedule_commands(registry, folder);
    registry.add(storage::SealedValues{"app.backup_key", [](const Work& work, const Keys& keys) {
                                           const bool has_key = !backup_settings(work, "").key_fingerprint.empty();
                                           return std::int64_t{has_key && !scheduled_key(work, keys)};
                                       }});
    const jobs::Parameter file{std::string(jobs::kFilePlace), Kind::Place, "The backup", true};
    registry.add(Command{"backup", "Write everything into one file, while people work",
                         "The database as it is at one moment and every file that a record mentions, read back and checked before the "
                         "file gets its name. It fits either database, and newer versions of the program. Exit code 1: files are "
                         "missing in the store; the backup has everything else.",
                         {file, {"--encrypt", Kind::Flag, "Encrypt it under a new key, which is shown once; it then holds secret.key too"}},
                         back_up});
    registry.add(Command{"restore", "Fill an empty database and the folder of files from a backup",
                         "All or nothing: the database of LOA_DATABASE must be empty and no program may run on it. Every table is read "
                         "back and held against the backup, every file against its digest, every timeline against its head; exit code 1 "
                         "if the backup lacked files or a timeline is not whole. From SQLite to PostgreSQL: back up there, restore here.",
                         {file,
                          {"--key", Kind::Option, "Key of an encrypted backup; else it is read from standard input"},
                          {"--check", Kind::Flag, "Only read and check the backup"}},
                         [config](Invocation& invocation) { return restore(invocation, config); }});
}

}  // namespace loa::app
