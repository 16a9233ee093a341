// One unit's line of a plan in force, found for an act: what the acts on lines, on evidence and on tasks share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "actions.h"
#include "evidence.h"
#include "notices.h"

namespace loa::plan {

struct FoundLine {
    Plan plan;
    Assignment assignment;
};

/// As the person saw it. Not found where she may not see it; conflict where its plan is not in force any more, it is not
/// given to the unit any more, or somebody has changed it since.
Result<FoundLine> find_line(Work& work, const LineRef& line);

Ref ref_of(const Work& work, const Assignment& assignment);
/// News of the line, with the way to it.
Message news_of(const FoundLine& found, std::string key, std::vector<std::pair<std::string, std::string>> args);

/// As its unit, or in its place.
bool may_report(const Work& work, const FoundLine& found);
/// As the office that puts the plan's work together.
bool may_confirm(const Work& work, const FoundLine& found);

/// A piece of evidence, as submit_evidence() makes one of words that a person typed; nobody is told. The caller answers for
/// `lines`: targets of that line, amounts above 0.
Result<Id> add_evidence(Work& work, const FoundLine& found, const EvidenceWords& words, const std::vector<EvidenceLine>& lines);

/// The line has changed: who saw it before, acts on it no more. Its version must be the one that was found.
void touch(Work& work, const Assignment& assignment);

}  // namespace loa::plan
