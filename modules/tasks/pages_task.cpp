// /cong-viec/{id}: one task with its checklist, what people say of it, its files.
#include <algorithm>
#include <any>

#include "actions.h"
#include "board_query.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "loa/identity/timeline.h"
#include "loa/identity/trash.h"
#include "loa/media/ahead.h"
#include "loa/media/file.h"
#include "loa/media/pictures.h"
#include "loa/plan/evidence_record.h"
#include "loa/web/route.h"
#include "notices.h"
#include "pages.h"
#include "queries.h"
#include "rights.h"
#include "task_form.h"
#include "verbs.h"
#include "views.h"

namespace loa::tasks {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::uint64_t kLargestUpload = media::kLargestFile + (1 << 20);

void set_checklist(Work& work, View& view, const Task& task) {
    std::vector<View> items;
    const auto all = items_of(work, task.id);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& item = all[i];
        View row;
        row.set("item", to_string(item.id)).set("text", item.text).flag("done", item.done_at.has_value());
        row.set("done_by", item.done_at ? item.done_by_name + ", " + item.done_at->vietnamese() : "");
        row.flag("first", i == 0).flag("last", i + 1 == all.size());
        items.push_back(std::move(row));
    }
    view.flag("any_items", !items.empty()).set("checklist", std::move(items));
}

void set_comments(Work& work, View& view, const Task& task) {
    std::vector<View> comments;
    for (const auto& comment : comments_of(work, task.id))
        comments.push_back(View()
                               .set("comment", to_string(comment.id))
                               .set("lines", line_views(comment.text))
                               .set("who", comment.person_name)
                               .set("at", comment.at.vietnamese())
                               .set("at_iso", comment.at.iso())
                               .set("mentioned", joined(comment.mentioned, ", ")));
    view.flag("any_comments", !comments.empty()).set("comments", std::move(comments));
}

void set_comment_form(Work& work, View& view, const Task& task, const Refused* refused) {
    View form;
    std::vector<View> people;
    const auto chosen = refused ? refused->typed->ids("mentioned") : std::vector<Id>{};
    for (const auto& person : people_of(work, task.unit))
        if (person.person != work.actor.person)
            people.push_back(choice(to_string(person.person), person.name, std::find(chosen.begin(), chosen.end(), person.person) != chosen.end()));
    form.set("text", shown_value(refused, "text", "")).flag("any_people", !people.empty()).set("people", std::move(people));
    set_field_errors(work, form, refused, {"text", "mentioned"});
    view.set("comment_form", std::move(form));
}

void set_files(Work& work, View& view, const Task& task) {
    std::vector<View> files;
    for (const auto& file : media::files_of(work, ref_of(work, task.id)))
        files.push_back(View()
                            .set("file", to_string(file.id))
                            .set("file_path", media::file_path(file.id))
                            .set("name", file.name)
                            .set("size", i18n::file_size(work.language, file.size))
                            .set("thumbnail", media::thumbnail_path(work, file)));
    view.flag("any_files", !files.empty()).set("files", std::move(files));
}

void set_timeline(Work& work, View& view, const Task& task) {
    std::vector<View> lines;
    for (const auto& line : identity::timeline_of(work, ref_of(work, task.id))) {
        auto all = line.changes;
        all.insert(all.end(), line.personal.begin(), line.personal.end());
        std::vector<View> changes;
        for (const auto& change : all)
            changes.push_back(View()
                                  .set("field", identity::field_text(work, "tasks", change.field))
                                  .set("before", identity::value_text(work, "tasks", change.field, change.before))
                                  .set("after", identity::value_text(work, "tasks", change.field, change.after)));
        const auto who = line.acting_for_name.empty() ? line.person_name : tr(work, "tasks.in_place_of", {{"who", line.person_name}, {"whom", line.acting_for_name}});
        View view_of_line;
        view_of_line.set("what", capitalised(tr(work, line.event))).set("who", who).set("at", line.at.vietnamese()).set("at_iso", line.at.iso());
        view_of_line.flag("has_changes", !changes.empty()).set("changes", std::move(changes));
        lines.push_back(std::move(view_of_line));
    }
    view.set("timeline", std::move(lines));
}

/// Who changed it last, for the page that shows both.
std::string last_change(Work& work, const Task& task) {
    const auto lines = identity::timeline_of(work, ref_of(work, task.id), 1);
    return lines.empty() ? "" : tr(work, "tasks.changed_by", {{"who", lines.front().person_name}, {"at", lines.front().at.vietnamese()}});
}

void set_moves(Work& work, View& view, const Task& task) {
    std::vector<View> states;
    for (const auto state : kTaskStates)
        states.push_back(choice(std::string(code(state)), tr(work, "tasks.state_" + std::string(code(state))), state == task.state));
    view.set("states", std::move(states));
}

