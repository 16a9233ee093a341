// What people may do with tasks, by role. Reading a task is reading its line (loa/plan/assigned_line.h).
#pragma once

#include "loa/identity/permissions.h"

namespace loa::tasks {

using identity::Role;
using identity::Scope;
using identity::Verb;

/// Add tasks for one's unit and do one's own: write, move, tick, comment, attach.
inline constexpr Verb kWork{"tasks.work", {{Role::Clerk, Scope::Subtree}, {Role::OfficeHead, Scope::Subtree}}, "tasks.verb_work"};
/// Say who does any task of the unit by when, change and delete it.
inline constexpr Verb kAssign{"tasks.assign", {{Role::OfficeHead, Scope::Subtree}}, "tasks.verb_assign"};
/// The boards of all units.
inline constexpr Verb kReadBoards{
    "tasks.read_boards", {{Role::Leader, Scope::Authority}, {Role::Auditor, Scope::Authority}}, "tasks.verb_read_boards"};

}  // namespace loa::tasks
