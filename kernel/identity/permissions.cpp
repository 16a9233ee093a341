#include "loa/identity/permissions.h"

#include <algorithm>

#include "codes.h"
#include "loa/base/fault.h"
#include "loa/identity/authorities.h"
#include "loa/identity/units.h"

namespace loa::identity {

namespace {
constexpr Codes<Role, 7> kCodes{{{Role::Clerk, "clerk"},
                                 {Role::OfficeHead, "office_head"},
                                 {Role::Leader, "leader"},
                                 {Role::Editor, "editor"},
                                 {Role::Finance, "finance"},
                                 {Role::Administrator, "administrator"},
                                 {Role::Auditor, "auditor"}}};

/// A role that this program doesn't know (an older or a newer one wrote it) holds nothing.
bool holds(const Grant& grant, const Verb& verb) {
    const auto role = role_from(grant.role);
    return role && verb.roles.has(*role);
}

template <class Wanted>
bool any_in_or_above(const Work& work, Id unit, Wanted&& wanted) {
    const auto& grants = work.actor.grants;
    if (std::none_of(grants.begin(), grants.end(), wanted)) return false;
    const auto in_the_unit = [&](const Grant& grant) { return grant.unit == unit && wanted(grant); };
    if (std::any_of(grants.begin(), grants.end(), in_the_unit)) return true;
    for (const auto& row : work.db.query("identity.unit_and_those_above", {work.authority, unit})) {
        const Id above = row.id("id");
        for (const Grant& grant : grants)
            if (grant.unit == above && wanted(grant)) return true;
    }
    return false;
}
}  // namespace

std::string_view code(Role role) {
    return code_in(kCodes, role);
}
std::optional<Role> role_from(std::string_view code) {
    return from_code(kCodes, code);
}

bool may(const Work& work, const Verb& verb) {
    if (work.actor.system) return true;
    return std::any_of(work.actor.grants.begin(), work.actor.grants.end(),
                       [&](const Grant& grant) { return holds(grant, verb); });
}

bool may_in_unit(const Work& work, const Verb& verb, Id unit) {
    if (work.actor.system)
        return !work.db.query("identity.unit_and_those_above", {work.authority, unit}).empty();
    return any_in_or_above(work, unit, [&](const Grant& grant) { return holds(grant, verb); });
}

std::vector<Id> units_where_may(const Work& work, const Verb& verb) {
    std::vector<Id> tops;
    for (const Grant& grant : work.actor.grants)
        if (holds(grant, verb)) tops.push_back(grant.unit);
    if (work.actor.system) tops.push_back(root_unit(work));
    return unit_subtree(work, tops, work.today());
}

bool has_role_in_unit(const Work& work, Role role, Id unit) {
    return any_in_or_above(work, unit, [&](const Grant& grant) { return grant.role == code(role); });
}

const Verb& verb_by_name(const Registry& registry, std::string_view name) {
    for (const Verb& verb : registry.all<Verb>())
        if (verb.name == name) return verb;
    throw Fault("no slice registered the verb " + std::string(name));
}

std::vector<PermissionRow> permission_table(const Registry& registry) {
    std::vector<PermissionRow> rows;
    for (const Verb& verb : registry.all<Verb>()) {
        PermissionRow row{std::string(verb.name), std::string(verb.description), {}};
        for (const Role role : kRoles) row.allowed.push_back(verb.roles.has(role));
        rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.verb < b.verb; });
    const auto twice = std::adjacent_find(rows.begin(), rows.end(),
                                          [](const auto& a, const auto& b) { return a.verb == b.verb; });
    if (twice != rows.end()) throw Fault("the verb " + twice->verb + " is registered twice");
    return rows;
}

}  // namespace loa::identity
