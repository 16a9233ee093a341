// Identity's own verbs.
#pragma once

#include "loa/identity/permissions.h"

namespace loa::identity {

inline constexpr Verb kManageUnits{
    "identity.manage_units", {{Role::Administrator, Scope::Authority}}, "identity.verb.manage_units"};
inline constexpr Verb kAddAlias{"identity.add_alias",
                                {{Role::Clerk, Scope::Authority},
                                 {Role::OfficeHead, Scope::Authority},
                                 {Role::Leader, Scope::Authority},
                                 {Role::Administrator, Scope::Authority}},
                                "identity.verb.add_alias"};
/// Accounts, memberships, deputies.
inline constexpr Verb kManagePeople{
    "identity.manage_people", {{Role::Administrator, Scope::Authority}}, "identity.verb.manage_people"};
/// Sign-in names and addresses of others; takes them along as a table. What is personal in the timeline is the timeline's.
inline constexpr Verb kReadPersonal{
    "identity.read_personal", {{Role::Administrator, Scope::Authority}}, "identity.verb.read_personal"};
/// Settings, jobs, outbox, storage, backups, health.
inline constexpr Verb kManageSettings{
    "identity.manage_settings", {{Role::Administrator, Scope::Authority}}, "identity.verb.manage_settings"};
/// Lets somebody act in one's own place; asked of the person whose grants are lent.
inline constexpr Verb kAppointDeputy{
    "identity.appoint_deputy",
    {{Role::OfficeHead, Scope::OwnUnit}, {Role::Leader, Scope::OwnUnit}, {Role::Administrator, Scope::Authority}},
    "identity.verb.appoint_deputy"};
/// Who may do what, and why.
inline constexpr Verb kReadPermissions{
    "identity.read_permissions",
    {{Role::Leader, Scope::Authority}, {Role::Administrator, Scope::Authority}, {Role::Auditor, Scope::Authority}},
    "identity.verb.read_permissions"};
inline constexpr Verb kReadTimeline{"identity.read_timeline",
                                    {{Role::Administrator, Scope::Authority}, {Role::Auditor, Scope::Authority}},
                                    "identity.verb.read_timeline"};
inline constexpr Verb kErasePersonal{
    "identity.erase_personal", {{Role::Administrator, Scope::Authority}}, "identity.verb.erase_personal"};

inline constexpr const Verb* kOwnVerbs[] = {&kManageUnits,   &kAddAlias,      &kManagePeople,    &kReadPersonal, &kManageSettings,
                                            &kAppointDeputy, &kReadTimeline, &kReadPermissions, &kErasePersonal};

}  // namespace loa::identity
