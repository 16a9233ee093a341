#include "search_index.h"

#include <string>
#include <vector>

#include "actions.h"
#include "loa/base/text.h"
#include "loa/media/file.h"
#include "loa/plan/assigned_line.h"
#include "queries.h"
#include "views.h"

namespace loa::tasks {

namespace {

std::string body_of(Work& work, const Task& task) {
    std::vector<std::string> parts;
    if (!task.note.empty()) parts.push_back(task.note);
    for (const auto& item : items_of(work, task.id)) parts.push_back(item.text);
    for (const auto& comment : comments_of(work, task.id)) parts.push_back(comment.text);
    for (const auto& file : media::files_of(work, ref_of(work, task.id))) parts.push_back(file.name);
    return joined(parts, "\n");
}

void index_all_tasks(Work& work) {
    for (const auto& row : work.db.query("tasks.tasks_of_authority", {work.authority})) index_task(work, row.id("id"));
}

}  // namespace

void index_task(Work& work, Id id) {
    const auto task = stored_task(work, id);
    if (!task) {
        search::remove(work, ref_of(work, id));
        return;
    }
    search::index(work, {.ref = ref_of(work, id),
                         .kind_label = "tasks.task",
                         .title = task->title,
                         .body = body_of(work, *task),
                         .path = path_of(id),
                         .visibility = plan::readers_of_lines(task->plan, task->unit)});
}

search::SearchSource tasks_source() { return {{kTaskKind}, index_all_tasks}; }

}  // namespace loa::tasks
