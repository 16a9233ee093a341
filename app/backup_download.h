// A backup on its way to an administrator's own computer.
#pragma once

#include <optional>

#include "backup_schedule.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"

namespace loa::app {

/// Whoever asked for a backup may fetch its bytes for so long: a large one comes in pieces, over more than one evening.
inline constexpr std::int64_t kDownloadSeconds = 86'400;

/// Opens the file that the run made, if it is still there and has the size that was verified; follows no link.
std::optional<web::FilePiece> open_backup(const BackupRun& run);

/// Writes into the timeline that the actor takes this backup. Forbidden: not an administrator of the highest authority.
/// NotFound: no run that made a file.
Result<Done> ask_for_backup(Work& work, Id run);

/// The bytes, whole or a part. As above; Forbidden too to who has not asked for it within kDownloadSeconds, so that none go
/// out of which the timeline does not tell. NotFound: the file is gone.
Result<web::Response> fetch_backup(const Work& work, Id run);

}  // namespace loa::app
