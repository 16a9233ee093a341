#include "loa/identity/timeline.h"

#include <algorithm>

#include "loa/identity/permissions.h"
#include "timeline_text.h"
#include "tokens.h"
#include "verbs.h"

namespace loa::identity {

namespace {
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
            .block = row.optional_number("block")};
}

std::vector<TimelineLine> lines_of(const storage::Rows& rows) {
    std::vector<TimelineLine> lines;
    for (const auto& row : rows) lines.push_back(line_of(row));
    return lines;
}
}  // namespace

Id record(Work& work, const Ref& subject, std::string_view event, const std::vector<Change>& changes,
          const std::vector<Change>& personal) {
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

std::vector<TimelineLine> timeline_of(const Work& work, const Ref& subject, int limit) {
    return lines_of(work.db.query("identity.lines_of_subject",
                                  {work.authority, subject.kind, subject.authority, subject.id, limit}));
}

std::vector<TimelineLine> timeline_lines(const Work& work, const TimelineFilter& filter) {
    storage::ListRequest request{{}, "newest", filter.limit, filter.offset};
    if (filter.person) request.filters.emplace_back("person", *filter.person);
    if (!filter.event_prefix.empty()) request.filters.emplace_back("event", filter.event_prefix + "%");
    if (filter.from) request.filters.emplace_back("from", start_of(*filter.from));
    if (filter.to) request.filters.emplace_back("until", start_of(filter.to->plus_days(1)));
    return lines_of(work.db.list("identity.timeline_lines", {work.authority}, request));
}

Result<> erase_personal(Work& work, Id line) {
    if (!may_throughout(work, kErasePersonal)) return forbidden();
    if (work.db.run("identity.erase_personal", {work.authority, line}) == 0) return not_found();
    record(work, {"identity.timeline_line", work.authority, line}, "identity.personal_erased");
    return Done{};
}

}  // namespace loa::identity
