// /quan-tri/sao-luu: backups of the whole installation, for administrators of the highest authority.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "backup_download.h"
#include "backup_schedule.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "loa/web/form_view.h"
#include "loa/web/route.h"

namespace loa::app {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr const char* kPath = "/quan-tri/sao-luu";

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args = {}) {
    return i18n::translate(work.language, key, args);
}

std::string time_text(jobs::ClockTime time) { return fmt::format("{:02}:{:02}", time.hour, time.minute); }

/// The state as it is said, and the colour of its tag.
std::pair<const char*, const char*> shown_state(const BackupRun& run) {
    if (run.broke_off()) return {"app.backup_state_silent", "tag--late"};
    switch (run.state) {
        case BackupState::Running:
            if (run.job->cancelled) return {"jobs.stopping", "tag--warn"};
            return run.job->state == "running" ? std::pair{"app.backup_state_running", "tag--run"} : std::pair{"jobs.state_waiting", ""};
        case BackupState::Whole: return {"app.backup_state_whole", "tag--ok"};
        case BackupState::Incomplete: return {"app.backup_state_incomplete", "tag--late"};
        case BackupState::Stopped: return {"app.backup_state_stopped", ""};
        case BackupState::Failed: break;
    }
    return {"app.backup_state_failed", "tag--late"};
}

const char* shown_origin(BackupOrigin origin) {
    switch (origin) {
        case BackupOrigin::Schedule: return "app.backup_origin_schedule";
        case BackupOrigin::Page: return "app.backup_origin_page";
        case BackupOrigin::Command: break;
    }
    return "app.backup_origin_command";
}

/// How far it is, and whether it can be stopped.
void set_job(View& view, const BackupRun& run, const Work& work) {
    if (!run.job) return;
    const auto& far = run.job->progress;
    view.flag("can_stop", !run.job->cancelled);
    view.flag("moving", run.job->state == "running");
    if (far.total == 0) return;
    view.set("progress", tr(work, far.key, {{"done", i18n::number(work.language, far.done)}}));
    view.set("done", far.done).set("total", far.total);
}

/// The file that it made, or makes; one that did not end well leaves none.
void set_file(View& view, const BackupRun& run, const Work& work) {
    if (!run.made() && !run.job) return;
    view.set("name", std::filesystem::path(run.path).filename().string());
    if (!run.key_fingerprint.empty()) view.set("locked_by", run.key_fingerprint);
    if (!run.made()) return;
    view.set("size", i18n::file_size(work.language, run.size)).flag("open", run.key_fingerprint.empty());
    const bool there = open_backup(run).has_value();
    view.flag("there", there).flag("gone", !there);
}

View run_view(const BackupRun& run, const Work& work) {
    View view;
    const auto [state, colour] = shown_state(run);
    view.set("id", to_string(run.id)).set("started_at", run.started_at.vietnamese()).set("started_iso", run.started_at.iso());
    view.set("origin", tr(work, shown_origin(run.origin))).set("state", tr(work, state)).set("colour", colour);
    if (run.lost_files > 0) view.set("lost", tr(work, "app.backup_lost_files", {{"n", std::to_string(run.lost_files)}}));
    if (run.problem) view.set("problem", tr(work, run.problem->key, run.problem->args));
    set_job(view, run, work);
    set_file(view, run, work);
    return view;
}

/// A key that was to be made and is not chosen any more would leave the backups open, and nobody would notice.
void choose_encryption(View& view, ChangeBackupSettings::Encryption chosen) {
    using Encryption = ChangeBackupSettings::Encryption;
    view.flag("encryption_same", chosen == Encryption::AsItIs).flag("encryption_new", chosen == Encryption::NewKey);
    view.flag("encryption_off", chosen == Encryption::Off);
}

View page_view(const Work& work, const BackupSettings& settings) {
    View view;
    std::vector<View> views;
    bool running = false;
    for (const auto& run : backup_runs(work)) {
        running = running || run.job;
        views.push_back(run_view(run, work));
    }
    view.flag("none", views.empty()).flag("running", running);
    view.set("runs", std::move(views));
    view.flag("enabled", settings.enabled).set("daily_at", time_text(settings.daily_at)).set("keep", std::to_string(settings.keep));
    view.set("folder", settings.folder).set("key", settings.key_fingerprint).set("version", std::to_string(settings.version));
    choose_encryption(view, ChangeBackupSettings::Encryption::AsItIs);
    const auto good = last_good_backup(work);
    if (good) view.set("last_good", good->vietnamese());
    if (!good || good->plus_seconds(kOldAfterSeconds) < work.now)
        view.set("warning", good ? tr(work, "app.backup_old", {{"when", good->vietnamese()}}) : tr(work, "app.backup_never"));
    return view;
}

