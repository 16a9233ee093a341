// Records of other modules as evidence (loa/plan/evidence_record.h): what may be cited, what a piece cites.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/plan/evidence_record.h"
#include "loa/web/view.h"

namespace loa::plan {

/// "tasks.task:712…": as a form and an address name it.
std::string typed(const Ref& record);

/// Of every kind, in the order of the kinds, without what a piece of the line cites already.
std::vector<EvidenceRecord> records_of_line(Work& work, const Registry& registry, Id assignment);
/// The one that the form names; none where it is not among them.
const EvidenceRecord* record_named(const std::vector<EvidenceRecord>& records, std::string_view named);

/// {kind, title, path}: as it was called when it was cited; without a path once it is gone.
web::View record_view(Work& work, const Registry& registry, const Ref& record, const std::string& title);
/// {value, name, chosen} for each.
std::vector<web::View> record_choices(Work& work, const Registry& registry, const std::vector<EvidenceRecord>& records, std::string_view chosen);

}  // namespace loa::plan
