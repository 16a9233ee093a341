#include "trash.h"

#include "actions.h"
#include "loa/base/check.h"
#include "loa/media/file.h"
#include "queries.h"
#include "rights.h"
#include "search_index.h"
#include "verbs.h"
#include "views.h"

namespace loa::tasks {

namespace {

Result<std::string> take_back(Work& work, Id task) {
    if (work.db.run("tasks.unhide_task", {work.authority, task}) == 0) return not_found("tasks.no_such_task");
    index_task(work, task);
    return path_of(task);
}

void purge(Work& work, Id task) {
    for (const auto& file : media::files_of(work, ref_of(work, task))) LOA_CHECK(media::remove_file(work, file.id));
    for (const char* statement :
         {"tasks.purge_mentions", "tasks.purge_comments", "tasks.purge_items", "tasks.delete_participants", "tasks.purge_task"})
        work.db.run(statement, {work.authority, task});
}

}  // namespace

const identity::TrashKind& tasks_in_trash() {
    static const identity::TrashKind kind{kTaskKind, &kWork, take_back, purge};
    return kind;
}

Result<Id> delete_task(Work& work, const TaskRef& input) {
    const auto task = task_by_id(work, input.task);
    if (!task) return task.failure();
    if (!UnitRights(work, task->unit).decides(*task)) return forbidden("tasks.not_yours");
    if (work.db.run("tasks.hide_task", {work.authority, task->id, work.now, input.version}) == 0) return conflict("tasks.changed_meanwhile");
    index_task(work, task->id);
    return identity::put_in_trash(work, tasks_in_trash(), {.record = task->id, .title = task->title, .unit = task->unit});
}

}  // namespace loa::tasks
