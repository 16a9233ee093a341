// How a plan's work passes on: line by line, with what was done of it.
#pragma once

#include "loa/storage/work.h"
#include "passing.h"
#include "types.h"

namespace loa::plan {

/// Carries it out from that day on: the unit's lines go into those of its successors (the same line twice is one, with the
/// roles of both), its offices of the plan too; the successors' people are told. What fell due before the day, or was
/// reported, stays the unit's own in every figure by former units.
void carry_out(Work& work, const Plan& plan, const Passing& passing, Date day);

}  // namespace loa::plan
