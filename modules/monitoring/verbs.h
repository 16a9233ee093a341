// What people may do here, by role.
#pragma once

#include "loa/identity/permissions.h"

namespace loa::monitoring {

using identity::Role;

/// Remind a unit of what it has not done, for a plan whose work one's office puts together; leaders, of any plan.
inline constexpr identity::Verb kUrge{
    "monitoring.urge",
    {{Role::Clerk, identity::Scope::OwnUnit}, {Role::OfficeHead, identity::Scope::Subtree}, {Role::Leader, identity::Scope::Authority}},
    "monitoring.verb_urge"};
/// When the authority's units are reminded by themselves.
inline constexpr identity::Verb kSetLadder{
    "monitoring.set_ladder", {{Role::Administrator, identity::Scope::Authority}}, "monitoring.verb_set_ladder"};

}  // namespace loa::monitoring
