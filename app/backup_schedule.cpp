#include "backup_schedule.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/identity/work.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/queue.h"

namespace loa::app {

namespace {

constexpr Id kInstallation{};
constexpr int kMostKept = 365;
constexpr std::string_view kPurpose = "app.backup_key", kRecord = "app_backup_setting";
constexpr std::string_view kPath = "/quan-tri/sao-luu";

constexpr std::pair<BackupState, std::string_view> kStates[] = {{BackupState::Running, "running"},
                                                                {BackupState::Whole, "whole"},
                                                                {BackupState::Incomplete, "incomplete"},
                                                                {BackupState::Failed, "failed"},
                                                                {BackupState::Stopped, "stopped"}};
constexpr std::pair<BackupOrigin, std::string_view> kOrigins[] = {{BackupOrigin::Schedule, "schedule"},
                                                                  {BackupOrigin::Page, "page"},
                                                                  {BackupOrigin::Command, "command"}};

template <class T, std::size_t n>
T value_of(const std::pair<T, std::string_view> (&words)[n], std::string_view text) {
    const auto found = std::find_if(std::begin(words), std::end(words), [&](const auto& each) { return each.second == text; });
    return found == std::end(words) ? words[0].first : found->first;
}

template <class T, std::size_t n>
std::string word_of(const std::pair<T, std::string_view> (&words)[n], T value) {
    return std::string(std::find_if(std::begin(words), std::end(words), [&](const auto& each) { return each.first == value; })->second);
}

std::optional<jobs::ClockTime> time_from(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
    const jobs::ClockTime time{(text[0] - '0') * 10 + (text[1] - '0'), (text[3] - '0') * 10 + (text[4] - '0')};
    return time.hour < 24 && time.minute < 60 ? std::optional(time) : std::nullopt;
}

/// The last time that the clock in Vietnam showed it.
Instant last_time(jobs::ClockTime time, Instant now) {
    const auto today = start_of(now.date()).plus_seconds(std::int64_t{time.hour} * 3600 + std::int64_t{time.minute} * 60);
    return today <= now ? today : today.plus_seconds(-86'400);
}

std::string problem_text(const Failure& failure) {
    if (failure.problems.empty()) return {};
    boost::json::object args;
    for (const auto& [name, text] : failure.problems.front().args) args[name] = text;
    return boost::json::serialize(boost::json::object{{"key", failure.problems.front().key}, {"args", std::move(args)}});
}

std::optional<Problem> problem_from(const std::optional<std::string>& text) {
    if (!text || text->empty()) return std::nullopt;
    const auto value = boost::json::parse(*text);
    Problem problem{"", std::string(value.at("key").as_string()), {}};
    for (const auto& [name, arg] : value.at("args").as_object()) problem.args.emplace_back(name, std::string(arg.as_string()));
    return problem;
}

BackupRun run_from(const storage::Row& row) {
    return {.id = row.id("id"),
            .path = row.text("path"),
            .state = value_of(kStates, row.text("state")),
            .origin = value_of(kOrigins, row.text("origin")),
            .started_at = row.instant("started_at"),
            .ended_at = row.optional_instant("ended_at"),
            .size = row.optional_number("size").value_or(0),
            .lost_files = row.optional_number("lost_files").value_or(0),
            .key_fingerprint = row.optional_text("key_fingerprint").value_or(""),
            .problem = problem_from(row.optional_text("problem")),
            .job = {}};
}

std::optional<identity::Authority> highest_authority(const Work& work) {
    const auto all = identity::authorities_on(work, work.today());
    return all.empty() ? std::nullopt : std::optional(all.front());
}

/// The installation's backups are in the queue and in the timeline of its highest authority; before there is one, in its own.
Work in_highest_authority(const Work& work) {
    Work own = work;
    const auto authority = highest_authority(work);
    own.authority = authority ? authority->id : kInstallation;
    return own;
}

void record(Work& work, std::string_view event, const std::vector<identity::Change>& changes) {
    Work own = in_highest_authority(work);
    if (own.authority == kInstallation) return;
    identity::record(own, Ref{"identity.authority", own.authority, own.authority}, event, changes);
}

/// What makes a backup now, or will.
std::vector<jobs::JobLine> living_jobs(const Work& work) {
    auto lines = jobs::job_lines(in_highest_authority(work), {.kind = std::string(kBackUp)});
    std::erase_if(lines, [](const auto& line) { return line.state == "dead"; });
    return lines;
}

BackupRun with_its_job(BackupRun run, const std::vector<jobs::JobLine>& jobs) {
    const auto own = std::find_if(jobs.begin(), jobs.end(), [&](const auto& job) { return job.id == run.id; });
    if (run.state == BackupState::Running && own != jobs.end()) run.job = *own;
    return run;
}

/// A failed backup is told to everybody who could mend it, in the bell and, by its kind, by mail.
void tell_administrators(Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args) {
    const auto authority = highest_authority(work);
    if (!authority) return;
    Work own = identity::system_work(work.db, work.ids, work.now, authority->id);
    for (const auto& membership : identity::memberships_on(own, own.today()))
        if (membership.role == identity::Role::Administrator)
            jobs::notify(own, membership.person, kBackupFailed, {.key = std::string(key), .args = args, .path = std::string(kPath)});
}

std::string_view event_of(BackupState state) {
    if (state == BackupState::Failed) return "app.backup_failed";
    return state == BackupState::Whole ? "app.backed_up" : "app.backed_up_without_files";
}

std::optional<Failure> refusal(const ChangeBackupSettings& input) {
    if (!time_from(input.daily_at)) return invalid("daily_at", "app.backup_wrong_time");
    if (input.keep < 1 || input.keep > kMostKept) return invalid("keep", "app.backup_wrong_keep");
    if (!std::filesystem::path(input.folder).is_absolute()) return invalid("folder", "app.backup_wrong_folder");
    return std::nullopt;
}

}  // namespace

bool may_manage_backups(const Work& work) {
    if (work.actor.system) return true;
    const auto highest = highest_authority(work);
    return identity::may_throughout(work, kManageBackups) && highest && highest->id == work.authority;
}

BackupSettings backup_settings(const Work& work, const std::string& folder) {
    const auto row = work.db.one("app.backup_setting", {kInstallation});
    if (!row) return {.folder = folder};
    return {.enabled = row->flag("enabled"),
            .daily_at = time_from(row->text("daily_at")).value_or(jobs::ClockTime{}),
            .keep = static_cast<int>(row->number("keep")),
            .folder = row->text("folder"),
            .key_fingerprint = row->optional_text("key_fingerprint").value_or(""),
            .changed_at = row->instant("changed_at"),
            .version = row->number("version")};
}

std::vector<BackupRun> backup_runs(const Work& work, int limit) {
    std::vector<BackupRun> runs;
    const auto jobs = living_jobs(work);
    for (const auto& row : work.db.query("app.backups", {kInstallation, limit})) runs.push_back(with_its_job(run_from(row), jobs));
    return runs;
}

std::optional<BackupRun> backup_run(const Work& work, Id id) {
    const auto row = work.db.one("app.backup_by_id", {kInstallation, id});
    return row ? std::optional(with_its_job(run_from(*row), living_jobs(work))) : std::nullopt;
}

std::optional<Instant> last_good_backup(const Work& work) {
    return work.db.one("app.last_good_backup", {kInstallation})->optional_instant("ended_at");
}

Result<std::optional<BackupKey>> change_backup_settings(Work& work, const Keys& keys, const ChangeBackupSettings& input) {
    if (!may_manage_backups(work)) return forbidden();
    if (auto refused = refusal(input)) return *std::move(refused);
    const auto row = work.db.one("app.backup_setting", {kInstallation});
    std::optional<std::string> sealed = row ? row->optional_text("sealed_key") : std::nullopt;
    std::optional<std::string> fingerprint = row ? row->optional_text("key_fingerprint") : std::nullopt;
    std::optional<BackupKey> fresh;
    using Encryption = ChangeBackupSettings::Encryption;
    if (input.encryption != Encryption::AsItIs) sealed = fingerprint = std::nullopt;
    if (input.encryption == Encryption::NewKey) {
        fresh = BackupKey::random();
        sealed = keys.seal(kPurpose, kRecord, fresh->words());
        fingerprint = fresh->fingerprint();
    }
    if (work.db.run("app.set_backup_setting", {kInstallation, input.enabled ? 1 : 0, input.daily_at, input.keep, input.folder, sealed,
                                               fingerprint, work.now, input.version}) == 0)
        return conflict();
    record(work, "app.backup_settings_changed",
           {{"daily_at", row && row->flag("enabled") ? row->text("daily_at") : "", input.enabled ? input.daily_at : ""},
            {"keep", row ? std::to_string(row->number("keep")) : "", std::to_string(input.keep)},
            {"folder", row ? row->text("folder") : "", input.folder},
            {"key", row ? row->optional_text("key_fingerprint").value_or("") : "", fingerprint.value_or("")}});
    return fresh;
}

Result<Id> start_backup(Work& work, BackupOrigin origin, const BackupSettings& settings) {
    if (!may_manage_backups(work)) return forbidden();
    if (!living_jobs(work).empty()) return conflict("app.backup_running");
    Work own = in_highest_authority(work);
    const Id id = jobs::enqueue(own, std::string(kBackUp), "{}", {.owner = work.actor.person});
    const auto name = fmt::format("loa-{}-{}-{}.loa", work.now.date().iso(), replaced(work.now.clock_time(), ":", ""), to_string(id));
    const std::optional<std::string> key = settings.key_fingerprint.empty() ? std::nullopt : std::optional(settings.key_fingerprint);
    work.db.run("app.add_backup", {kInstallation, id, (std::filesystem::path(settings.folder) / name).string(), word_of(kOrigins, origin),
                                   work.actor.person, work.now, key});
    return id;
}

Result<Done> stop_backup(Work& work, const Registry& registry, Id run) {
    if (!may_manage_backups(work)) return forbidden();
    const auto found = backup_run(work, run);
    if (!found || !found->job) return not_found("app.backup_is_over");
    Work own = in_highest_authority(work);
    return jobs::cancel_job(own, registry, run);
}

bool backup_is_due(const Work& work, const BackupSettings& settings) {
    if (!settings.enabled) return false;
    const auto time = last_time(settings.daily_at, work.now);
    const auto started = work.db.one("app.last_scheduled_backup", {kInstallation})->optional_instant("started_at");
    return time > settings.changed_at && (!started || *started < time);
}

std::optional<BackupKey> scheduled_key(const Work& work, const Keys& keys) {
    const auto row = work.db.one("app.backup_setting", {kInstallation});
    const auto sealed = row ? row->optional_text("sealed_key") : std::nullopt;
    const auto words = sealed ? keys.unseal(kPurpose, kRecord, *sealed) : std::nullopt;
    return words ? BackupKey::from_words(*words) : std::nullopt;
}

void end_backup(Work& work, Id run, const BackupOutcome& outcome) {
    const auto* report = outcome.report ? &*outcome.report : nullptr;
    const auto state = !report ? BackupState::Failed : report->complete() ? BackupState::Whole : BackupState::Incomplete;
    const auto lost = report ? std::optional(static_cast<std::int64_t>(report->end.lost.size())) : std::nullopt;
    const auto size = report ? std::optional(report->size) : std::nullopt;
    const auto problem = report ? std::nullopt : std::optional(problem_text(outcome.failure));
    if (work.db.run("app.end_backup", {kInstallation, run, word_of(kStates, state), work.now, size, lost, problem}) == 0) return;
    for (const Id old : outcome.deleted) work.db.run("app.forget_backup", {kInstallation, old});
    const auto path = work.db.one("app.backup_by_id", {kInstallation, run})->text("path");
    const auto name = std::filesystem::path(path).filename().string();
    record(work, event_of(state), {{"file", "", name}});
    if (state == BackupState::Failed) tell_administrators(work, "app.notice_backup_failed", {});
    if (state == BackupState::Incomplete) tell_administrators(work, "app.notice_backup_incomplete", {{"n", std::to_string(*lost)}});
}

void end_stopped_backup(Work& work, Id run) {
    work.db.run("app.end_backup", {kInstallation, run, word_of(kStates, BackupState::Stopped), work.now, {}, {}, {}});
}

bool has_broken_backup(const Work& work) {
    const auto runs = backup_runs(work);
    return std::any_of(runs.begin(), runs.end(), [](const BackupRun& run) { return run.broke_off(); });
}

Result<Done> end_broken_backups(Work& work, const Registry& registry) {
    Work own = in_highest_authority(work);
    for (const auto& run : backup_runs(work)) {
        if (!run.broke_off()) continue;
        end_backup(work, run.id, {.report = std::nullopt, .failure = unavailable("app.backup_broke_off"), .deleted = {}});
        const auto forgotten = jobs::discard_job(own, registry, run.id);
        if (!forgotten && forgotten.failure().reason != Reason::NotFound) return forgotten.failure();  // somebody forgot it already
    }
    return Done{};
}

void note_backup(web::Services& services, const std::filesystem::path& file, const BackupReport& report, const std::optional<BackupKey>& key) {
    services.database.write([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), kInstallation);
        const Id id = work.new_id();
        const auto fingerprint = key ? std::optional(key->fingerprint()) : std::nullopt;
        work.db.run("app.add_backup", {kInstallation, id, std::filesystem::absolute(file).string(), word_of(kOrigins, BackupOrigin::Command),
                                       Id{}, report.manifest.made_at, fingerprint});
        end_backup(work, id, {.report = report, .failure = {}, .deleted = {}});
    });
}

}  // namespace loa::app
