// /quan-tri/viec-nen for administrators, /viec-nen for who waits for a long job.
#include "pages_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "job_view.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/acts.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/watch.h"
#include "loa/web/route.h"

namespace loa::jobs {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 50;
constexpr int kLookAgainSeconds = 3;
constexpr std::string_view kJobsPath = "/quan-tri/viec-nen";
constexpr std::string_view kOwnPath = "/viec-nen";
/// Identity's, which stands after this library.
constexpr std::string_view kManage = "identity.manage_settings";
constexpr std::array<std::string_view, 4> kStates{"waiting", "running", "retrying", "dead"};

struct Asked {
    JobFilter filter;
    bool installation = false;  // the jobs of no authority: schedules
    int page = 1;
};

bool is_name(const std::string& text) {
    return text.size() <= 100 && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string::npos;
}

Asked asked(const Request& request) {
    Asked asked;
    const std::string kind = request.query.text("kind"), state = request.query.text("state");
    if (is_name(kind)) asked.filter.kind = kind;
    if (std::find(kStates.begin(), kStates.end(), state) != kStates.end()) asked.filter.state = state;
    asked.installation = request.query.text("of") == "installation";
    asked.page = static_cast<int>(std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, 10'000));
    asked.filter.limit = kPerPage + 1;  // one more than fits tells whether there is a next page
    asked.filter.offset = (asked.page - 1) * kPerPage;
    return asked;
}

std::string address(const Asked& asked, int page) {
    return fmt::format("{}?of={}&kind={}&state={}&trang={}", kJobsPath, asked.installation ? "installation" : "",
                       asked.filter.kind, asked.filter.state, page);
}

std::vector<View> kind_choices(const Registry& registry, const std::string& chosen, Language language) {
    std::vector<std::pair<std::string, std::string>> kinds;
    for (const auto& kind : registry.all<JobKind>()) kinds.emplace_back(kind_text(language, kind.name), kind.name);
    std::sort(kinds.begin(), kinds.end());
    std::vector<View> views;
    for (const auto& [text, name] : kinds) views.push_back(View().set("name", name).set("text", text).flag("chosen", name == chosen));
    return views;
}

std::vector<View> state_choices(const Work& work, const std::string& chosen) {
    const auto counts = jobs_by_state(work);
    std::vector<View> views;
    for (const auto state : kStates) {
        const std::string name(state);
        const auto count = counts.find(name);
        views.push_back(View().set("name", name).set("text", i18n::translate(work.language, fmt::format("jobs.state_{}", name)))
                            .set("count", count == counts.end() ? 0 : count->second).flag("chosen", name == chosen));
    }
    return views;
}

std::string rhythm(const Schedule& schedule, Language language) {
    if (schedule.daily_at)
        return i18n::translate(language, "jobs.rhythm_daily",
                               {{"time", fmt::format("{:02}:{:02}", schedule.daily_at->hour, schedule.daily_at->minute)}});
    const auto seconds = schedule.every_seconds;
    const auto [key, unit] = seconds % 3600 == 0 ? std::pair("jobs.rhythm_hours", 3600)
                             : seconds % 60 == 0 ? std::pair("jobs.rhythm_minutes", 60)
                                                 : std::pair("jobs.rhythm_seconds", 1);
    return i18n::translate(language, key, {{"n", std::to_string(seconds / unit)}});
}

View schedule_view(const ScheduleLine& line, Language language) {
    View view;
    view.set("what", kind_text(language, line.schedule.job_kind)).set("rhythm", rhythm(line.schedule, language));
    view.flag("everywhere", line.schedule.where == Schedule::Where::EveryProcess);
    if (line.last_at) view.set("last_at", line.last_at->vietnamese()).set("last_at_iso", line.last_at->iso());
    if (line.next_at) view.set("next_at", line.next_at->vietnamese()).set("next_at_iso", line.next_at->iso());
    return view;
}

Response show_jobs(const Request& request, Work& work, const Registry& registry) {
    const auto wanted = asked(request);
    Work seen = work;
    if (wanted.installation) seen.authority = Id{};
    auto lines = job_lines(seen, wanted.filter);
    const bool more = lines.size() > kPerPage;
    if (more) lines.pop_back();

    std::vector<View> views, schedules;
    bool moving = false;
    for (const auto& line : lines) {
        moving = moving || line.state == "running";
        views.push_back(job_view(line, work.language, registry).flag("ours", !wanted.installation));
    }
    for (const auto& line : schedule_lines(work, registry)) schedules.push_back(schedule_view(line, work.language));
    View view;
    view.flag("none", views.empty()).flag("filtered", !wanted.filter.kind.empty() || !wanted.filter.state.empty());
    view.flag("moving", moving).flag("installation", wanted.installation);
    view.set("jobs", std::move(views)).set("schedules", std::move(schedules));
    view.set("kinds", kind_choices(registry, wanted.filter.kind, work.language));
    view.set("states", state_choices(seen, wanted.filter.state));
    if (wanted.page > 1) view.set("newer_path", address(wanted, wanted.page - 1));
    if (more) view.set("older_path", address(wanted, wanted.page + 1));
    return web::show({"jobs/jobs", i18n::translate(work.language, "jobs.jobs"), std::move(view), ""});
}

Response show_own_jobs(const Request&, Work& work, const Registry& registry) {
    const auto own = own_jobs(work);
    const bool moving = std::any_of(own.begin(), own.end(), [](const JobLine& line) { return line.state != "dead"; });
    View view;
    view.set("own_jobs", own_jobs_view(work, registry));
    return web::show({.name = "jobs/own", .title = i18n::translate(work.language, "jobs.own_jobs"), .view = std::move(view),
                      .again_after_seconds = moving ? kLookAgainSeconds : 0});
}

struct Form {
    std::string_view back;                                   // where it leads
    Result<Done> (*act)(Work&, const Registry&, Id);
    std::string_view event;
};

web::Route form(std::string pattern, web::Access access, std::string_view verb, const Registry& registry, const Form& form) {
    return {.method = web::Method::Post, .pattern = std::move(pattern), .access = access, .verb = std::string(verb),
            .handler = [&registry, form](const Request& request, Work& work) {
                const auto done = form.act(work, registry, request.id());
                if (!done) return web::failed(done.failure());
                tell(registry, work, {"jobs.job", request.id(), form.event});
                return web::redirect(std::string(form.back));
            }};
}

}  // namespace

void add_job_pages(Registry& registry) {
    using web::Access, web::Method, web::Route;
    const auto page = [&registry](auto show) {
        return [&registry, show](const Request& request, Work& work) { return show(request, work, registry); };
    };
    registry.add(Route{Method::Get, std::string(kJobsPath), Access::Granted, std::string(kManage), page(show_jobs)});
    registry.add(form("/quan-tri/viec-nen/{id}/lam-lai", Access::Granted, kManage, registry, {kJobsPath, revive_job, "jobs.job_revived"}));
    registry.add(form("/quan-tri/viec-nen/{id}/bo", Access::Granted, kManage, registry, {kJobsPath, discard_job, "jobs.job_discarded"}));
    registry.add(form("/quan-tri/viec-nen/{id}/dung", Access::Granted, kManage, registry, {kJobsPath, cancel_job, "jobs.job_cancelled"}));
    registry.add(Route{Method::Get, std::string(kOwnPath), Access::SignedIn, "", page(show_own_jobs)});
    registry.add(form("/viec-nen/{id}/dung", Access::SignedIn, "", registry, {kOwnPath, cancel_own_job, "jobs.job_cancelled"}));
    registry.add(web::NavigationEntry{"identity.section", 870, "jobs.jobs", "tasks", std::string(kJobsPath), std::string(kManage)});
}

}  // namespace loa::jobs