Response page(const Work& work, View view, int status = 200) {
    web::Page page{"app/backups", tr(work, "app.backups"), std::move(view), ""};
    return web::show(std::move(page), status);
}

Response show_backups(const Work& work, const std::string& folder) {
    if (!may_manage_backups(work)) return web::failed(forbidden("app.backups_elsewhere"));
    auto view = page_view(work, backup_settings(work, folder));
    auto response = page(work, std::move(view));
    const auto runs = backup_runs(work, 1);
    if (response.page && !runs.empty() && runs.front().job) response.page->again_after_seconds = 3;
    return response;
}

Response back_up_now(Work& work, const std::string& folder) {
    const auto started = start_backup(work, BackupOrigin::Page, backup_settings(work, folder));
    return started ? web::redirect(kPath) : web::failed(started.failure());
}

Response stop(const Request& request, Work& work, const Registry& registry) {
    const auto stopped = stop_backup(work, registry, request.id());
    return stopped ? web::redirect(kPath) : web::failed(stopped.failure());
}

/// The form is told of in the timeline; the browser fetches the bytes from the same address, in pieces if it must.
Response ask(const Request& request, Work& work) {
    const auto asked = ask_for_backup(work, request.id());
    return asked ? web::redirect(request.path) : web::failed(asked.failure());
}

Response fetch(const Request& request, const Work& work) {
    auto response = fetch_backup(work, request.id());
    return response ? *std::move(response) : web::failed(response.failure());
}

ChangeBackupSettings input_from(const Request& request, const BackupSettings& now) {
    using Encryption = ChangeBackupSettings::Encryption;
    const auto asked = request.form.text("encryption");
    return {.enabled = request.form.has("enabled"),
            .daily_at = request.form.text("daily_at"),
            .keep = static_cast<int>(std::clamp<std::int64_t>(request.form.number("keep").value_or(0), 0, 10'000)),
            .folder = now.folder,
            .encryption = asked == "new" ? Encryption::NewKey : asked == "off" && !now.key_fingerprint.empty() ? Encryption::Off : Encryption::AsItIs,
            .version = request.form.number("version").value_or(0)};
}

/// A new key is shown in the answer to the form and nowhere else: the same form sent again is told that it was handled.
Response change_settings(const Request& request, Work& work, const Registry& registry, const std::string& folder) {
    const auto input = input_from(request, backup_settings(work, folder));
    const auto changed = change_backup_settings(work, *keys_in(registry), input);
    if (!changed && changed.failure().reason != Reason::Invalid) return web::failed(changed.failure());
    if (changed && !*changed) return web::redirect(kPath);
    auto view = page_view(work, backup_settings(work, folder));
    if (changed) {
        view.set("new_key", (*changed)->words());
        return page(work, std::move(view));
    }
    const web::Refusal refusal{&request.form, changed.failure()};
    web::FormView(work.language, &refusal).into(view);
    const auto& problem = changed.failure().problems.front();
    view.set(problem.field + "_problem", tr(work, problem.key, problem.args));
    choose_encryption(view, input.encryption);
    view.flag("enabled", input.enabled).set("daily_at", input.daily_at).set("keep", request.form.text("keep"));
    return page(work, std::move(view), 422);
}

}  // namespace

void join_backup_pages(Registry& registry, const std::string& folder) {
    using web::Access, web::Method, web::Route;
    const std::string verb(kManageBackups.name);
    registry.add(Route{Method::Get, kPath, Access::Granted, verb,
                       [folder](const Request&, Work& work) { return show_backups(work, folder); }});
    registry.add(Route{Method::Post, kPath, Access::Granted, verb, [&registry, folder](const Request& request, Work& work) {
                           return change_settings(request, work, registry, folder);
                       }});
    registry.add(Route{Method::Post, "/quan-tri/sao-luu/ngay", Access::Granted, verb,
                       [folder](const Request&, Work& work) { return back_up_now(work, folder); }});
    registry.add(Route{Method::Post, "/quan-tri/sao-luu/{id}/dung", Access::Granted, verb,
                       [&registry](const Request& request, Work& work) { return stop(request, work, registry); }});
    registry.add(Route{Method::Post, "/quan-tri/sao-luu/{id}/tep", Access::Granted, verb, ask});
    registry.add(Route{Method::Get, "/quan-tri/sao-luu/{id}/tep", Access::Granted, verb, fetch});
    registry.add(web::NavigationEntry{"identity.section", 890, "app.backups", "download", kPath, verb});
}

}  // namespace loa::app
