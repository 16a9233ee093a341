// What another module keeps of a unit's line can stand as evidence there: a task that is done, later an article or a contest. The
// piece holds the record's Ref and the title it had when it was sent; it counts, like every other, once somebody has confirmed it:
// registry.add(EvidenceRecordKind{"tasks.task", …}).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/ref.h"
#include "loa/storage/work.h"

namespace loa::plan {

struct EvidenceRecord {
    Ref ref;
    std::string title;
    std::string path;  // of its page
    std::optional<Date> done_on = {};
};

struct EvidenceRecordKind {
    std::string name;   // Ref::kind: "tasks.task"
    std::string label;  // translation key
    /// Those that may be cited for a line that the person reports of, the latest first.
    std::function<std::vector<EvidenceRecord>(Work&, Id assignment)> of_line;
    /// Of a piece that she may read; nothing where it is gone.
    std::function<std::optional<EvidenceRecord>(Work&, Id record)> by_id;
};

/// Where the form for one more piece of evidence that cites the record stands, filled in from it.
std::string path_to_cite(Id plan, Id assignment, const Ref& record);

}  // namespace loa::plan
