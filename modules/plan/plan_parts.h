// What a revision says, as the plan's page and the page of one revision show it.
#pragma once

#include <vector>

#include "loa/web/view.h"
#include "progress.h"
#include "types.h"

namespace loa::plan {

/// What a part is filled from, read once for the page.
struct Shown {
    const Plan& plan;
    const Content& content;
    const std::vector<SubjectProgress>* progress;  // null for a revision by itself: only a plan is under way
};

// Each sets the flag "tab_…" by which the page shows its part.
void fill_activities(Work& work, web::View& view, const Shown& shown);
void fill_duties(Work& work, web::View& view, const Shown& shown);
void fill_clauses(Work& work, web::View& view, const Content& content, const std::vector<ClauseKind>& kinds);

}  // namespace loa::plan
