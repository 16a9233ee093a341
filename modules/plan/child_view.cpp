#include "child_view.h"

#include "addresses.h"
#include "child_plan.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/work.h"
#include "new_draft.h"
#include "queries.h"
#include "views.h"

namespace loa::plan {

using web::View;

void set_child_state(const Work& work, View& view, std::optional<PlanState> state) {
    view.set("child_state", tr(work, "plan.child_state_" + std::string(state ? text_of(*state) : "none")));
    const bool issued = state == PlanState::Issued || state == PlanState::Closed;
    view.set("child_tag", issued ? "tag--ok" : state == PlanState::Draft ? "tag--warn" : "tag--late");
}

void set_children_summary(const Work& work, View& view, const std::vector<LowerUnit>& units) {
    std::vector<std::string> lacking;
    for (const auto& unit : units)
        if (!unit.has_issued()) lacking.push_back(unit.name);
    const auto total = std::to_string(units.size()), issued = std::to_string(units.size() - lacking.size());
    view.set("summary", tr(work, "plan.children_issued", {{"issued", issued}, {"total", total}}));
    if (!lacking.empty()) view.set("lacking", tr(work, "plan.children_lacking", {{"names", joined(lacking, "; ")}}));
}

void set_lower(Work& work, View& view, const Plan& plan) {
    if (!plan.issued_revision || !may_read_children(work, plan)) return;
    const auto units = lower_units(work, plan.id);
    if (units.empty()) return;
    View lower;
    lower.set("path", path_of(plan.id, "/cap-duoi"));
    set_children_summary(work, lower, units);
    view.set("lower", std::move(lower));
}

void set_parent(Work& work, View& view, const Plan& plan) {
    const auto child = child_plan_by_plan(work, plan.id);
    if (!child) return;
    View parent;
    parent.set("path", path_of(plan.id, "/cap-tren"));
    Work above = identity::system_work(work.db, work.ids, work.now, child->parent_authority);
    const auto found = plan_by_id(above, child->parent_plan);
    const auto authority = identity::authority_by_id(above, child->parent_authority);
    const bool in_force = found && found->state == PlanState::Issued;
    const Revision revision = revision_by_id(above, child->parent_revision);
    parent.set("text", tr(work, "plan.parent_carried_out", {{"number", document_number_of(revision)}, {"day", revision.issued_on ? revision.issued_on->vietnamese() : ""}, {"issuer", authority ? authority->name : ""}}));
    parent.flag("gone", !in_force).flag("amended", in_force && found->issued_revision != child->parent_revision);
    view.set("parent", std::move(parent));
}

View line_child_view(Work& work, const Assignment& assignment, const LineChild& child, const std::vector<AssignmentTarget>& targets) {
    View view;
    view.set("number", child.number).set("lines", tr(work, "plan.child_lines_closed", {{"closed", std::to_string(child.closed)}, {"total", std::to_string(child.lines)}}));
    view.set("child_issued_on", child.issued_on ? child.issued_on->vietnamese() : "").flag("records", child.records());
    std::vector<View> months;
    for (const auto& month : child_months(work, assignment.id)) {
        View item;
        Occurrence period;
        period.from = month.month;
        period.to = month.month.last_of_month();
        item.set("month", period_text(work, period)).set("pieces", month.pieces);
        std::vector<View> amounts;
        for (const auto& [id, done] : month.amounts)
            for (const auto& target : targets)
                if (target.id == id) amounts.push_back(View().set("amount", amount(work, done)).set("unit_word", target.unit));
        item.set("amounts", std::move(amounts));
        months.push_back(std::move(item));
    }
    view.flag("no_months", months.empty()).set("months", std::move(months));
    return view;
}

}  // namespace loa::plan
