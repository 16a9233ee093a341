// What pages of the plan above, of a line and of the plan below say of plans of lower committees.
#pragma once

#include <optional>
#include <vector>

#include "child_report.h"
#include "evidence.h"
#include "loa/web/view.h"
#include "types.h"

namespace loa::plan {

/// `child_state` and `child_tag`: "đã ban hành", "đang soạn thảo", "chưa lập".
void set_child_state(const Work& work, web::View& view, std::optional<PlanState> state);
/// `summary` "5/7 đơn vị đã ban hành kế hoạch", `lacking` with the names of the others.
void set_children_summary(const Work& work, web::View& view, const std::vector<LowerUnit>& units);
/// "lower": the same for who may read it, on the page of a plan in force that gives lower committees work.
void set_lower(Work& work, web::View& view, const Plan& plan);
/// "parent": what the plan carries out, and whether that has been amended since its office looked; nothing for other plans.
void set_parent(Work& work, web::View& view, const Plan& plan);

/// Of a line that the unit's own plan does: `number`, `lines` closed, `months` with what was confirmed in each.
web::View line_child_view(Work& work, const Assignment& assignment, const LineChild& child, const std::vector<AssignmentTarget>& targets);

}  // namespace loa::plan
