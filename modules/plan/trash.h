// A draft that nobody else has seen yet can be deleted, and taken back for a while.
#pragma once

#include "loa/base/result.h"
#include "loa/identity/trash.h"

namespace loa::plan {

/// Draft plans: whoever drafts in the office may take one back.
const identity::TrashKind& drafts_in_trash();

}  // namespace loa::plan
