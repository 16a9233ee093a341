// What identity contributes, and what it does for the libraries that stand before it.
#pragma once

#include "loa/base/registry.h"
#include "loa/storage/database.h"
#include "loa/web/hooks.h"

namespace loa::identity {

/// Routes, endpoints, navigation, verbs, jobs.
void join(Registry& registry);

/// For make_dispatcher(), once every slice has joined. `database` is where the last use of each session is
/// written down, behind the requests (reads can't write): a thread of the returned hooks does it every 30 s.
/// Both arguments must outlive the hooks. A stranger's authority is the one whose portal_host the request
/// names, else the highest in force.
web::Hooks web_hooks(const Registry& registry, storage::Database& database);

}  // namespace loa::identity
