#pragma once

#include "loa/base/registry.h"

namespace loa::jobs {

/// `loa mail set`, `show`, `test`.
void join_mail_commands(Registry& registry);

}  // namespace loa::jobs
