// A person leaves: what is hers goes to a colleague in one act. Most work belongs to units and stays there; the slices
// say what is a person's own: registry.add(HandoverPart{…}).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

struct HandoverPart {
    std::string label;  // translation key: "plan.handover_waiting_files"
    /// How many of her records would move, in the acting authority.
    std::function<std::int64_t(Work&, Id from)> count;
    /// Moves them; in the transaction of the handover. Gives how many.
    std::function<std::int64_t(Work&, Id from, Id to)> move;
};

struct HandoverLine {
    std::string label;
    std::int64_t count = 0;
};
/// What hand_over() would move: memberships that end, deputyships that end, and each slice's part.
std::vector<HandoverLine> handover_preview(Work& work, const Registry& registry, Id from);

enum class LeaverRoles { End, GoOver };
struct HandOver {
    Id from;
    Id to;
    Date last_day;  // of the leaver in this authority; today or later
    /// GoOver: the colleague gets each role in each unit that she does not hold there yet, from today or the day on which
    /// it was to begin, the same scope and end; the administrator's never.
    LeaverRoles roles = LeaverRoles::End;
};
/// By who manages people in each of the leaver's units, as far as her roles there reach. Her memberships here end after the
/// last day, those that would begin later never do; deputyships with her end now, what is hers moves now; an account without
/// any membership left can't sign in. One timeline line says it all. Invalid: to herself, a colleague who is no member
/// today, a last day that is past. Conflict: she is the last administrator.
Result<std::vector<HandoverLine>> hand_over(Work& work, const Registry& registry, const HandOver& input);

}  // namespace loa::identity
