#include "health.h"

#include <unistd.h>

#include <filesystem>
#include <optional>

#include "backup_schedule.h"
#include "loa/base/fault.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "loa/jobs/mail.h"
#include "loa/jobs/queue.h"
#include "loa/media/pictures.h"
#include "loa/media/store.h"
#include "loa/storage/sealed.h"
#include "loa/web/certificate.h"

namespace loa::app {

namespace {

/// Less than this free, and the next upload or backup may fail.
constexpr std::uintmax_t kLeastFree = std::uintmax_t{2} << 30;

std::string when(const Work& work, Instant instant) { return work.language == Language::Vietnamese ? instant.vietnamese() : instant.iso(); }

/// Where they are made each day, the newest whole one has to be young.
HealthLine backups(const Work& work) {
    const auto last = last_good_backup(work);
    const bool old = !last || last->plus_seconds(kOldAfterSeconds) < work.now;
    const bool wanted = backup_settings(work, "").enabled;
    HealthLine line{.subject = "app.health.backups", .path = "/quan-tri/sao-luu"};
    if (old) line.verdict = wanted ? Verdict::Wrong : Verdict::Lacking;
    if (!last) {
        line.said = wanted ? "app.health.backups_daily_none" : "app.health.backups_by_hand_none";
        return line;
    }
    line.said = !wanted ? "app.health.backups_by_hand" : old ? "app.health.backups_old" : "app.health.backups_daily";
    line.args = {{"when", when(work, *last)}};
    return line;
}

HealthLine queue(const Work& work) {
    const auto queue = jobs::queue_state(work.db, work.now);
    return {.subject = "app.health.jobs",
            .said = "app.health.jobs_counts",
            .args = {{"waiting", std::to_string(queue.waiting)}, {"running", std::to_string(queue.running)}, {"dead", std::to_string(queue.dead)}},
            .verdict = queue.dead > 0 ? Verdict::Wrong : Verdict::Fine,
            .path = "/quan-tri/viec-nen"};
}

HealthLine mail(const Work& work) {
    const auto site = jobs::site_address(work.db);
    return {.subject = "app.health.mail",
            .said = site.empty() ? "app.health.mail_not_set" : "app.health.mail_set",
            .args = {{"site", site}},
            .verdict = site.empty() ? Verdict::Lacking : Verdict::Fine,
            .path = "/quan-tri/thu-dien-tu"};
}

/// Of the one that the settings name; what only `loa serve --tls-cert` names is not known here.
HealthLine certificate(const Work& work, const web::CertificateFiles& files) {
    HealthLine line{.subject = "app.health.certificate", .said = "app.health.certificate_good", .args = {{"file", files.certificate.string()}}};
    try {
        const Instant end = web::check_certificate(files, work.now);
        line.args.emplace_back("end", when(work, end));
        if (web::is_to_be_renewed(end, work.now)) {
            line.said = "app.health.certificate_late";
            line.verdict = Verdict::Wrong;
        }
    } catch (const Fault& fault) {
        line.said = "app.health.certificate_unusable";
        line.args.emplace_back("why", fault.what());
        line.verdict = Verdict::Wrong;
    }
    return line;
}

HealthLine files(const Work& work, const std::filesystem::path& root) {
    const bool writable = ::access(root.c_str(), W_OK | X_OK) == 0;
    std::error_code unknown;
    const auto space = std::filesystem::space(root, unknown);
    const std::uintmax_t free = unknown ? 0 : space.available;
    HealthLine line{.subject = "app.health.files",
                    .said = "app.health.files_fine",
                    .args = {{"folder", root.string()}, {"free", i18n::file_size(work.language, static_cast<std::int64_t>(free))}},
                    .path = "/quan-tri/luu-tru"};
    if (writable && free >= kLeastFree) return line;
    line.said = writable ? "app.health.files_full" : "app.health.files_unwritable";
    line.verdict = Verdict::Wrong;
    return line;
}

/// With other keys than those it was sealed with, what is sealed cannot be opened, and who needs it hears only that it is wrong.
std::optional<HealthLine> sealed_values(const Registry& registry, const Work& work) {
    const auto& all = registry.all<storage::SealedValues>();
    if (all.empty()) return std::nullopt;
    const auto keys = keys_in(registry);
    std::vector<std::string> unreadable;
    for (const auto& each : all)
        if (const auto count = each.unreadable(work, *keys); count > 0)
            unreadable.push_back(i18n::translate(work.language, each.what) + ": " + i18n::number(work.language, count));
    HealthLine line{.subject = "app.health.keys", .said = "app.health.keys_fine"};
    if (unreadable.empty()) return line;
    line.said = "app.health.keys_other";
    line.args = {{"what", joined(unreadable, "; ")}};
    line.verdict = Verdict::Wrong;
    return line;
}

/// What is absent is no fault: the import page says what to install when such a file comes.
HealthLine reader(const formats::OtherProgram& program) {
    return {.subject = program.reads,
            .said = program.present ? "app.health.read_by" : "app.health.not_read",
            .args = {{"program", program.name}, {"package", program.package}},
            .verdict = program.present ? Verdict::Fine : Verdict::Lacking};
}

}  // namespace

std::vector<HealthLine> health(const Registry& registry, const Work& work) {
    std::vector<HealthLine> lines{{.subject = "app.health.database", .said = "app.health.database_fine"}};
    if (auto line = sealed_values(registry, work)) lines.push_back(*std::move(line));
    lines.push_back(backups(work));
    lines.push_back(queue(work));
    lines.push_back(mail(work));
    for (const auto& each : registry.all<web::CertificateFiles>()) lines.push_back(certificate(work, each));
    lines.push_back(files(work, media::file_store(registry)->root()));
    for (const auto& program : formats::other_programs()) lines.push_back(reader(program));
    const bool pictures = media::renditions_are_made();
    lines.push_back({.subject = "app.health.pictures",
                     .said = pictures ? "app.health.pictures_made" : "app.health.pictures_not_made",
                     .verdict = pictures ? Verdict::Fine : Verdict::Lacking});
    return lines;
}

}  // namespace loa::app
