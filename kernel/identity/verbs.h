// Identity's own verbs.
#pragma once

#include "loa/identity/permissions.h"

namespace loa::identity {

inline constexpr Verb kManageUnits{
    "identity.manage_units", {Role::Administrator}, "identity.verb.manage_units"};
inline constexpr Verb kAddAlias{"identity.add_alias",
                                {Role::Clerk, Role::OfficeHead, Role::Leader, Role::Administrator},
                                "identity.verb.add_alias"};
inline constexpr Verb kManagePeople{
    "identity.manage_people", {Role::Administrator}, "identity.verb.manage_people"};
inline constexpr Verb kReadTimeline{
    "identity.read_timeline", {Role::Administrator, Role::Auditor}, "identity.verb.read_timeline"};
inline constexpr Verb kErasePersonal{
    "identity.erase_personal", {Role::Administrator}, "identity.verb.erase_personal"};

inline constexpr const Verb* kOwnVerbs[] = {&kManageUnits, &kAddAlias, &kManagePeople, &kReadTimeline,
                                            &kErasePersonal};

}  // namespace loa::identity
