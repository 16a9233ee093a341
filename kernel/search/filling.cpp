#include "filling.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "loa/identity/authorities.h"
#include "loa/identity/work.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"
#include "loa/search/search.h"

namespace loa::search {

namespace {

constexpr const char* kFill = "search.fill";
constexpr std::int64_t kEverySeconds = 60, kLeaseSeconds = 900;

/// In Work::authority.
std::vector<SearchSource> never_filled(Work& work, const Registry& registry) {
    std::set<std::string> filled;
    for (const auto& row : work.db.query("search.fillings", {work.authority})) filled.insert(row.text("ref_kind"));
    std::vector<SearchSource> sources;
    for (const auto& source : registry.all<SearchSource>())
        if (!std::all_of(source.ref_kinds.begin(), source.ref_kinds.end(), [&](const auto& kind) { return filled.contains(kind); }))
            sources.push_back(source);
    return sources;
}

std::vector<Id> authorities_to_fill(Work& work, const Registry& registry) {
    std::vector<Id> found;
    for (const auto& authority : identity::authorities_on(work, work.today())) {
        Work inside = identity::system_work(work.db, work.ids, work.now, authority.id);
        if (!never_filled(inside, registry).empty()) found.push_back(authority.id);
    }
    return found;
}

/// For the installation: one job for each authority. For an authority: one source, so that others write before the next.
Result<Done> fill(Work& work, const jobs::Job& job, const Registry& registry) {
    if (!job.authority) {
        for (const Id authority : authorities_to_fill(work, registry)) {
            Work inside = identity::system_work(work.db, work.ids, work.now, authority);
            jobs::enqueue(inside, kFill, "{}", {.unique_key = kFill});
        }
        return Done{};
    }
    const auto sources = never_filled(work, registry);
    if (sources.empty()) return Done{};
    rebuild(work, sources.front());
    if (sources.size() > 1) jobs::enqueue(work, kFill, "{}", {.unique_key = kFill});
    return Done{};
}

}  // namespace

void join_filling(Registry& registry) {
    registry.add(jobs::JobKind{.name = kFill,
                               .handler = [&registry](Work& work, const jobs::Job& job) { return fill(work, job, registry); },
                               .lease_seconds = kLeaseSeconds,
                               .at_once = 1});
    registry.add(jobs::Schedule{.name = kFill,
                                .job_kind = kFill,
                                .every_seconds = kEverySeconds,
                                .wanted = [&registry](Work& work) { return !authorities_to_fill(work, registry).empty(); }});
}

}  // namespace loa::search
