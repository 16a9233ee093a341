// A piece of evidence of one unit's line, found for an act.
#pragma once

#include <optional>
#include <vector>

#include "found_line.h"
#include "loa/media/file.h"

namespace loa::plan {

struct FoundEvidence : FoundLine {
    Evidence evidence;
};

/// As find_line(); not found where it is not of that line, conflict where somebody has changed it since.
Result<FoundEvidence> find_evidence(Work& work, const EvidenceRef& input);

/// What the unit itself sent is its own to mend and withdraw; the aggregating office may return it. By a link, what came by
/// it and does not count yet.
bool may_mend(const Work& work, const FoundEvidence& found);

/// Did this person send it, or give the link that it came by? Loa can't tell who held the telephone.
bool is_own(const Work& work, const Evidence& evidence);
/// Nobody else of the aggregating office may confirm: then she may, what is her own too, and the timeline says so (ADR 33).
bool confirms_alone(Work& work, const Plan& plan);

/// Of one piece, with those that are there; the copy of a page is none of them.
inline constexpr std::size_t kMostFiles = 12;
std::vector<media::File> files_of_piece(Work& work, const Evidence& evidence);

/// Unknown Topics and Channels, as problems of the fields "topics" and "channel".
void check_told(Work& work, const std::vector<Id>& topics, std::optional<Id> channel, std::vector<Problem>& problems);
/// In place of those that were there.
void write_topics(Work& work, Id evidence, const std::vector<Id>& topics);

}  // namespace loa::plan
