#include "trash.h"

#include "actions.h"
#include "loa/base/check.h"
#include "loa/identity/timeline.h"
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

/// A file in the trash belongs to a record of this kind with its task's id: no guard opens it, and it goes with its own item.
constexpr const char* kFileKind = "tasks.file";

Result<std::string> take_file_back(Work& work, Id id) {
    const auto file = media::file_by_id(work, id);
    if (!file || file->owner.kind != kFileKind) return not_found("tasks.file_gone");
    const Id task = file->owner.id;
    if (!stored_task(work, task)) return conflict("tasks.file_without_task");
    if (media::files_of(work, ref_of(work, task)).size() >= kMostFiles) return conflict("tasks.too_many_files", {{"n", std::to_string(kMostFiles)}});
    media::give_file(work, id, ref_of(work, task));
    identity::record(work, ref_of(work, task), "tasks.file_added", {}, {{"file", "", file->name}});
    index_task(work, task);
    return path_of(task) + "#tep";
}

void purge_file(Work& work, Id id) { LOA_CHECK(media::remove_file(work, id)); }

Result<std::string> take_template_back(Work& work, Id id) {
    const auto row = work.db.one("tasks.name_of_hidden_template", {work.authority, id});
    if (!row) return not_found("tasks.no_such_template");
    if (row->number("taken") > 0) return conflict("tasks.template_name_taken", {{"name", row->text("trashed_name")}});
    work.db.run("tasks.unhide_template", {work.authority, id});
    return std::string("/cong-viec/mau");
}

void purge_template(Work& work, Id id) {
    work.db.run("tasks.delete_template_tasks", {work.authority, id});
    work.db.run("tasks.delete_template", {work.authority, id});
}

}  // namespace

const identity::TrashKind& tasks_in_trash() {
    static const identity::TrashKind kind{kTaskKind, &kWork, take_back, purge};
    return kind;
}

const identity::TrashKind& files_in_trash() {
    static const identity::TrashKind kind{kFileKind, &kWork, take_file_back, purge_file};
    return kind;
}

const identity::TrashKind& templates_in_trash() {
    static const identity::TrashKind kind{kTemplateKind, &kWork, take_template_back, purge_template};
    return kind;
}

Id put_file_in_trash(Work& work, const media::File& file, Id unit) {
    media::give_file(work, file.id, {kFileKind, work.authority, file.owner.id});
    return identity::put_in_trash(work, files_in_trash(), {.record = file.id, .title = file.name, .unit = unit});
}

Id put_template_in_trash(Work& work, Id id, Id unit, const std::string& name) {
    LOA_CHECK(work.db.run("tasks.hide_template", {work.authority, id, work.now}) == 1);
    return identity::put_in_trash(work, templates_in_trash(), {.record = id, .title = name, .unit = unit});
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
