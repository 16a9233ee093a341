// `loa demo`.
#pragma once

#include "loa/base/registry.h"
#include "loa/web/route.h"

namespace loa::app {

/// What a database is used for; with one demonstration authority in it, for that.
enum class Holds { Nothing, Demonstration, Work };
Holds what_holds(web::Services& services);

void join_demonstration(Registry& registry);

}  // namespace loa::app
