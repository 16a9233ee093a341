// Accounts and memberships begin, change and end.
#include <algorithm>

#include "loa/base/text.h"
#include "loa/i18n/collation.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/jobs/mail.h"
#include "people_rows.h"
#include "tokens.h"
#include "unit_rows.h"
#include "verbs.h"

namespace loa::identity {

namespace {
std::optional<Problem> problem_of_place(const Work& work, Id unit_id, Date day) {
    const auto unit = unit_by_id(work, unit_id);
    if (!unit) return Problem{"unit", "identity.no_such_unit", {}};
    if (!unit->open_on(day)) return Problem{"unit", "identity.unit_not_open", {{"name", unit->name}}};
    if (unit->outside()) return Problem{"unit", "identity.outside_body_has_no_accounts", {}};
    return std::nullopt;
}

bool is_address(std::string_view typed) {
    const auto address = squeezed(typed);
    return address.empty() || jobs::mail_address(address).has_value();
}

std::optional<std::string> address_of(std::string_view typed) {
    auto address = squeezed(typed);
    return address.empty() ? std::nullopt : std::optional(std::move(address));
}

std::vector<Problem> problems_of(const Work& work, const CreatePerson& input) {
    std::vector<Problem> problems;
    if (trimmed(input.name).empty()) problems.push_back({"name", "identity.person_name_missing", {}});
    if (!is_sign_in_name(normal_sign_in_name(input.sign_in_name)))
        problems.push_back({"sign_in_name", "identity.malformed_sign_in_name", {}});
    if (!is_address(input.email)) problems.push_back({"email", "identity.malformed_email", {}});
    if (auto problem = problem_of_place(work, input.unit, input.valid_from)) problems.push_back(*problem);
    if (input.valid_to && *input.valid_to <= input.valid_from) problems.push_back({"valid_to", "identity.ends_before_it_begins", {}});
    return problems;
}

/// The given name comes last, and lists of people are by given name; then the whole name for finding.
std::string search_key(std::string_view name, std::string_view sign_in_name) {
    return fold(name) + " " + std::string(sign_in_name);
}

Ref ref_of(const Work& work, Id person) {
    return {"identity.person", work.authority, person};
}

/// Nobody hands on more than she holds: who looks after a part of the tree gives roles that end with it.
std::optional<Scope> scope_given(const Work& work, Id unit, std::optional<Scope> asked) {
    const auto own = reach_in_unit(work, kManagePeople, unit).value_or(Scope::Authority);  // throughout: asked before
    return own == Scope::Authority ? asked : std::min(asked.value_or(own), own);
}

/// Does a membership of that kind end where the actor's own care does? A clerk and a head of an office work for their unit;
/// the other roles are for the whole authority where nobody narrowed them.
bool is_in_reach(const Work& work, Id unit, std::optional<Role> role, std::optional<Scope> scope) {
    const auto own = reach_in_unit(work, kManagePeople, unit);
    if (!own) return false;
    const bool of_the_unit = role == Role::Clerk || role == Role::OfficeHead;
    return *own == Scope::Authority || of_the_unit || (scope && *scope <= *own);
}

/// `never_was`: the same membership, ended on its first day, which is in the way of another row.
Id write_membership(Work& work, const AddMembership& input, std::optional<Id> never_was = std::nullopt) {
    const Id id = never_was ? *never_was : work.new_id();
    const auto scope = scope_given(work, input.unit, input.scope);
    const storage::Value narrowed = scope ? storage::Value(code(*scope)) : storage::Value();
    if (never_was)
        work.db.run("identity.renew_membership", {work.authority, id, squeezed(input.position), input.valid_to, narrowed});
    else
        work.db.run("identity.add_membership", {work.authority, id, input.person, input.unit, code(input.role),
                                                squeezed(input.position), input.valid_from, input.valid_to, narrowed});
    std::vector<Change> changes{{"unit", "", name_of_unit(work, {work.authority, input.unit})},
                                {"role", "", std::string(code(input.role))},
                                {"valid_from", "", input.valid_from.iso()}};
    if (input.valid_to) changes.push_back({"valid_to", "", input.valid_to->iso()});
    record(work, ref_of(work, input.person), "identity.membership_added", changes);
    return id;
}

/// The authority that made the account; once that is no more, any in which the person is.
bool looks_after(const Work& work, const Person& person) {
    if (work.actor.system || person.home_authority == work.authority) return true;
    const auto home = authority_by_id(work, person.home_authority);
    return home && home->valid_to && *home->valid_to <= work.today() &&
           !memberships_of_person(work, person.id, work.today()).empty();
}

/// The states of an account in the timeline, which value_text() words: "identity.account_in_use", "identity.account_stopped".
constexpr std::string_view kInUse = "in_use", kStopped = "stopped";

Result<> set_active(Work& work, Id id, int active, std::string_view event) {
    const auto person = person_in_our_care(work, id);
    if (!person) return person.failure();
    if (id == work.actor.person) return invalid("person", "identity.not_yourself");
    if (work.db.run("identity.set_person_active", {id, active}) == 0) return Done{};
    work.db.run("identity.end_sessions_of_person", {id, ""});
    record(work, ref_of(work, id), event, {{"account", std::string(active ? kStopped : kInUse), std::string(active ? kInUse : kStopped)}});
    return Done{};
}
}  // namespace

bool all_in_reach(const Work& work, const std::vector<Membership>& memberships) {
    return std::all_of(memberships.begin(), memberships.end(), [&](const Membership& each) { return is_in_reach(work, each.unit, each.role, each.scope); });
}

bool is_sign_in_name(std::string_view name) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-@";
    return name.size() >= 3 && name.size() <= 64 && name.find_first_not_of(allowed) == std::string_view::npos;
}

