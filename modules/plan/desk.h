// What waits for a person's hand: plans on their way, and work that somebody has drafted to add to one.
#pragma once

#include <string>
#include <vector>

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

struct DeskPlan {
    Id plan;
    std::string title;
    RevisionState state = RevisionState::Draft;  // of what waits
    bool correction = false;
    Instant changed_at;
};
/// Hers to go on with (a draft or an approved one of her office), to approve, or to agree to as a second person; the last
/// changed first, at most `limit`.
std::vector<DeskPlan> plans_on_desk(Work& work, int limit);

struct DeskSupplement {
    Id supplement, plan;
    std::string title;
    Instant changed_at;
};
/// Drafts that she may give, the first made first, at most `limit`.
std::vector<DeskSupplement> supplements_on_desk(Work& work, int limit);

}  // namespace loa::plan
