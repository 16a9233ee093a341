// Who may do what: roles on one side, verbs of the slices on the other, one table between them.
//
//     inline constexpr identity::Verb kIssuePlan{"plan.issue", {identity::Role::Leader}, "plan.verb.issue"};
//     registry.add(kIssuePlan);                          // in join(): for routes, docs and tests
//     if (!may(work, kIssuePlan)) return forbidden();    // in the action
#pragma once

#include <cstdint>
#include <initializer_list>
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

/// "clerk", "office_head", "leader", "editor", "finance", "administrator", "auditor"; the translation key of
/// its name is "identity.role.<code>".
std::string_view code(Role role);
std::optional<Role> role_from(std::string_view code);

class RoleSet {
  public:
    constexpr RoleSet(std::initializer_list<Role> roles) {
        for (const Role role : roles) bits_ |= bit(role);
    }
    constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }

  private:
    static constexpr std::uint32_t bit(Role role) { return 1U << static_cast<unsigned>(role); }
    std::uint32_t bits_ = 0;
};

/// Something a person can be allowed to do; a constant of the slice that owns it, registered in its join().
struct Verb {
    std::string_view name;         // "<module>.<verb>": what web::Route::verb and NavigationEntry::verb hold
    RoleSet roles;                 // who may, by membership
    std::string_view description;  // translation key of "ban hành kế hoạch"
};

/// Does one of the actor's grants hold the verb, in whatever unit? The system may everything, a stranger
/// nothing. Reads no database.
bool may(const Work& work, const Verb& verb);

/// As may(), for this unit of the acting authority: the grant must be in the unit itself or in one above it
/// in the tree. A unit that does not exist, or is another authority's, gives false.
bool may_in_unit(const Work& work, const Verb& verb, Id unit);

/// The units that are open today where may_in_unit() says yes.
std::vector<Id> units_where_may(const Work& work, const Verb& verb);

/// Does the actor hold this role in this very unit or one above it?
bool has_role_in_unit(const Work& work, Role role, Id unit);

/// The registered verb of that name; a name that nobody registered is our own mistake (Fault).
const Verb& verb_by_name(const Registry& registry, std::string_view name);

/// Every registered verb against every role, by verb name: the table of the manual and of the tests.
/// A name registered twice is our own mistake (Fault).
struct PermissionRow {
    std::string verb;
    std::string description;    // translation key
    std::vector<bool> allowed;  // in the order of kRoles
};
std::vector<PermissionRow> permission_table(const Registry& registry);

}  // namespace loa::identity
