// The pages of the plan module, in the order of the journey; each adds its routes.
#pragma once

#include "loa/base/registry.h"

namespace loa::plan {

void join_import_pages(Registry& registry);
void join_review_pages(Registry& registry);
void join_completion_pages(Registry& registry);
void join_plan_pages(Registry& registry);
void join_revision_pages(Registry& registry);
void join_aggregator_pages(Registry& registry);
void join_supplement_pages(Registry& registry);
void join_child_pages(Registry& registry);
void join_next_year_pages(Registry& registry);
void join_activity_pages(Registry& registry);
void join_assignment_pages(Registry& registry);
void join_link_pages(Registry& registry);
void join_passing_pages(Registry& registry);
void join_answer_pages(Registry& registry);
void join_unit_pages(Registry& registry);
void join_on_site_pages(Registry& registry);
void join_unit_paper_pages(Registry& registry);
void join_progress_pages(Registry& registry);
void join_catalogue_pages(Registry& registry);

}  // namespace loa::plan
