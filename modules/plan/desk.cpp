#include "desk.h"

#include "loa/identity/permissions.h"
#include "verbs.h"

namespace loa::plan {

namespace {

/// ",12,15,": where she may; "*" of one whom every unit is open to, those that are no more too.
std::string units_of(const Work& work, const Verb& verb) {
    if (identity::may_throughout(work, verb)) return "*";
    std::string list = ",";
    for (const Id unit : identity::units_where_may(work, verb)) list += to_string(unit) + ",";
    return list;
}

}  // namespace

std::vector<DeskPlan> plans_on_desk(Work& work, int limit) {
    std::vector<DeskPlan> found;
    for (const auto& row : work.db.query("plan.plans_on_desk", {work.authority, units_of(work, kDraft), units_of(work, kApprove),
                                                                units_of(work, kClose), work.actor.person, limit}))
        found.push_back({row.id("id"), row.text("title"), revision_state(row.text("revision_state")), row.flag("correction"), row.instant("changed_at")});
    return found;
}

std::vector<DeskSupplement> supplements_on_desk(Work& work, int limit) {
    std::vector<DeskSupplement> found;
    if (!identity::may(work, kApprove)) return found;
    for (const auto& row : work.db.query("plan.supplement_drafts", {work.authority, units_of(work, kApprove), limit}))
        found.push_back({row.id("id"), row.id("plan_id"), row.text("title"), row.instant("changed_at")});
    return found;
}

}  // namespace loa::plan