Result<Person> person_in_our_care(const Work& work, Id id) {
    if (!may(work, kManagePeople)) return forbidden();
    const auto person = person_by_id(work, id);
    if (!person) return not_found();
    if (!looks_after(work, *person)) return forbidden("identity.account_of_another_authority");
    // A new password for somebody who holds more would be that somebody's keys.
    if (!may_throughout(work, kManagePeople) && !all_in_reach(work, current_and_coming_memberships(work, id)))
        return forbidden("identity.person_beyond_reach");
    return *person;
}

Result<Id> create_person(Work& work, const CreatePerson& input) {
    if (!may_throughout_or_in(work, kManagePeople, input.unit)) return forbidden();
    if (auto problems = problems_of(work, input); !problems.empty()) return invalid(std::move(problems));
    const Id id = input.id ? input.id : work.new_id();
    const std::string name = squeezed(input.name);
    const std::string sign_in_name = normal_sign_in_name(input.sign_in_name);
    if (person_by_sign_in_name(work, sign_in_name)) return conflict("identity.sign_in_name_taken");
    work.db.run("identity.add_person",
                {id, name, sign_in_name, search_key(name, sign_in_name), work.authority, work.now, address_of(input.email)});
    const auto hash = input.password ? std::optional(input.password->text()) : std::nullopt;
    // Two at the same moment: the second one's insert finds the row and adds nothing.
    if (work.db.run("identity.add_credential", {sign_in_name, id, hash, work.now}) == 0)
        return conflict("identity.sign_in_name_taken");
    record(work, ref_of(work, id), "identity.person_created");
    write_membership(work, {id, input.unit, input.role, input.position, input.valid_from, input.valid_to, input.scope});
    return id;
}