Response page(Work& work, const Request& request, const Refused* refused, int status, const std::optional<View>& undo = std::nullopt) {
    const auto task = task_by_id(work, request.id());
    if (!task) return web::failed(task.failure());
    const UnitRights rights(work, task->unit);
    const auto of = [&](std::string_view form) { return refused && refused->form == form ? refused : nullptr; };
    View view = card_view(work, *task);
    view.flag("has_note", !task->note.empty()).set("note_lines", line_views(task->note)).set("start_on", task->start_on ? task->start_on->vietnamese() : "");
    view.set("line_title", shortened(task->line_title, 110));
    if (undo) view.set("undo", *undo);
    if (task->state == TaskState::Done && task->line_open && rights.works())
        view.set("cite_path", plan::path_to_cite(task->plan, task->assignment, ref_of(work, task->id)));
    if (refused) set_problem_list(work, view, *refused);
    view.flag("may_change", rights.changes(*task)).flag("may_decide", rights.decides(*task)).flag("may_take", rights.takes(*task));
    if (rights.changes(*task)) {
        const auto stored = words_of(*task);
        TaskWords words = stored;
        if (const auto* typed = of("task")) {
            words = typed_words(*typed->typed, stored);
            if (typed->failure.reason == Reason::Conflict) {
                const auto seen = seen_words(*typed->typed, stored);
                view.set("conflict", View().set("last", last_change(work, *task)).set("rows", conflict_rows(work, *task, seen, words)));
                words = merged_words(stored, seen, words);
            }
        }
        view.set("edit_form", task_form(work, rights, task->unit, &*task, words, stored, of("task")).flag("open", of("task") != nullptr));
        set_moves(work, view, *task);
        View item;
        item.set("text", shown_value(of("item"), "text", ""));
        set_field_errors(work, item, of("item"), {"text"});
        view.set("item_form", std::move(item));
        View files;
        set_field_errors(work, files, of("file"), {"files"});
        view.set("file_form", std::move(files));
    }
    set_checklist(work, view, *task);
    set_comments(work, view, *task);
    if (rights.works()) set_comment_form(work, view, *task, of("comment"));
    set_files(work, view, *task);
    set_timeline(work, view, *task);
    return web::show({.name = "tasks/task", .title = task->title, .view = std::move(view), .stands_under = std::string(kBoardPath)}, status);
}

/// On success back to the page; else the page again, with the form as it was typed.
template <class T>
Response answer(Work& work, const Request& request, const char* form, const Result<T>& done, const std::string& anchor) {
    if (done) return web::redirect(path_of(request.id()) + anchor);
    const auto& failure = done.failure();
    if (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict) return web::failed(failure);
    const Refused refused{form, &request.form, failure};
    return page(work, request, &refused, failure.reason == Reason::Invalid ? 422 : 409);
}

TaskRef task_of(const Request& request) { return {request.id(), request.form.number("version").value_or(0)}; }

Response save(const Request& request, Work& work) {
    const auto task = task_by_id(work, request.id());
    if (!task) return web::failed(task.failure());
    return answer(work, request, "task", save_task(work, task_of(request), typed_words(request.form, words_of(*task))), "");
}

Response take(const Request& request, Work& work) { return answer(work, request, "take", take_task(work, task_of(request)), ""); }

Response remove(const Request& request, Work& work) {
    const auto item = delete_task(work, task_of(request));
    if (!item) return answer(work, request, "delete", item, "");
    return web::redirect(std::string(kBoardPath) + "?da-xoa=" + to_string(*item));
}

Response add_to_checklist(const Request& request, Work& work) {
    return answer(work, request, "item", add_items(work, request.id(), request.form.raw("text")), "#kiem-tra");
}

Response change_checklist(const Request& request, Work& work) {
    struct Named {
        std::string_view name;
        ItemAct act;
    };
    constexpr Named kActs[] = {{"xong", ItemAct::Tick}, {"chua", ItemAct::Untick}, {"len", ItemAct::Up}, {"xuong", ItemAct::Down}, {"bo", ItemAct::Remove}};
    const auto wanted = request.form.text("act");
    for (const auto& [name, act] : kActs)
        if (name == wanted) return answer(work, request, "item", change_item(work, request.id(), request.id("entry"), act), "#kiem-tra");
    return answer(work, request, "item", Result<>(conflict("tasks.item_gone")), "");
}

Response comment(const Request& request, Work& work) {
    return answer(work, request, "comment", add_comment(work, request.id(), request.form.raw("text"), request.form.ids("mentioned")), "#y-kien");
}

Response attach(const Request& request, Work& work) {
    const auto& files = std::any_cast<const media::AcceptedFiles&>(request.prepared);
    if (!files) return answer(work, request, "file", files, "");
    return answer(work, request, "file", attach_files(work, request.id(), *files), "#tep");
}

Response detach(const Request& request, Work& work) {
    const auto item = detach_file(work, request.id(), request.id("file"));
    if (!item) return answer(work, request, "file", item, "");
    return web::redirect(path_of(request.id()) + "?da-xoa=" + to_string(*item));
}

}  // namespace

void join_task_pages(Registry& registry) {
    const std::string path = std::string(kBoardPath) + "/{id}";
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = path,
                            .access = web::Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) {
                                return page(work, request, nullptr, 200, identity::undo_view(work, registry, request.query.id("da-xoa")));
                            }});
    const auto form = [&](const char* rest, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = web::Method::Post, .pattern = path + rest, .access = web::Access::Granted, .verb = std::string(kWork.name), .handler = handler});
    };
    form("/sua", save);
    form("/nhan", take);
    form("/xoa", remove);
    form("/muc", add_to_checklist);
    form("/muc/{entry}", change_checklist);
    form("/y-kien", comment);
    form("/tep/{file}/bo", detach);
    registry.add(web::Route{.method = web::Method::Post,
                            .pattern = path + "/tep",
                            .access = web::Access::Granted,
                            .verb = std::string(kWork.name),
                            .handler = attach,
                            .prepare = [store = media::file_store(registry)](const Request& request) { return std::any(media::accept_uploads(*store, request, "files")); },
                            .look = media::look_at_uploads(media::file_store(registry)),
                            .files_limit = kLargestUpload});
}

}  // namespace loa::tasks
