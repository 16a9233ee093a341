// What is deleted and can be taken back for a while: a draft that nobody else has seen yet, a wrong file of evidence.
#pragma once

#include "loa/base/result.h"
#include "loa/identity/trash.h"
#include "loa/media/file.h"

namespace loa::plan {

/// Draft plans: whoever drafts in the office may take one back.
const identity::TrashKind& drafts_in_trash();

/// Files of evidence: whoever reports for the unit may take one back while the piece does not count.
const identity::TrashKind& evidence_files_in_trash();
Id put_evidence_file_in_trash(Work& work, const media::File& file, Id unit);

}  // namespace loa::plan
