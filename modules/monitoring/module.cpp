// Everything that monitoring contributes.
#include "actions.h"
#include "ending_units.h"
#include "jobs.h"
#include "letters.h"
#include "loa/base/registry.h"
#include "pages.h"
#include "verbs.h"
#include "waiting_evidence.h"

namespace loa::monitoring {

void join(Registry& registry) {
    for (const auto* verb : {&kUrge, &kSetLadder}) registry.add(*verb);
    for (const auto* kind : {&kDueSoon, &kUrged, &kLetter, &kEvidenceWaits}) registry.add(*kind);
    join_overview(registry);
    join_calendar_pages(registry);
    join_coverage_pages(registry);
    join_line_list_pages(registry);
    join_saved_view_pages(registry);
    join_feed_pages(registry);
    join_gantt_page(registry);
    join_unit_page(registry);
    join_late_page(registry);
    join_urging_pages(registry);
    join_letter_pages(registry);
    join_waiting_page(registry);
    join_line_panel(registry);
    join_jobs(registry);
    registry.add(letters_source());
    registry.add(identity::UnitChangePart{"monitoring.pass_on", pass_on});
}

}  // namespace loa::monitoring
