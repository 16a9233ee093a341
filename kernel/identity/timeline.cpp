#include "loa/identity/timeline.h"

#include <algorithm>

#include "loa/base/check.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/permissions.h"
#include "timeline_text.h"
#include "tokens.h"
#include "verbs.h"

namespace loa::identity {

namespace {
/// A line may be written, and so get its id, this much after its time: what waits in a process's memory, a repeated
/// transaction.
constexpr std::int64_t kLateSeconds = 3600;
constexpr std::int64_t kAddressSeconds = std::int64_t{365} * 24 * 3600;

/// No id made at that moment or later is below it.
Id first_id_at(Instant at) {
    FixedClock clock(at);
    return IdSource(0, clock).next();
}

TimelineLine line_of(const storage::Row& row) {
    const auto personal = row.optional_text("personal");
    return {.id = row.id("id"),
            .at = row.instant("at"),
            .person = row.id("person_id"),
            .person_name = row.optional_text("person_name").value_or(""),
            .acting_for = row.id("acting_for_id"),
            .acting_for_name = row.optional_text("acting_for_name").value_or(""),
            .event = row.text("event"),
            .subject = {row.text("subject_kind"), row.id("subject_authority_id"), row.id("subject_id")},
            .changes = changes_of(row.text("changes")),
            .personal = changes_of(personal.value_or("[]")),
            .erased = !row.text("personal_digest").empty() && !personal,
            .block = row.optional_number("block"),
            .changes_text = row.text("changes"),
            .personal_digest = row.text("personal_digest"),
            .block_hash = row.optional_text("block_hash").value_or(""),
            .block_previous_hash = row.optional_text("block_previous_hash").value_or("")};
}

std::vector<TimelineLine> lines_of(const storage::Rows& rows) {
    std::vector<TimelineLine> lines;
    for (const auto& row : rows) lines.push_back(line_of(row));
    return lines;
}
}  // namespace

Id record(Work& work, const Ref& subject, std::string_view event, const std::vector<Change>& said_changes,
          const std::vector<Change>& said_personal) {
    auto changes = said_changes, personal = said_personal;
    if (work.actor.link.id) {
        changes.push_back({std::string(kByLink), "", to_string(work.actor.link.id)});
        personal.push_back({std::string(kLinkHolder), "", work.actor.name});
    }
    const Id id = work.new_id();
    const std::string salt = personal.empty() ? "" : random_token();
    const std::string content = personal.empty() ? "" : text_of(personal);
    const std::string digest = personal.empty() ? "" : sha256(salt + content);
    work.db.run("identity.add_line", {work.authority, id, work.now, work.actor.person, event, subject.kind,
                                      subject.authority, subject.id, text_of(changes), digest,
                                      work.actor.acting_for});
    if (!personal.empty()) work.db.run("identity.add_personal", {work.authority, id, salt, content});
    return id;
}

std::string who_of(const Work& work, const TimelineLine& line) {
    if (line.person) return line.person_name;
    const auto named = [](const std::vector<Change>& changes, std::string_view field) {
        return std::find_if(changes.begin(), changes.end(), [&](const Change& change) { return change.field == field; });
    };
    if (named(line.changes, kByLink) == line.changes.end()) return "";
    const auto holder = named(line.personal, kLinkHolder);
    if (holder == line.personal.end()) return i18n::translate(work.language, "identity.by_link");
    return i18n::translate(work.language, "identity.by_link_of", {{"name", holder->after}});
}

std::vector<TimelineLine> timeline_of(const Work& work, const Ref& subject, int limit) {
    return lines_of(work.db.query("identity.lines_of_subject",
                                  {work.authority, subject.kind, subject.authority, subject.id, limit}));
}

std::vector<TimelineLine> timeline_lines(const Work& work, const TimelineFilter& filter) {
    storage::ListRequest request{{}, filter.above ? "oldest" : "newest", filter.limit, 0};
    const auto add = [&](const char* name, const storage::Value& value) { request.filters.emplace_back(name, value); };
    if (filter.person) add("person", *filter.person);
    if (!filter.event_prefix.empty()) add("event", filter.event_prefix + "%");
    if (!filter.subject_kind.empty()) add("subject_kind", filter.subject_kind);
    if (filter.subject) add("subject", *filter.subject);
    if (filter.unit) add("unit", *filter.unit);
    if (filter.from) add("from", start_of(*filter.from));
    if (filter.to) add("until", start_of(filter.to->plus_days(1)));
    // Lines stand in the order of their ids, and an id is made a moment after its line's time: so the days bound what is
    // read at all.
    Id above = filter.above.value_or(Id{}), below = filter.below.value_or(Id{});
    if (filter.from) above = std::max(above, first_id_at(start_of(*filter.from)));
    if (filter.to) {
        const Id last = first_id_at(start_of(filter.to->plus_days(1)).plus_seconds(kLateSeconds));
        below = below ? std::min(below, last) : last;
    }
    if (above) add("above", above);
    if (below) add("below", below);
    auto lines = lines_of(work.db.list("identity.timeline_lines", {work.authority}, request));
    if (filter.above) std::reverse(lines.begin(), lines.end());
    return lines;
}

Result<> erase_personal(Work& work, Id line) {
    if (!may_throughout(work, kErasePersonal)) return forbidden();
    if (work.db.run("identity.erase_personal", {work.authority, line}) == 0) return not_found();
    record(work, {"identity.timeline_line", work.authority, line}, "identity.personal_erased");
    return Done{};
}

bool erase_sign_in_addresses(Work& work, int most) {
    LOA_CHECK(work.actor.system);
    const Id last = work.db.one("identity.addresses_erased_to", {work.authority})->optional_id("line_id").value_or(Id{});
    const Id end = first_id_at(work.now.plus_seconds(-kAddressSeconds));
    const auto erased = work.db.query("identity.erase_addresses", {work.authority, last, end, most});
    if (erased.empty()) return false;
    Id newest;
    for (const auto& row : erased) newest = std::max(newest, row.id("line_id"));
    record(work, {"identity.timeline_line", work.authority, newest}, "identity.addresses_erased", {{"lines", "", std::to_string(erased.size())}});
    return true;
}

}  // namespace loa::identity
