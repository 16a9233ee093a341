// Who may do what: roles on one side, verbs of the slices on the other, one table between them.
//
//     inline constexpr identity::Verb kIssuePlan{
//         "plan.issue", {{Role::OfficeHead, Scope::Subtree}, {Role::Leader, Scope::Authority}}, "plan.verb.issue"};
//     registry.add(kIssuePlan);                                      // in join(): for routes, docs and tests
//     if (!may_in_unit(work, kIssuePlan, unit)) return forbidden();  // in the action
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// What a person is in a unit (Grant::role holds the code). A person may hold several.
enum class Role {
    Clerk,          // cán bộ, công chức của đơn vị
    OfficeHead,     // trưởng đơn vị
    Leader,         // lãnh đạo UBND
    Editor,         // biên tập (tin, bài, cổng thông tin)
    Finance,        // tài chính: appraises estimates
    Administrator,  // quản trị: units, people, settings
    Auditor         // kiểm tra: reads everything, the timeline too, and changes nothing
};
inline constexpr Role kRoles[] = {Role::Clerk,   Role::OfficeHead,    Role::Leader, Role::Editor,
                                  Role::Finance, Role::Administrator, Role::Auditor};

/// What Grant::role holds for an administrator whose second factor is off (loa/identity/second_factor.h): no role at all.
inline constexpr std::string_view kRestingAdministrator = "resting_administrator";

/// "clerk", "office_head", "leader", "editor", "finance", "administrator", "auditor"; the translation key of
/// its name is "identity.role.<code>".
std::string_view code(Role role);
std::optional<Role> role_from(std::string_view code);

/// How far from the unit of a membership a role reaches; each holds the ones before it.
enum class Scope {
    OwnUnit,   // this very unit
    Subtree,   // and what is below it in the tree
    Authority  // every unit of the authority, and what belongs to none
};
inline constexpr Scope kScopes[] = {Scope::OwnUnit, Scope::Subtree, Scope::Authority};
/// "own_unit", "subtree", "authority"; the translation key of its name is "identity.scope.<code>".
std::string_view code(Scope scope);
std::optional<Scope> scope_from(std::string_view code);

/// Who may, and how far: one row of the table verb × role × scope.
class RoleScopes {
  public:
    struct Entry {
        Role role;
        Scope scope;
    };
    constexpr RoleScopes(std::initializer_list<Entry> entries) {
        for (const auto& [role, scope] : entries)
            held_[static_cast<std::size_t>(role)] = static_cast<std::uint8_t>(1 + static_cast<unsigned>(scope));
    }
    constexpr std::optional<Scope> of(Role role) const {
        const auto held = held_[static_cast<std::size_t>(role)];
        return held == 0 ? std::nullopt : std::optional(static_cast<Scope>(held - 1));
    }

  private:
    std::array<std::uint8_t, std::size(kRoles)> held_{};  // 0: not at all
};

/// Something a person can be allowed to do; a constant of the slice that owns it, registered in its join().
struct Verb {
    std::string_view name;         // "<module>.<verb>": what web::Route::verb and NavigationEntry::verb hold
    RoleScopes roles;              // who may, by membership; a membership may reach less far, never farther
    std::string_view description;  // translation key of "ban hành kế hoạch"
};

/// Does one of the actor's grants hold the verb, in whatever unit? For what is shown, and for what concerns no unit.
/// The system may everything, a stranger nothing. Reads no database.
bool may(const Work& work, const Verb& verb);

/// Does one of them hold it for the whole authority? Reads no database.
bool may_throughout(const Work& work, const Verb& verb);

/// As may(), for this unit of the acting authority: a grant must reach it. A unit that does not exist, or is another
/// authority's, gives false.
bool may_in_unit(const Work& work, const Verb& verb, Id unit);
/// How far her grants go from this unit on: what she may hand on there. Nothing where may_in_unit() says no.
std::optional<Scope> reach_in_unit(const Work& work, const Verb& verb, Id unit);
/// Throughout, or for this unit; so that who holds it throughout is told that a unit does not exist, and others are not.
bool may_throughout_or_in(const Work& work, const Verb& verb, std::optional<Id> unit);

/// The units that are open today where may_in_unit() says yes.
std::vector<Id> units_where_may(const Work& work, const Verb& verb);

/// The registered verb of that name; a name that nobody registered is our own mistake (Fault).
const Verb& verb_by_name(const Registry& registry, std::string_view name);

/// Every registered verb against every role, by verb name: the table of the manual and of the tests.
/// A name registered twice is our own mistake (Fault).
struct PermissionRow {
    std::string verb;
    std::string description;                   // translation key
    std::vector<std::optional<Scope>> scopes;  // in the order of kRoles; none: not allowed
};
std::vector<PermissionRow> permission_table(const Registry& registry);

}  // namespace loa::identity
