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

constexpr Codes<Scope, 3> kScopeCodes{
    {{Scope::OwnUnit, "own_unit"}, {Scope::Subtree, "subtree"}, {Scope::Authority, "authority"}}};

/// How far the grant holds the verb. A role that this program doesn't know (an older or a newer one wrote it) holds
/// nothing; nor does a reach that it doesn't know.
std::optional<Scope> reach(const Grant& grant, const Verb& verb) {
    const auto role = role_from(grant.role);
    const auto whole = role ? verb.roles.of(*role) : std::nullopt;
    if (!whole || grant.scope.empty()) return whole;
    const auto narrowed = scope_from(grant.scope);
    return narrowed ? std::optional(std::min(*whole, *narrowed)) : std::nullopt;
}

/// Empty where the unit does not exist, or is another authority's.
std::vector<Id> unit_and_those_above(const Work& work, Id unit) {
    std::vector<Id> chain;
    for (const auto& row : work.db.query("identity.unit_and_those_above", {work.authority, unit})) chain.push_back(row.id("id"));
    return chain;
}

/// Does one of the grants hold the verb for a subtree that holds the unit whose chain this is?
bool holds_subtree(const Work& work, const Verb& verb, const std::vector<Id>& chain) {
    return std::any_of(work.actor.grants.begin(), work.actor.grants.end(), [&](const Grant& grant) {
        return reach(grant, verb) == Scope::Subtree && std::find(chain.begin(), chain.end(), grant.unit) != chain.end();
    });
}

}  // namespace

std::string_view code(Role role) {
    return code_in(kCodes, role);
}
std::optional<Role> role_from(std::string_view code) {
    return from_code(kCodes, code);
}

std::string_view code(Scope scope) {
    return code_in(kScopeCodes, scope);
}
std::optional<Scope> scope_from(std::string_view code) {
    return from_code(kScopeCodes, code);
}

bool may(const Work& work, const Verb& verb) {
    if (work.actor.system) return true;
    return std::any_of(work.actor.grants.begin(), work.actor.grants.end(),
                       [&](const Grant& grant) { return reach(grant, verb).has_value(); });
}

bool may_throughout(const Work& work, const Verb& verb) {
    if (work.actor.system) return true;
    return std::any_of(work.actor.grants.begin(), work.actor.grants.end(),
                       [&](const Grant& grant) { return reach(grant, verb) == Scope::Authority; });
}

bool may_in_unit(const Work& work, const Verb& verb, Id unit) {
    bool farther = work.actor.system;
    for (const Grant& grant : work.actor.grants) {
        const auto scope = reach(grant, verb);
        if (scope && grant.unit == unit) return true;
        farther = farther || (scope && *scope > Scope::OwnUnit);
    }
    if (!farther) return false;
    const auto chain = unit_and_those_above(work, unit);
    return !chain.empty() && (may_throughout(work, verb) || holds_subtree(work, verb, chain));
}

std::optional<Scope> reach_in_unit(const Work& work, const Verb& verb, Id unit) {
    if (!may_in_unit(work, verb, unit)) return std::nullopt;
    if (may_throughout(work, verb)) return Scope::Authority;
    return holds_subtree(work, verb, unit_and_those_above(work, unit)) ? Scope::Subtree : Scope::OwnUnit;
}

bool may_throughout_or_in(const Work& work, const Verb& verb, std::optional<Id> unit) {
    return may_throughout(work, verb) || (unit && may_in_unit(work, verb, *unit));
}

std::vector<Id> units_where_may(const Work& work, const Verb& verb) {
    if (may_throughout(work, verb)) return unit_subtree(work, {root_unit(work)}, work.today());
    std::vector<Id> alone, tops;
    for (const Grant& grant : work.actor.grants)
        if (const auto scope = reach(grant, verb)) (*scope == Scope::OwnUnit ? alone : tops).push_back(grant.unit);
    auto units = unit_subtree(work, tops, work.today());
    for (const Unit& unit : units_by_ids(work, alone))
        if (unit.open_on(work.today()) && std::find(units.begin(), units.end(), unit.id) == units.end())
            units.push_back(unit.id);
    return units;
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
        for (const Role role : kRoles) row.scopes.push_back(verb.roles.of(role));
        rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.verb < b.verb; });
    const auto twice = std::adjacent_find(rows.begin(), rows.end(),
                                          [](const auto& a, const auto& b) { return a.verb == b.verb; });
    if (twice != rows.end()) throw Fault("the verb " + twice->verb + " is registered twice");
    return rows;
}

}  // namespace loa::identity
