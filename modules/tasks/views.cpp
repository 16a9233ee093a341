#include "views.h"

#include <fmt/format.h>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"

namespace loa::tasks {

using web::View;

namespace {
constexpr std::size_t kLineLetters = 60;

const char* tag_of(TaskState state) {
    switch (state) {
        case TaskState::ToDo: break;
        case TaskState::Doing: return "tag--run";
        case TaskState::Done: return "tag--ok";
        case TaskState::Dropped: return "tag--off";
    }
    return "";
}
}  // namespace

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args) {
    return i18n::translate(work.language, key, args);
}

std::string path_of(Id task) { return "/cong-viec/" + to_string(task); }

std::string line_tasks_path(Id plan, Id assignment) {
    return fmt::format("/ke-hoach/{}/viec/{}/cong-viec", to_string(plan), to_string(assignment));
}

void set_problem_list(const Work& work, View& view, const Refused& refused) {
    std::vector<View> list;
    for (const auto& problem : refused.failure.problems)
        list.push_back(View().set("text", tr(work, problem.key, problem.args)).set("link", problem.field.empty() ? "" : "#" + refused.form + "-" + problem.field));
    view.set("problems", std::move(list)).flag("has_problems", !refused.failure.problems.empty());
}

void set_field_errors(const Work& work, View& view, const Refused* refused, std::initializer_list<std::string_view> fields) {
    for (const auto field : fields) {
        std::string text;
        if (refused)
            for (const auto& problem : refused->failure.problems)
                if (problem.field == field) text = tr(work, problem.key, problem.args);
        view.set("error_" + std::string(field), text);
    }
}

std::string shown_value(const Refused* refused, std::string_view field, const std::string& stored) {
    return refused && refused->typed && refused->typed->has(field) ? refused->typed->raw(field) : stored;
}

void set_state(const Work& work, View& view, TaskState state) {
    view.set("state", tr(work, "tasks.state_" + std::string(code(state)))).set("tag", tag_of(state));
}

View card_view(const Work& work, const Task& task) {
    View view;
    view.set("id", to_string(task.id)).set("version", std::to_string(task.version)).set("title", task.title).set("path", path_of(task.id));
    view.set("line_title", shortened(task.line_title, kLineLetters)).set("line_path", line_tasks_path(task.plan, task.assignment));
    set_state(work, view, task.state);
    view.flag("late", task.late_on(work.today())).flag("ended", !task.line_open);
    view.set("due_on", task.due_on ? task.due_on->vietnamese() : "");
    view.set("due", task.due_on && task.open() ? i18n::until_due(work.language, *task.due_on, work.today()) : "");
    view.set("person", task.responsible ? task.responsible->name : "");
    std::vector<std::string> partners;
    for (const auto& partner : task.partners) partners.push_back(partner.name);
    view.set("partners", joined(partners, ", "));
    view.set("items", task.items == 0 ? "" : tr(work, "tasks.items_done", {{"done", std::to_string(task.items_done)}, {"items", std::to_string(task.items)}}));
    view.set("comments", task.comments == 0 ? "" : tr(work, "tasks.comments_count", {{"n", std::to_string(task.comments)}}));
    return view;
}

std::vector<View> line_views(const std::string& text) {
    std::vector<View> views;
    for (const auto line : split(text, '\n')) views.push_back(View().set("line", line));
    return views;
}

View choice(const std::string& id, const std::string& name, bool chosen) {
    return View().set("id", id).set("name", name).flag("chosen", chosen);
}

}  // namespace loa::tasks
