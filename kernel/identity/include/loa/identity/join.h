// What identity contributes, and what it does for the libraries that stand before it.
#pragma once

#include "loa/base/registry.h"
#include "loa/web/hooks.h"

namespace loa::identity {

/// Routes, endpoints, navigation, verbs, jobs.
void join(Registry& registry);

/// For make_dispatcher(), once every slice has joined; `registry` must outlive the hooks. A stranger's
/// authority is the one whose portal_host the request names, else the highest in force. The last use of a
/// session is kept in memory (a read can't write) and written down by the job identity.see_sessions every
/// half minute.
web::Hooks web_hooks(const Registry& registry);

}  // namespace loa::identity
