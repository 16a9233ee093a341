#include "backup_download.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "loa/identity/timeline.h"
#include "loa/media/file.h"

namespace loa::app {

namespace {

constexpr std::string_view kTaken = "app.backup_taken";
constexpr const char* kMediaType = "application/octet-stream";

Ref about(const Work& work, Id run) { return {"app.backup", work.authority, run}; }

std::string name_of(const BackupRun& run) { return std::filesystem::path(run.path).filename().string(); }

bool has_asked(const Work& work, Id run) {
    const auto lines = identity::timeline_of(work, about(work, run));
    return std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
        return line.event == kTaken && line.person == work.actor.person && work.now < line.at.plus_seconds(kDownloadSeconds);
    });
}

Result<BackupRun> made_run(const Work& work, Id id) {
    if (!may_manage_backups(work)) return forbidden("app.backups_elsewhere");
    const auto run = backup_run(work, id);
    if (!run || !run->made()) return not_found("app.backup_not_there");
    return *run;
}

}  // namespace

std::optional<web::FilePiece> open_backup(const BackupRun& run) {
    // Without O_NONBLOCK a pipe of that name would wait for who writes into it.
    const int number = ::open(run.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (number < 0) return std::nullopt;
    auto file = std::make_shared<const web::OpenFile>(number);
    struct stat status {};
    if (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size != run.size) return std::nullopt;
    return web::FilePiece{std::move(file), 0, static_cast<std::uint64_t>(status.st_size)};
}

Result<Done> ask_for_backup(Work& work, Id id) {
    const auto run = made_run(work, id);
    if (!run) return run.failure();
    identity::record(work, about(work, id), kTaken, {{"file", "", name_of(*run)}, {"key", "", run->key_fingerprint}});
    return Done{};
}

Result<web::Response> fetch_backup(const Work& work, Id id) {
    const auto run = made_run(work, id);
    if (!run) return run.failure();
    if (!has_asked(work, id)) return forbidden("app.backup_ask_first");
    auto bytes = open_backup(*run);
    if (!bytes) return not_found("app.backup_not_there");
    auto response = web::file(*std::move(bytes), kMediaType);
    response.headers = {{"Content-Disposition", media::content_disposition(name_of(*run), kMediaType)},
                        {"ETag", fmt::format("\"{}-{}\"", to_string(id), run->size)},
                        {"Cache-Control", "no-store"}};
    return response;
}

}  // namespace loa::app
