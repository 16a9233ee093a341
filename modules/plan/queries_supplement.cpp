// Reads of work that is added to a plan in force.
#include "queries.h"

namespace loa::plan {

namespace {

Supplement supplement_from(const storage::Row& row) {
    Supplement supplement;
    supplement.id = row.id("id");
    supplement.plan = row.id("plan_id");
    supplement.state = supplement_state(row.text("state"));
    supplement.title = row.text("title");
    supplement.unit = row.id("unit_id");
    supplement.topic = row.id("topic_id");
    supplement.channel = row.id("channel_id");
    supplement.deadline = row.text("deadline");
    supplement.target = row.text("target");
    supplement.activity = row.optional_id("activity_id");
    supplement.changed_at = row.instant("changed_at");
    supplement.created_by = row.id("created_by");
    supplement.changed_by = row.id("changed_by");
    supplement.version = row.number("version");
    return supplement;
}

}  // namespace

Result<Supplement> supplement_by_id(Work& work, const Plan& plan, Id supplement) {
    const auto row = may_supplement(work, plan) ? work.db.one("plan.supplement_by_id", {work.authority, plan.id, supplement}) : std::nullopt;
    if (!row) return not_found("plan.no_such_supplement");
    return supplement_from(*row);
}

std::vector<identity::Unit> units_to_give(Work& work) {
    std::vector<identity::Unit> units;
    for (const auto& node : identity::unit_tree(work, work.today()))
        if (node.depth > 0 && !node.unit.outside()) units.push_back(node.unit);
    return units;
}

std::vector<Supplement> supplement_drafts(Work& work, const Plan& plan) {
    std::vector<Supplement> drafts;
    for (const auto& row : work.db.query("plan.supplement_drafts_by_plan", {work.authority, plan.id})) drafts.push_back(supplement_from(row));
    return drafts;
}

}  // namespace loa::plan
