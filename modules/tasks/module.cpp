// Everything that tasks contributes.
#include "actions.h"
#include "demo.h"
#include "jobs.h"
#include "loa/base/registry.h"
#include "loa/media/file.h"
#include "notices.h"
#include "pages.h"
#include "queries.h"
#include "search_index.h"
#include "task_records.h"
#include "trash.h"
#include "verbs.h"

namespace loa::tasks {

void join(Registry& registry) {
    for (const auto* verb : {&kWork, &kAssign, &kReadBoards}) registry.add(*verb);
    for (const auto* kind : {&kAssigned, &kMentioned, &kDue}) registry.add(*kind);
    join_board_pages(registry);
    join_line_pages(registry);
    join_task_pages(registry);
    join_template_pages(registry);
    join_jobs(registry);
    join_demonstration(registry);
    registry.add(media::FileGuard{kTaskKind, [](Work& work, const Ref& owner) { return static_cast<bool>(task_by_id(work, owner.id)); }});
    for (const auto* kind : {&tasks_in_trash(), &files_in_trash(), &templates_in_trash()}) registry.add(*kind);
    registry.add(tasks_handed_over());
    registry.add(tasks_of_ending_units());
    registry.add(tasks_source());
    registry.add(done_tasks());
}

}  // namespace loa::tasks
