#include "digest.h"

#include <boost/json.hpp>

#include "loa/jobs/queue.h"
#include "outbox.h"
#include "preferences.h"

namespace loa::jobs {

namespace {

constexpr std::string_view kPostDigests = "jobs.post_digests", kPostDigest = "jobs.post_digest";

/// Her hour has struck since the oldest of her news came. So a stroke that nobody heard is made up for, and what comes
/// behind it waits for the next day.
bool is_due(const storage::Row& row, Instant now) {
    const auto hour = static_cast<int>(row.optional_number("digest_hour").value_or(kDigestHour));
    return row.instant("oldest") < last_stroke(hour, now);
}

Result<Done> post_digests(Work& work, const Job&) {
    for (const auto& row : work.db.query("jobs.people_awaiting_digest")) {
        if (!is_due(row, work.now)) continue;
        const auto person = to_string(row.id("person_id"));
        enqueue(work, kPostDigest, boost::json::serialize(boost::json::object{{"person", person}}), {.unique_key = person});
    }
    return Done{};
}

/// One mail, whatever authorities the news are of; it stands in the outbox of the one that has the oldest.
Result<Done> post_digest(Work& work, const Job& job) {
    const auto person = parse_id(std::string_view(boost::json::parse(job.payload).at("person").as_string()));
    LOA_CHECK(person.has_value());
    const auto rows = work.db.query("jobs.notices_for_digest", {*person});
    if (rows.empty()) return Done{};
    Work inside = work;
    inside.authority = rows.front().id("authority_id");
    const Id mail = add_mail(inside, *person, kDigest, when_not_quiet(preferences_of(work, *person).quiet, work.now));
    for (const auto& row : rows) work.db.run("jobs.put_into_mail", {row.id("authority_id"), row.id("id"), mail});
    return Done{};
}

}  // namespace

void join_digest(Registry& registry) {
    registry.add(JobKind{.name = std::string(kPostDigests), .handler = post_digests});
    registry.add(JobKind{.name = std::string(kPostDigest), .handler = post_digest});
    registry.add(Schedule{.name = std::string(kPostDigests),
                          .job_kind = std::string(kPostDigests),
                          .every_seconds = 3600,
                          .wanted = [](Work& work) { return work.db.one("jobs.digest_waits")->number("waiting") > 0; }});
}

}  // namespace loa::jobs
