#include "timeline_quiet.h"

#include <any>
#include <utility>

#include "loa/base/check.h"
#include "loa/base/log.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"

namespace loa::identity {

namespace {
constexpr std::int64_t kHour = 3600 * 1000;
constexpr std::size_t kMostOfAnHour = 10'000;

Result<> record_acts(Work& work, const jobs::Job& job) {
    for (const auto& act : std::any_cast<const std::vector<QuietActs::Act>&>(job.outcome)) {
        Work inside = work;
        inside.now = act.at;
        inside.authority = act.authority;
        inside.actor = {.person = act.person, .name = {}, .system = false, .grants = {}, .acting_for = act.acting_for};
        record(inside, {"identity.person", act.authority, act.person}, act.event, {{"route", "", act.route}});
    }
    return Done{};
}
}  // namespace

void QuietActs::note(const Work& work, std::string_view event, std::string_view route) {
    const std::lock_guard lock(mutex_);
    if (const auto hour = work.now.milliseconds / kHour; hour != hour_) {
        hour_ = hour;
        seen_.clear();
    }
    // Nobody comes here by hand this often: what a program asks for ten thousand times is in the log of requests.
    if (seen_.size() >= kMostOfAnHour) return;
    if (!seen_.insert({work.authority, work.actor.person, std::string(event), std::string(route)}).second) return;
    waiting_.push_back({work.authority, work.actor.person, work.actor.acting_for, std::string(event), std::string(route), work.now});
    if (seen_.size() == kMostOfAnHour) log(Level::Warning, "identity.quiet_acts_full");
}

bool QuietActs::empty() const {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
}

std::vector<QuietActs::Act> QuietActs::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

void note_reading(const Registry& registry, const Work& work, std::string_view page) {
    const auto& quiet = registry.all<std::shared_ptr<QuietActs>>();
    LOA_CHECK(quiet.size() == 1);  // join() put it there
    quiet.front()->note(work, "identity.personal_read", "GET " + std::string(page));
}

std::shared_ptr<QuietActs> add_timeline_jobs(Registry& registry) {
    const auto quiet = std::make_shared<QuietActs>();
    registry.add(quiet);
    // Taken outside: the transaction may be repeated, and must find the same acts again.
    registry.add(jobs::JobKind{.name = "identity.record_quiet_acts",
                               .handler = record_acts,
                               .outside = [quiet](const jobs::Job&, web::Services&) -> Result<std::any> { return std::any(quiet->take()); }});
    registry.add(jobs::Schedule{.name = "identity.record_quiet_acts",
                                .job_kind = "identity.record_quiet_acts",
                                .every_seconds = 30,
                                .where = jobs::Schedule::Where::EveryProcess,
                                .wanted = [quiet](Work&) { return !quiet->empty(); }});
    registry.add(jobs::JobWitness{[](Work& work, Id job, std::string_view kind, std::string_view event) {
        record(work, {"jobs.job", work.authority, job}, event, {{"kind", "", std::string(kind)}});
    }});
    return quiet;
}

}  // namespace loa::identity
