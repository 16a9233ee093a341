// Tasks in the trash, and out of it.
#pragma once

#include "loa/identity/trash.h"

namespace loa::tasks {

/// How a task is taken back, and erased for good after 30 days; delete_task() puts it there.
const identity::TrashKind& tasks_in_trash();

}  // namespace loa::tasks
