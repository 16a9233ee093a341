#include "loa/jobs/watch.h"

#include <algorithm>

#include "attempt.h"
#include "job_view.h"
#include "loa/i18n/catalogue.h"

namespace loa::jobs {

namespace {

constexpr Id kInstallation{};
constexpr int kOwnAtMost = 50;

JobLine line_of(const storage::Row& row) {
    return {.id = row.id("id"),
            .kind = row.text("kind"),
            .state = row.text("state"),
            .created_at = row.instant("created_at"),
            .due_at = row.instant("due_at"),
            .attempts = static_cast<int>(row.number("attempts")),
            .started_at = row.optional_instant("started_at"),
            .worker = row.optional_text("worker").value_or(""),
            .progress = progress_of(row),
            .cancelled = row.optional_instant("cancelled_at").has_value(),
            .reason = row.optional_text("reason").value_or(""),
            .problem = row.optional_text("problem").value_or(""),
            .died_at = row.optional_instant("died_at")};
}

std::vector<JobLine> lines_of(const storage::Rows& rows) {
    std::vector<JobLine> lines;
    for (const auto& row : rows) lines.push_back(line_of(row));
    return lines;
}

}  // namespace

std::vector<JobLine> job_lines(const Work& work, const JobFilter& filter) {
    storage::ListRequest request{{}, "newest", filter.limit, filter.offset};
    if (!filter.kind.empty()) request.filters.emplace_back("kind", filter.kind);
    if (!filter.state.empty()) request.filters.emplace_back("state", filter.state);
    return lines_of(work.db.list("jobs.jobs", {work.authority}, request));
}

std::vector<JobLine> own_jobs(const Work& work) {
    if (!work.actor.signed_in()) return {};
    return lines_of(work.db.list("jobs.jobs", {work.authority}, {{{"owner", work.actor.person}}, "newest", kOwnAtMost, 0}));
}

std::map<std::string, std::int64_t> jobs_by_state(const Work& work) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& row : work.db.query("jobs.jobs_by_state", {work.authority})) counts[row.text("state")] = row.number("jobs");
    return counts;
}

std::vector<ScheduleLine> schedule_lines(const Work& work, const Registry& registry) {
    std::map<std::string, ScheduleLine> lines;
    for (const auto& schedule : registry.all<Schedule>()) lines.emplace(schedule.name, ScheduleLine{schedule, {}, {}});
    for (const auto& row : work.db.query("jobs.schedules", {kInstallation})) {
        const auto found = lines.find(row.text("name"));
        if (found == lines.end() || found->second.schedule.where == Schedule::Where::EveryProcess) continue;
        found->second.last_at = row.optional_instant("last_at");
        found->second.next_at = row.instant("next_at");
    }
    std::vector<ScheduleLine> in_order;
    for (auto& [name, line] : lines) in_order.push_back(std::move(line));
    return in_order;
}

std::string kind_text(Language language, std::string_view kind) {
    std::string key(kind);
    const auto dot = std::min(key.find('.'), key.size());
    key.replace(dot, std::min<std::size_t>(1, key.size() - dot), ".job_");
    return i18n::Catalogue::embedded().text(language, key).value_or(std::string(kind));
}

web::View own_jobs_view(const Work& work, const Registry& registry) {
    std::vector<web::View> views;
    bool moving = false;
    for (const auto& line : own_jobs(work)) {
        moving = moving || line.state != "dead";
        views.push_back(job_view(line, work.language, registry));
    }
    web::View view;
    view.flag("moving", moving).flag("none", views.empty()).set("jobs", std::move(views));
    return view;
}

}  // namespace loa::jobs
