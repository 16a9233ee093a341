// What other modules learn of a line (loa/plan/assigned_line.h).
#include "addresses.h"
#include "evidence.h"
#include "loa/plan/assigned_line.h"
#include "queries.h"

namespace loa::plan {

Result<AssignedLine> line_by_id(Work& work, Id plan, Id assignment) {
    const auto found = plan_by_id(work, plan);
    if (!found) return found.failure();
    const auto line = assignment_by_id(work, *found, assignment);
    if (!line) return line.failure();
    AssignedLine told;
    told.plan = plan;
    told.assignment = assignment;
    told.unit = line->unit;
    told.plan_title = found->title;
    told.path = line_path(*line);
    told.open = found->state == PlanState::Issued && line->state != AssignmentState::Ended;
    if (const auto row = work.db.one("plan.line_words", {work.authority, assignment})) {
        const auto ordinal = row->optional_text("ordinal").value_or("");
        told.title = (ordinal.empty() ? "" : ordinal + " ") + row->optional_text("title").value_or("");
        told.next_due = row->optional_date("due_on");
    }
    return told;
}

}  // namespace loa::plan
