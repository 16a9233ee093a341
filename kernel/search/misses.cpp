#include "misses.h"

#include <algorithm>

#include "loa/base/text.h"
#include "loa/jobs/kind.h"
#include "loa/search/search.h"
#include "words.h"

namespace loa::search {

namespace {
constexpr std::size_t kMost = 2000;
constexpr std::size_t kLongest = 100;  // code points
constexpr int kTooManyDigits = 9;
constexpr std::int64_t kEverySeconds = 60;
}  // namespace

void Misses::note(const Work& work, std::string_view query) {
    const auto folded = shortened(joined(words_of(fold(query)), " "), kLongest);
    const auto digits = std::count_if(folded.begin(), folded.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (folded.size() < 2 || digits >= kTooManyDigits) return;
    const std::lock_guard lock(mutex_);
    const auto key = std::tuple(work.authority, work.today().iso(), folded);
    if (counts_.size() < kMost || counts_.contains(key)) ++counts_[key];
}

Misses::Counts Misses::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(counts_, {});
}

bool Misses::empty() const {
    const std::lock_guard lock(mutex_);
    return counts_.empty();
}

void join_misses(Registry& registry, std::shared_ptr<Misses> misses) {
    registry.add(jobs::JobKind{
        .name = "search.store_misses",
        .handler = [](Work& work, const jobs::Job& job) -> Result<Done> {
            for (const auto& [key, count] : std::any_cast<const Misses::Counts&>(job.outcome)) {
                const auto& [authority, day, query] = key;
                work.db.run("search.add_miss", {authority, day, query, count});
            }
            return Done{};
        },
        // Taken before the transaction, which may be run more than once.
        .outside = [misses](const jobs::Job&, web::Services&) -> Result<std::any> { return std::any(misses->take()); }});
    registry.add(jobs::Schedule{.name = "search.store_misses",
                                .job_kind = "search.store_misses",
                                .every_seconds = kEverySeconds,
                                .where = jobs::Schedule::Where::EveryProcess,
                                .wanted = [misses](Work&) { return !misses->empty(); }});
}

std::vector<Miss> misses(Work& work, Date from, Date to, int limit) {
    std::vector<Miss> list;
    for (const auto& row : work.db.query("search.misses", {work.authority, from, to, limit}))
        list.push_back({row.text("query"), row.number("count")});
    return list;
}

}  // namespace loa::search
