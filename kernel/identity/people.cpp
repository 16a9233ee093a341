#include "loa/identity/people.h"

#include <algorithm>
#include <map>

#include "loa/base/text.h"
#include "loa/i18n/collation.h"
#include "people_rows.h"

namespace loa::identity {

namespace {
struct Placed {
    Membership membership;
    std::int64_t unit_position;
};

/// A scope that this program doesn't know reaches nowhere (permissions.cpp); here it is shown as the least there is.
std::optional<Scope> scope_in(const storage::Row& row) {
    const auto text = row.optional_text("scope");
    return text ? std::optional(scope_from(*text).value_or(Scope::OwnUnit)) : std::nullopt;
}

std::vector<Placed> placed(const storage::Rows& rows) {
    std::vector<Placed> found;
    for (const auto& row : rows) {
        // A role that this program doesn't know gives its holder nothing here either.
        const auto role = role_from(row.text("role"));
        if (!role) continue;
        found.push_back({{.id = row.id("id"),
                          .person = row.id("person_id"),
                          .person_name = row.text("person_name"),
                          .unit = row.id("unit_id"),
                          .unit_name = row.text("unit_name"),
                          .role = *role,
                          .position = row.text("position"),
                          .valid_from = row.date("valid_from"),
                          .valid_to = row.optional_date("valid_to"),
                          .scope = scope_in(row)},
                         row.number("unit_position")});
    }
    return found;
}

std::vector<Membership> by_unit(std::vector<Placed> found) {
    std::sort(found.begin(), found.end(), [](const Placed& a, const Placed& b) {
        if (a.unit_position != b.unit_position) return a.unit_position < b.unit_position;
        if (const int order = i18n::compare(a.membership.unit_name, b.membership.unit_name)) return order < 0;
        if (const int order = i18n::compare(a.membership.person_name, b.membership.person_name))
            return order < 0;
        return a.membership.id < b.membership.id;
    });
    std::vector<Membership> memberships;
    for (Placed& each : found) memberships.push_back(std::move(each.membership));
    return memberships;
}

int rank(Role role) {
    if (role == Role::Leader) return 0;
    return role == Role::OfficeHead ? 1 : 2;
}

/// For "like … escape '\'": what a person types is text, not a pattern.
std::string containing(std::string_view search) {
    std::string pattern = "%";
    for (const char each : fold(search)) {
        if (each == '%' || each == '_' || each == '\\') pattern += '\\';
        pattern += each;
    }
    return pattern + "%";
}
}  // namespace

Person person_of(const storage::Row& row) {
    return {.id = row.id("id"),
            .name = row.text("name"),
            .sign_in_name = row.text("sign_in_name"),
            .active = row.flag("active"),
            .home_authority = row.id("home_authority_id"),
            .email = row.optional_text("email").value_or(""),
            .email_confirmed = row.optional_instant("email_confirmed_at").has_value(),
            .version = row.number("version")};
}

std::string normal_sign_in_name(std::string_view typed) {
    return lower(trimmed(typed));
}

std::optional<Person> person_by_id(const Work& work, Id person) {
    const auto row = work.db.one("identity.person_here", {work.authority, person});
    return row ? std::optional(person_of(*row)) : std::nullopt;
}

std::optional<Person> person_by_sign_in_name(const Work& work, std::string_view sign_in_name) {
    const auto row = work.db.one("identity.person_by_sign_in_name", {normal_sign_in_name(sign_in_name)});
    return row ? std::optional(person_of(*row)) : std::nullopt;
}

std::vector<Membership> memberships_on(const Work& work, Date day) {
    return by_unit(placed(work.db.query("identity.memberships_on", {work.authority, day})));
}

std::vector<Membership> memberships_of_person(const Work& work, Id person, Date day) {
    return by_unit(placed(work.db.query("identity.memberships_of_person", {work.authority, day, person})));
}

std::vector<Membership> current_and_coming_memberships(const Work& work, Id person) {
    return by_unit(placed(work.db.query("identity.memberships_of_person_from", {work.authority, work.today(), person})));
}

std::vector<Membership> people_of_unit(const Work& work, Id unit) {
    auto people =
        by_unit(placed(work.db.query("identity.memberships_of_unit", {work.authority, work.today(), unit})));
    std::stable_sort(people.begin(), people.end(),
                     [](const auto& a, const auto& b) { return rank(a.role) < rank(b.role); });
    return people;
}

std::vector<Id> own_units(const Work& work) {
    std::vector<Id> units;
    for (const Grant& grant : work.actor.grants)
        if (std::find(units.begin(), units.end(), grant.unit) == units.end()) units.push_back(grant.unit);
    return units;
}

std::vector<PersonLine> people_list(const Work& work, std::string_view search, int limit, int offset) {
    std::map<Id, std::vector<Membership>> held;
    for (Membership& membership : memberships_on(work, work.today()))
        held[membership.person].push_back(std::move(membership));
    std::vector<PersonLine> lines;
    for (const auto& row :
         work.db.query("identity.people", {work.authority, containing(search), limit, offset})) {
        const Person person = person_of(row);
        lines.push_back({person, held[person.id]});
    }
    return lines;
}

}  // namespace loa::identity
