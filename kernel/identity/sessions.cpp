// Sessions after the sign-in, and the Work that one gives.
#include <algorithm>

#include "loa/identity/authorities.h"
#include "loa/identity/permissions.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/timeline.h"
#include "loa/identity/work.h"
#include "session_use.h"
#include "tokens.h"

namespace loa::identity {

namespace {
storage::Values key_of_grants(Id authority, Id person, const Work& work) {
    return {authority, person, work.today()};
}

std::vector<Grant> grants_of(const Work& work, Id person) {
    std::vector<Grant> grants;
    for (const auto& row : work.db.query("identity.grants", key_of_grants(work.authority, person, work)))
        grants.push_back({row.id("unit_id"), row.text("role"), row.optional_text("scope").value_or("")});
    return grants;
}

/// The keys of the house open nothing before the second factor is on: until then the role has a name that holds nothing.
/// Sessions from before it was on have ended, so whoever comes with one has shown it.
void rest_keys(const Work& work, Id person, std::vector<Grant>& grants) {
    const auto is_key = [](const Grant& grant) { return grant.role == code(Role::Administrator); };
    if (std::none_of(grants.begin(), grants.end(), is_key)) return;
    if (second_factor_of(work, person) == SecondFactor::On) return;
    if (const auto authority = authority_by_id(work, work.authority); authority && authority->demonstration) return;
    for (Grant& grant : grants)
        if (is_key(grant)) grant.role = kRestingAdministrator;
}

/// Acts with the other's grants while the deputyship lasts; after its last day as oneself again. The keys of the
/// house are not lent: an administrator signs in with a second factor of his own.
void act_by(Work& work, Id deputyship) {
    const auto row = work.db.one("identity.deputyship_in_force", {work.authority, deputyship, work.actor.person, work.today()});
    if (!row) return;
    auto lent = grants_of(work, row->id("principal_id"));
    std::erase_if(lent, [](const Grant& grant) { return grant.role == code(Role::Administrator); });
    if (lent.empty()) return;
    work.actor.acting_for = row->id("principal_id");
    work.actor.acting_for_name = row->text("principal_name");
    work.actor.grants = std::move(lent);
}

bool is_alive(const storage::Row& session, Instant now) {
    return session.flag("active") && now < session.instant("created_at").plus_seconds(kSessionSeconds) &&
           now < session.instant("seen_at").plus_seconds(kSessionIdleSeconds);
}

std::optional<storage::Row> living_session(const Work& work, std::string_view token) {
    if (token.empty()) return std::nullopt;
    auto row = work.db.one("identity.session", {token_hash(token)});
    return row && is_alive(*row, work.now) ? std::move(row) : std::nullopt;
}
}  // namespace

std::optional<Session> session_by_token(const Work& work, std::string_view token) {
    const auto row = living_session(work, token);
    if (!row) return std::nullopt;
    return Session{row->id("person_id"), row->id("acting_authority_id"), row->instant("created_at"),
                   row->instant("seen_at")};
}

void read_grants_in_case(const Work& work, const SessionUse::Use& last) {
    work.db.read_in_case("identity.grants", key_of_grants(last.authority, last.person, work));
}

bool sign_in_work(Work& work, std::string_view token) {
    const auto row = living_session(work, token);
    if (!row) return false;
    Work inside = work;
    inside.authority = row->id("acting_authority_id");
    auto grants = grants_of(inside, row->id("person_id"));
    if (grants.empty()) return false;  // no membership there any more
    rest_keys(inside, row->id("person_id"), grants);
    work.authority = inside.authority;
    work.actor = {.person = row->id("person_id"), .name = row->text("name"), .grants = std::move(grants)};
    if (const auto deputyship = row->optional_id("deputyship_id")) act_by(work, *deputyship);
    return true;
}

Result<> sign_out(Work& work, std::string_view token) {
    if (work.db.run("identity.end_session", {token_hash(token)}) > 0 && work.actor.signed_in())
        record(work, {"identity.person", work.authority, work.actor.person}, "identity.signed_out");
    return Done{};
}

Result<> sign_out_everywhere(Work& work, std::string_view except_token) {
    if (!work.actor.signed_in()) return forbidden();
    work.db.run("identity.end_sessions_of_person", {work.actor.person, token_hash(except_token)});
    record(work, {"identity.person", work.authority, work.actor.person}, "identity.signed_out_everywhere");
    return Done{};
}

Result<> end_own_session(Work& work, std::string_view name) {
    if (!work.actor.signed_in()) return forbidden();
    if (work.db.run("identity.end_session_of_person", {work.actor.person, name}) == 0) return not_found();
    record(work, {"identity.person", work.authority, work.actor.person}, "identity.session_ended");
    return Done{};
}

Result<> choose_authority(Work& work, std::string_view token, Id authority) {
    const auto row = living_session(work, token);
    if (!row || row->id("person_id") != work.actor.person) return forbidden();
    Work there = work;
    there.authority = authority;
    if (grants_of(there, work.actor.person).empty()) return forbidden();
    work.db.run("identity.set_session_authority", {token_hash(token), authority});
    record(there, {"identity.person", authority, work.actor.person}, "identity.authority_chosen");
    return Done{};
}

std::vector<SessionLine> own_sessions(const Work& work, std::string_view token) {
    const std::string current = token_hash(token);
    std::vector<SessionLine> lines;
    for (const auto& row : work.db.query("identity.sessions_of_person",
                                         {work.actor.person, work.now.plus_seconds(-kSessionSeconds),
                                          work.now.plus_seconds(-kSessionIdleSeconds)}))
        lines.push_back({row.text("token_hash"), row.instant("created_at"), row.instant("seen_at"), row.text("address"),
                         row.text("agent"), row.text("token_hash") == current});
    return lines;
}

Result<Work> work_for_person(storage::Transaction& db, IdSource& ids, Instant now, Id person, Id authority) {
    Work work{.db = db, .ids = ids, .now = now, .authority = authority, .actor = {}, .request_id = {}};
    const auto row = db.one("identity.person", {person});
    if (!row) return not_found();
    work.actor = {.person = person, .name = row->text("name"), .grants = grants_of(work, person)};
    if (!row->flag("active") || work.actor.grants.empty()) return forbidden();
    return work;
}

}  // namespace loa::identity
