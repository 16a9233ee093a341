// Done tasks as evidence of their unit's line (docs/adr/0025): the piece cites the task, and counts once it is confirmed.
#pragma once

#include "loa/plan/evidence_record.h"

namespace loa::tasks {

plan::EvidenceRecordKind done_tasks();

}  // namespace loa::tasks
