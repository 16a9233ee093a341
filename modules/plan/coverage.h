// The figures of the coverage matrix, Topic × Channel × unit × month: kept by the writes, so that showing them costs
// nothing (plan_coverage, plan_unit_coverage).
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "evidence.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// What the activity of a line tells, and by what: what evidence of it told that names no Topic and no Channel of its own.
/// Nothing of a duty.
struct ToldBy {
    std::vector<Id> topics, channels;

    /// What is to be supposed of a piece: one Channel is no choice.
    std::optional<Id> sole_channel() const { return channels.size() == 1 ? std::optional(channels.front()) : std::nullopt; }
};
ToldBy told_by(Work& work, const Assignment& line);
/// Of every open line of the unit that has something to tell, by line.
std::unordered_map<Id, ToldBy> told_by_lines(Work& work, Id unit);

/// The Topics that a piece of evidence told.
std::vector<Id> topics_of_evidence(Work& work, Id evidence);

/// Counts a piece of evidence of that line in, by 1 once it is confirmed, or out again, by -1.
void count_coverage(Work& work, const Assignment& line, Id evidence, int by);

/// The figures by unit of a plan anew, after lines went to other units; what everybody did together stays the same.
void recount_unit_coverage(Work& work, Id plan);

}  // namespace loa::plan
