// A Work for those who don't come in through a browser: commands, jobs and tests.
#pragma once

#include "loa/base/result.h"
#include "loa/jobs/queue.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// Acts as the system, which may everything; shown in the timeline as "Hệ thống".
using jobs::system_work;  // (storage::Transaction& db, IdSource& ids, Instant now, Id authority)

/// Acts as that person, with the grants they hold in that authority on the day of `now`. Not found: no such
/// person. Forbidden: inactive, or no membership there on that day.
Result<Work> work_for_person(storage::Transaction& db, IdSource& ids, Instant now, Id person, Id authority);

}  // namespace loa::identity