Result<> change_person(Work& work, const ChangePerson& input) {
    const bool own = input.person == work.actor.person && !work.actor.acting_for;
    const auto before = own ? Result<Person>(person_by_id(work, input.person).value()) : person_in_our_care(work, input.person);
    if (!before) return before.failure();
    std::vector<Problem> problems;
    const auto name = squeezed(input.name);
    if (name.empty()) problems.push_back({"name", "identity.person_name_missing", {}});
    if (!is_address(input.email)) problems.push_back({"email", "identity.malformed_email", {}});
    if (!problems.empty()) return invalid(std::move(problems));
    const auto email = address_of(input.email);
    if (work.db.run("identity.change_person", {input.person, name, search_key(name, before->sign_in_name), email, input.version}) == 0)
        return conflict();
    record(work, ref_of(work, input.person), "identity.person_changed", {},
           {{"name", before->name, name}, {"email", before->email, email.value_or("")}});
    return Done{};
}

Result<Id> add_membership(Work& work, const AddMembership& input) {
    if (!may_throughout_or_in(work, kManagePeople, input.unit)) return forbidden();
    if (!work.db.one("identity.person", {input.person})) return not_found();
    if (auto problem = problem_of_place(work, input.unit, input.valid_from)) return invalid({*problem});
    if (input.valid_to && *input.valid_to <= input.valid_from)
        return invalid("valid_to", "identity.ends_before_it_begins");
    const auto same = work.db.one("identity.same_membership", {work.authority, input.person, input.unit,
                                                               code(input.role), input.valid_from});
    if (!same) return write_membership(work, input);
    const auto ended = same->optional_date("valid_to");
    // One that was held and is over stays as it was: the new one begins on a later day.
    if (ended && *ended != input.valid_from && *ended <= work.today()) return invalid("valid_from", "identity.role_was_held", {{"day", ended->vietnamese()}});
    if (ended != input.valid_from) return same->id("id");
    return write_membership(work, input, same->id("id"));
}

Result<> end_membership(Work& work, Id membership, Date valid_to) {
    if (!may(work, kManagePeople)) return forbidden();
    const auto row = work.db.one("identity.membership", {work.authority, membership});
    if (!row) return not_found();
    const Id unit = row->id("unit_id");
    const auto role = role_from(row->text("role"));
    const auto narrowed = row->optional_text("scope");
    const auto scope = narrowed ? scope_from(*narrowed) : std::nullopt;
    if (!may_in_unit(work, kManagePeople, unit)) return forbidden();
    if (!is_in_reach(work, unit, role, scope)) return forbidden("identity.person_beyond_reach");
    if (valid_to < row->date("valid_from")) return invalid("valid_to", "identity.ends_before_it_begins");
    const bool throughout = role == Role::Administrator && scope.value_or(Scope::Authority) == Scope::Authority;
    if (throughout && work.db.one("identity.count_of_administrators", {work.authority, work.today(), membership})->number("administrators") == 0)
        return conflict("identity.last_administrator");
    if (work.db.run("identity.end_membership", {work.authority, membership, valid_to}) == 0)
        return conflict("identity.ended_already");
    record(work, ref_of(work, row->id("person_id")), "identity.membership_ended",
           {{"unit", name_of_unit(work, {work.authority, unit}), ""},
            {"role", row->text("role"), ""},
            {"valid_to", "", valid_to.iso()}});
    return Done{};
}

Result<> set_password(Work& work, Id person, const PasswordHash& password, std::string_view kept_token) {
    std::string sign_in_name;
    if (person == work.actor.person) {
        sign_in_name = work.db.one("identity.person", {person})->text("sign_in_name");
    } else {
        const auto found = person_in_our_care(work, person);
        if (!found) return found.failure();
        sign_in_name = found->sign_in_name;
    }
    work.db.run("identity.set_password_hash", {sign_in_name, password.text(), work.now});
    work.db.run("identity.end_sessions_of_person", {person, token_hash(kept_token)});
    work.db.run("identity.forget_devices_of_person", {person});
    record(work, ref_of(work, person), "identity.password_set");
    return Done{};
}

Result<> deactivate_person(Work& work, Id person) {
    return set_active(work, person, 0, "identity.person_deactivated");
}

Result<> reactivate_person(Work& work, Id person) {
    return set_active(work, person, 1, "identity.person_reactivated");
}

}  // namespace loa::identity
