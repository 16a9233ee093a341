// Everything the plan module contributes.
#include "child_report.h"
#include "commands.h"
#include "demo.h"
#include "ending_units.h"
#include "evidence.h"
#include "jobs.h"
#include "kinds/kinds.h"
#include "loa/identity/permissions.h"
#include "loa/media/file.h"
#include "loa/plan/join.h"
#include "loa/search/search.h"
#include "notices.h"
#include "pages.h"
#include "pages_list.h"
#include "passing.h"
#include "personal_link.h"
#include "progress_import.h"
#include "province.h"
#include "queries.h"
#include "saved_link.h"
#include "search_index.h"
#include "trash.h"
#include "verbs.h"
#include "waiting_file.h"

namespace loa::plan {

void join(Registry& registry) {
    for (const auto* verb : kVerbs) registry.add(*verb);
    for (const auto* kind : kMessageKinds) registry.add(*kind);
    join_import_pages(registry);
    join_review_pages(registry);
    join_completion_pages(registry);
    join_list_page(registry);
    join_plan_pages(registry);
    join_revision_pages(registry);
    join_aggregator_pages(registry);
    join_supplement_pages(registry);
    join_child_pages(registry);
    join_next_year_pages(registry);
    join_child_reports(registry);
    registry.add(general());
    registry.add(conference());
    registry.add(guidance_document());
    join_activity_pages(registry);
    join_assignment_pages(registry);
    join_link_pages(registry);
    join_passing_pages(registry);
    join_answer_pages(registry);
    join_unit_pages(registry);
    join_on_site_pages(registry);
    join_unit_paper_pages(registry);
    join_progress_pages(registry);
    join_catalogue_pages(registry);
    join_jobs(registry);
    join_commands(registry);
    join_demonstration(registry);
    join_province(registry);
    registry.add(media::FileGuard{"plan.plan", [](Work& work, const Ref& owner) {
                                      return static_cast<bool>(plan_by_id(work, owner.id));
                                  }});
    registry.add(media::FileGuard{"plan.evidence", [](Work& work, const Ref& owner) { return may_read_files_of(work, owner.id); }});
    registry.add(media::FileGuard{"plan.progress_import", [](Work& work, const Ref& owner) { return may_read_progress_file(work, owner.id); }});
    join_saved_links(registry, media::file_store(registry));
    join_personal_links(registry);
    registry.add(waiting_files_handed_over());
    registry.add(progress_imports_handed_over());
    for (const auto* kind : {&drafts_in_trash(), &evidence_files_in_trash()}) registry.add(*kind);
    registry.add(open_assignments());
    registry.add(identity::UnitChangePart{"plan.pass_on_work", pass_on_work});
    registry.add(plans_source());
    registry.add(evidence_source());
    registry.add(catalogues_source());
}

}  // namespace loa::plan
