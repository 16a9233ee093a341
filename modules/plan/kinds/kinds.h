// The kinds of activity that the spine itself brings.
#pragma once

#include "loa/plan/activity_kind.h"

namespace loa::plan {

ActivityKind general();
ActivityKind conference();
ActivityKind guidance_document();

}  // namespace loa::plan
