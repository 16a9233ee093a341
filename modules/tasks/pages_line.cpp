// /ke-hoach/{id}/viec/{item}/cong-viec: the tasks of one line, adding to them, templates; and the panel on the line's page.
#include <fmt/format.h>

#include <algorithm>

#include "actions.h"
#include "board_query.h"
#include "loa/base/text.h"
#include "loa/plan/assigned_line.h"
#include "loa/web/panel.h"
#include "loa/web/route.h"
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

constexpr std::size_t kInPanel = 8;

std::vector<Task> tasks_of(Work& work, const plan::AssignedLine& line) {
    return tasks(work, {.unit = line.unit, .assignment = line.assignment, .limit = static_cast<int>(kMostTasksOfLine)});
}

/// Choices of the select, and how many tasks each makes.
std::vector<View> template_choices(Work& work, Id unit, const std::string& chosen) {
    std::vector<View> views;
    for (const auto& each : templates_for(work, unit))
        views.push_back(choice(each.choice, tr(work, "tasks.template_choice", {{"name", each.name}, {"n", std::to_string(each.tasks.size())}}), each.choice == chosen));
    return views;
}

void set_line(const Work& work, View& view, const plan::AssignedLine& line) {
    view.set("line_title", shortened(line.title, 110)).set("assignment_path", line.path).set("plan_title", line.plan_title);
    view.set("path", line_tasks_path(line.plan, line.assignment)).flag("line_open", line.open);
    view.set("next_due", line.next_due ? tr(work, "tasks.line_due", {{"day", line.next_due->vietnamese()}}) : "");
}

void set_cards(const Work& work, View& view, const std::vector<Task>& all, std::size_t most) {
    std::vector<View> cards;
    for (const auto& task : all) {
        if (cards.size() == most) break;
        cards.push_back(card_view(work, task));
    }
    const auto closed = std::count_if(all.begin(), all.end(), [](const Task& task) { return task.state == TaskState::Done; });
    const auto counted = std::count_if(all.begin(), all.end(), [](const Task& task) { return task.state != TaskState::Dropped; });
    view.set("summary", counted == 0 ? "" : tr(work, "tasks.done_of", {{"done", std::to_string(closed)}, {"tasks", std::to_string(counted)}}));
    view.flag("any", !all.empty()).set("cards", std::move(cards));
}

Response page(Work& work, const Request& request, const Refused* refused, int status) {
    const auto line = plan::line_by_id(work, request.id(), request.id("item"));
    if (!line) return web::failed(line.failure());
    const UnitRights rights(work, line->unit);
    View view;
    set_line(work, view, *line);
    const auto all = tasks_of(work, *line);
    set_cards(work, view, all, all.size());
    view.set("board_path", fmt::format("{}?xem=bang&don-vi={}&nguoi=tat-ca&viec={}", kBoardPath, to_string(line->unit), to_string(line->assignment)));
    const auto made = request.query.number("da-lap");
    view.set("made", made && *made > 0 && *made <= 100 ? tr(work, "tasks.made_count", {{"n", std::to_string(*made)}}) : "");
    view.flag("kept", request.query.has("da-giu"));
    view.flag("works", rights.works());
    if (refused) set_problem_list(work, view, *refused);
    const auto of = [&](std::string_view form) { return refused && refused->form == form ? refused : nullptr; };
    if (rights.works() && line->open) {
        if (const auto left = tasks_left_behind(work, *line); !left.empty())
            view.set("left_behind", tr(work, "tasks.left_behind", {{"unit", left.front().unit_name}, {"n", std::to_string(left.size())}}));
        TaskWords words;
        if (!rights.assigns()) words.responsible = work.actor.person;
        if (const auto* typed = of("task")) words = typed_words(*typed->typed, words);
        view.set("add_form", task_form(work, rights, line->unit, nullptr, words, words, of("task")));
        View use;
        const auto* typed = of("template");
        use.set("templates", template_choices(work, line->unit, shown_value(typed, "template", "")));
        set_field_errors(work, use, typed, {"template"});
        view.set("use_form", std::move(use));
    }
    if (rights.works() && !all.empty()) {
        View keep;
        const auto* typed = of("keep");
        keep.set("name", shown_value(typed, "name", "")).flag("open", typed != nullptr);
        set_field_errors(work, keep, typed, {"name"});
        view.set("keep_form", std::move(keep));
    }
    return web::show({.name = "tasks/line_tasks", .title = tr(work, "tasks.line_tasks"), .view = std::move(view), .stands_under = std::string(kBoardPath)}, status);
}

LineRef line_of(const Request& request) { return {request.id(), request.id("item")}; }

/// On success to `where`; else the page again, with the form as it was typed.
template <class T>
Response answer(Work& work, const Request& request, const std::string& form, const Result<T>& done, const std::string& where) {
    if (done) return web::redirect(where);
    const auto& failure = done.failure();
    if (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict) return web::failed(failure);
    const Refused refused{form, &request.form, failure};
    return page(work, request, &refused, failure.reason == Reason::Invalid ? 422 : 409);
}

Response add(const Request& request, Work& work) {
    const auto done = add_task(work, line_of(request), typed_words(request.form, {}));
    return answer(work, request, "task", done, line_tasks_path(request.id(), request.id("item")) + "?da-lap=1#cong-viec");
}

Response use(const Request& request, Work& work) {
    const auto done = use_template(work, line_of(request), request.form.text("template"));
    return answer(work, request, "template", done, fmt::format("{}?da-lap={}#cong-viec", line_tasks_path(request.id(), request.id("item")), done ? *done : 0));
}

Response take_over(const Request& request, Work& work) {
    const auto done = take_over_tasks(work, line_of(request));
    return answer(work, request, "left", done, line_tasks_path(request.id(), request.id("item")) + "#cong-viec");
}

Response keep(const Request& request, Work& work) {
    const auto done = keep_template(work, line_of(request), request.form.text("name"));
    return answer(work, request, "keep", done, line_tasks_path(request.id(), request.id("item")) + "?da-giu=1");
}

/// On the line's own page, for who may see it: the first tasks, and the forms that make them.
std::optional<View> panel(const Request& request, Work& work) {
    const auto line = plan::line_by_id(work, request.id(), request.id("item"));
    if (!line) return std::nullopt;
    const UnitRights rights(work, line->unit);
    const auto all = tasks_of(work, *line);
    const bool works = rights.works() && line->open;
    if (all.empty() && !works) return std::nullopt;
    View view;
    set_line(work, view, *line);
    set_cards(work, view, all, kInPanel);
    view.flag("works", works).flag("more", all.size() > kInPanel);
    if (works) view.set("templates", template_choices(work, line->unit, ""));
    return view;
}

}  // namespace

void join_line_pages(Registry& registry) {
    const std::string path = "/ke-hoach/{id}/viec/{item}/cong-viec";
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = path,
                            .access = web::Access::SignedIn,
                            .handler = [](const Request& request, Work& work) { return page(work, request, nullptr, 200); }});
    const auto form = [&](const char* rest, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = web::Method::Post, .pattern = path + rest, .access = web::Access::Granted, .verb = std::string(kWork.name), .handler = handler});
    };
    form("", add);
    form("/mau", use);
    form("/giu-mau", keep);
    form("/nhan-ve", take_over);
    registry.add(web::Panel{"assignment", "tasks_tasks", panel});
}

}  // namespace loa::tasks
