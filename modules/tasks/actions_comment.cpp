// What people say of a task, whom they name, and the files they put there.
#include <algorithm>

#include "actions.h"
#include "loa/base/text.h"
#include "loa/identity/deputies.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "notices.h"
#include "queries.h"
#include "rights.h"
#include "search_index.h"
#include "trash.h"
#include "views.h"

namespace loa::tasks {

namespace {

/// Who is named by "@" and the whole name, with or without marks.
bool is_named(const std::string& folded_text, const std::string& name) {
    const std::string sign = "@" + fold(name);
    for (auto at = folded_text.find(sign); at != std::string::npos; at = folded_text.find(sign, at + 1)) {
        const auto end = at + sign.size();
        if (end == folded_text.size() || !(folded_text[end] >= 'a' && folded_text[end] <= 'z')) return true;
    }
    return false;
}

/// Each once; nothing where one that was chosen is not of the unit.
std::optional<std::vector<Id>> people_named(const Work& work, const Task& task, const std::string& text, const std::vector<Id>& chosen) {
    std::vector<Id> named;
    const auto add = [&](Id person) {
        if (std::find(named.begin(), named.end(), person) == named.end()) named.push_back(person);
    };
    const auto people = people_of(work, task.unit);
    for (const Id person : chosen) {
        if (std::none_of(people.begin(), people.end(), [&](const Participant& known) { return known.person == person; })) return std::nullopt;
        add(person);
    }
    const std::string folded = fold(text);
    for (const auto& person : people)
        if (is_named(folded, person.name)) add(person.person);
    return named;
}

}  // namespace

Result<> add_comment(Work& work, Id id, const std::string& typed, const std::vector<Id>& mentioned) {
    const auto task = task_by_id(work, id);
    if (!task) return task.failure();
    if (!UnitRights(work, task->unit).works()) return forbidden("tasks.not_your_unit");
    const std::string text(trimmed(typed));
    if (text.empty()) return invalid("text", "tasks.comment_missing");
    if (length(text) > kCommentLength) return invalid("text", "tasks.comment_too_long", {{"n", std::to_string(kCommentLength)}});
    const auto named = people_named(work, *task, text, mentioned);
    if (!named) return invalid("mentioned", "tasks.no_such_colleague");
    const Id comment = work.new_id();
    work.db.run("tasks.insert_comment", {work.authority, comment, id, text, work.actor.person, work.now});
    for (const Id person : *named) work.db.run("tasks.insert_mention", {work.authority, comment, person});
    // The words stay out of the chain: they can name anybody, and may have to be erased.
    identity::record(work, ref_of(work, id), "tasks.commented");
    index_task(work, id);
    for (const Id person : identity::with_deputies(work, *named))
        if (person != work.actor.person)
            jobs::notify(work, person, kMentioned,
                         {.key = "tasks.notice_mentioned",
                          .args = {{"name", work.actor.name}, {"title", task->title}},
                          .path = path_of(id) + "#yk-" + to_string(comment),
                          .about = task->line_title,
                          .deadline = std::nullopt});
    return Done{};
}

Result<> attach_files(Work& work, Id id, const std::vector<media::AcceptedFile>& files) {
    const auto task = task_by_id(work, id);
    if (!task) return task.failure();
    if (!UnitRights(work, task->unit).changes(*task)) return forbidden("tasks.not_yours");
    if (files.empty()) return invalid("files", "tasks.file_missing");
    if (media::files_of(work, ref_of(work, id)).size() + files.size() > kMostFiles)
        return invalid("files", "tasks.too_many_files", {{"n", std::to_string(kMostFiles)}});
    for (const auto& file : files) {
        media::add_file(work, file, ref_of(work, id));
        identity::record(work, ref_of(work, id), "tasks.file_added", {}, {{"file", "", file.name}});
    }
    index_task(work, id);
    return Done{};
}

Result<Id> detach_file(Work& work, Id id, Id which) {
    const auto task = task_by_id(work, id);
    if (!task) return task.failure();
    if (!UnitRights(work, task->unit).changes(*task)) return forbidden("tasks.not_yours");
    const auto file = media::file_by_id(work, which);
    if (!file || file->owner != ref_of(work, id)) return conflict("tasks.file_gone");
    const Id item = put_file_in_trash(work, *file, task->unit);
    identity::record(work, ref_of(work, id), "tasks.file_removed", {}, {{"file", file->name, ""}});
    index_task(work, id);
    return item;
}

}  // namespace loa::tasks
