#include "loa/identity/deputies.h"

#include <algorithm>

#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "messages.h"
#include "people_rows.h"
#include "tokens.h"
#include "verbs.h"

namespace loa::identity {

namespace {
constexpr int kLongestDays = 366;
constexpr std::size_t kLongestReason = 500;

Deputyship deputyship_of(const storage::Row& row) {
    return {.id = row.id("id"),
            .principal = row.id("principal_id"),
            .principal_name = row.text("principal_name"),
            .deputy = row.id("deputy_id"),
            .deputy_name = row.text("deputy_name"),
            .valid_from = row.date("valid_from"),
            .valid_to = row.date("valid_to"),
            .reason = row.text("reason")};
}

Ref ref_of(const Work& work, Id person) {
    return {"identity.person", work.authority, person};
}

bool has_something_to_lend(const Work& work, Id person, Date day) {
    const auto held = memberships_of_person(work, person, day);
    return std::any_of(held.begin(), held.end(), [](const Membership& each) { return each.role != Role::Administrator; });
}

bool may_appoint_for(const Work& work, Id principal) {
    if (work.actor.acting_for) return false;
    return principal == work.actor.person ? may(work, kAppointDeputy) : may_throughout(work, kAppointDeputy);
}

std::vector<Problem> problems_of(const Work& work, const AppointDeputy& input) {
    std::vector<Problem> problems;
    if (input.deputy == input.principal)
        problems.push_back({"deputy", "identity.deputy_is_principal", {}});
    else if (memberships_of_person(work, input.deputy, input.valid_from).empty())
        problems.push_back({"deputy", "identity.deputy_without_membership", {}});
    if (!has_something_to_lend(work, input.principal, input.valid_from))
        problems.push_back({"principal", "identity.nothing_to_lend", {}});
    if (input.last_day < input.valid_from || input.last_day < work.today())
        problems.push_back({"last_day", "identity.deputy_ends_too_early", {}});
    else if (input.valid_from.plus_days(kLongestDays) < input.last_day)
        problems.push_back({"last_day", "identity.deputy_too_long", {}});
    const auto reason = squeezed(input.reason);
    if (reason.empty()) problems.push_back({"reason", "identity.deputy_reason_missing", {}});
    if (length(reason) > kLongestReason) problems.push_back({"reason", "identity.deputy_reason_long", {}});
    return problems;
}

std::optional<Deputyship> deputyship_by_id(const Work& work, Id id) {
    const auto row = work.db.one("identity.deputyship", {work.authority, id});
    return row ? std::optional(deputyship_of(*row)) : std::nullopt;
}
}  // namespace

std::vector<Deputyship> deputyships(const Work& work) {
    std::vector<Deputyship> all;
    for (const auto& row : work.db.query("identity.deputyships", {work.authority, work.today()}))
        all.push_back(deputyship_of(row));
    return all;
}

std::vector<Id> with_deputies(const Work& work, const std::vector<Id>& persons) {
    std::vector<Id> all;
    const auto add = [&](Id person) {
        if (std::find(all.begin(), all.end(), person) == all.end()) all.push_back(person);
    };
    for (const Id person : persons) add(person);
    for (const Deputyship& each : deputyships(work))
        if (each.in_force_on(work.today()) && std::find(persons.begin(), persons.end(), each.principal) != persons.end())
            add(each.deputy);
    return all;
}

Result<Id> appoint_deputy(Work& work, const AppointDeputy& input) {
    if (!may_appoint_for(work, input.principal)) return forbidden();
    if (!person_by_id(work, input.principal) || !person_by_id(work, input.deputy)) return not_found();
    if (auto problems = problems_of(work, input); !problems.empty()) return invalid(std::move(problems));
    const Id id = work.new_id();
    const auto reason = squeezed(input.reason);
    work.db.run("identity.add_deputyship",
                {work.authority, id, input.principal, input.deputy, input.valid_from, input.last_day.plus_days(1), reason,
                 work.actor.person, work.now});
    const auto made = deputyship_by_id(work, id);
    record(work, ref_of(work, input.principal), "identity.deputy_appointed",
           {{"valid_from", "", input.valid_from.iso()}, {"last_day", "", input.last_day.iso()}},
           {{"deputy", "", made->deputy_name}, {"reason", "", reason}});
    jobs::notify(work, input.deputy, kAppointedMessage,
                 {.key = "identity.notice_deputy",
                  .args = {{"principal", made->principal_name},
                           {"from", input.valid_from.vietnamese()},
                           {"last_day", input.last_day.vietnamese()}},
                  .path = "/tai-khoan/thay-mat"});
    return id;
}

Result<> end_deputyship(Work& work, Id id) {
    const auto deputyship = deputyship_by_id(work, id);
    if (!deputyship) return not_found();
    const bool own = work.actor.person == deputyship->principal || work.actor.person == deputyship->deputy;
    if (!own && !may_appoint_for(work, deputyship->principal)) return forbidden();
    return close_deputyship(work, *deputyship);
}

Result<> close_deputyship(Work& work, const Deputyship& deputyship) {
    if (work.db.run("identity.end_deputyship", {work.authority, deputyship.id, work.today()}) == 0) return not_found();
    record(work, ref_of(work, deputyship.principal), "identity.deputy_ended",
           {{"last_day", deputyship.last_day().iso(), ""}}, {{"deputy", deputyship.deputy_name, ""}});
    return Done{};
}

Result<> take_place(Work& work, std::string_view token, Id id) {
    const auto row = work.db.one("identity.deputyship_in_force", {work.authority, id, work.actor.person, work.today()});
    if (!row || !work.actor.signed_in()) return forbidden();
    work.db.run("identity.set_session_deputyship", {token_hash(token), id});
    record(work, ref_of(work, row->id("principal_id")), "identity.place_taken");
    return Done{};
}

Result<> leave_place(Work& work, std::string_view token) {
    if (!work.actor.signed_in()) return forbidden();
    if (!work.actor.acting_for) return Done{};
    work.db.run("identity.set_session_deputyship", {token_hash(token), storage::Value{}});
    record(work, ref_of(work, work.actor.acting_for), "identity.place_left");
    return Done{};
}

}  // namespace loa::identity
