// /cong-viec: the tasks of a unit as a board or as a list, and changing several at once.
#include <fmt/format.h>

#include <algorithm>

#include "actions.h"
#include "board_query.h"
#include "loa/base/text.h"
#include "loa/identity/sheet_download.h"
#include "loa/identity/trash.h"
#include "loa/web/route.h"
#include "pages.h"
#include "rights.h"
#include "verbs.h"
#include "views.h"

namespace loa::tasks {

namespace {

using web::Request;
using web::Response;
using web::View;
using Look = BoardQuery::Look;

constexpr int kMostCards = 200, kPerPage = 50, kPart = 1000;
constexpr std::size_t kMostTicked = 50, kLinesOffered = 60, kLineLetters = 80;
constexpr std::string_view kBulk = "hang-loat";

struct Move {
    TaskState from, to;
    std::string_view label;
};
constexpr Move kMoves[] = {{TaskState::ToDo, TaskState::Doing, "tasks.move_begin"},
                           {TaskState::ToDo, TaskState::Done, "tasks.move_done"},
                           {TaskState::Doing, TaskState::Done, "tasks.move_done"},
                           {TaskState::Doing, TaskState::ToDo, "tasks.move_later"},
                           {TaskState::Done, TaskState::Doing, "tasks.move_again"}};

struct Code {
    NotChanged why;
    std::string_view code, key;
};
constexpr Code kCodes[] = {{NotChanged::Meanwhile, "m", "tasks.not_changed_meanwhile"},
                           {NotChanged::NotYours, "y", "tasks.not_changed_not_yours"},
                           {NotChanged::Gone, "g", "tasks.not_changed_gone"},
                           {NotChanged::Dates, "d", "tasks.not_changed_dates"}};

View card(const Work& work, const UnitRights& rights, const Task& task) {
    View view = card_view(work, task);
    if (!rights.changes(task)) return view;
    std::vector<View> moves;
    for (const auto& move : kMoves)
        if (move.from == task.state) moves.push_back(View().set("to", code(move.to)).set("label", tr(work, move.label)));
    view.flag("may_move").set("moves", std::move(moves));
    return view;
}

std::vector<View> columns(const Work& work, const UnitRights& rights, const std::vector<Task>& all) {
    std::vector<View> views;
    for (const auto state : {TaskState::ToDo, TaskState::Doing, TaskState::Done}) {
        std::vector<const Task*> column;
        for (const auto& task : all)
            if (task.state == state) column.push_back(&task);
        std::vector<View> cards;
        for (std::size_t i = 0; i < column.size(); ++i) {
            View view = card(work, rights, *column[i]);
            if (rights.changes(*column[i])) {
                view.set("above", i > 0 ? to_string(column[i - 1]->id) : "");
                view.set("below", i + 1 < column.size() ? to_string(column[i + 1]->id) : "");
            }
            cards.push_back(std::move(view));
        }
        View view;
        view.set("code", code(state)).set("name", tr(work, "tasks.state_" + std::string(code(state))));
        view.set("count", static_cast<std::int64_t>(cards.size())).flag("empty", cards.empty()).flag("recent", state == TaskState::Done);
        view.set("cards", std::move(cards));
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<View> line_choices(const std::vector<UnitLine>& lines, std::optional<Id> chosen) {
    std::vector<View> views;
    for (const auto& line : lines) {
        View view = choice(to_string(line.assignment), shortened(line.title, kLineLetters), line.assignment == chosen);
        view.set("path", line_tasks_path(line.plan, line.assignment));
        views.push_back(std::move(view));
    }
    return views;
}

void set_filters(Work& work, View& view, const BoardQuery& asked, const std::vector<UnitLine>& lines) {
    std::vector<View> units, people, states;
    for (const auto& unit : asked.units) units.push_back(choice(to_string(unit.id), unit.name, unit.id == asked.unit->id));
    view.flag("several_units", units.size() > 1).set("units", std::move(units));
    for (const auto* way : {"toi", "tat-ca", "chua-giao"}) people.push_back(choice(way, tr(work, std::string("tasks.people_") + way), asked.people == way));
    for (const auto& person : people_of(work, asked.unit->id))
        people.push_back(choice(to_string(person.person), person.name, asked.people == to_string(person.person)));
    view.set("people", std::move(people));
    for (const auto state : kTaskStates)
        states.push_back(choice(std::string(code(state)), tr(work, "tasks.state_" + std::string(code(state))), asked.filter.state == state));
    view.set("states", std::move(states)).set("line_choices", line_choices(lines, asked.filter.assignment));
    view.flag("late_only", asked.filter.late_on.has_value()).flag("is_list", asked.look == Look::List);
    view.set("unit", to_string(asked.unit->id)).set("unit_name", asked.unit->name).set("people_asked", asked.people);
    view.set("look", asked.look == Look::List ? "danh-sach" : "bang");
    view.set("board_path", fmt::format("{}?{}", kBoardPath, asked.text(Look::Board)));
    view.set("list_path", fmt::format("{}?{}", kBoardPath, asked.text(Look::List)));
    view.set("query", asked.text()).set("download", fmt::format("{}/xuat?{}", kBoardPath, asked.text()));
}

void set_list(Work& work, View& view, const BoardQuery& asked, const UnitRights& rights, const std::vector<Id>& ticked, const Refused* refused) {
    TaskFilter filter = asked.filter;
    filter.limit = kPerPage + 1;
    filter.offset = static_cast<int>(asked.page - 1) * kPerPage;
    auto found = tasks(work, filter);
    const bool more = found.size() > static_cast<std::size_t>(kPerPage);
    if (more) found.pop_back();
    std::vector<View> rows;
    bool any_mine = false;
    for (const auto& task : found) {
        View row = card_view(work, task);
        const bool mine = rights.changes(task);
        any_mine = any_mine || mine;
        row.flag("may_tick", mine).flag("ticked", std::find(ticked.begin(), ticked.end(), task.id) != ticked.end());
        rows.push_back(std::move(row));
    }
    view.flag("any", !rows.empty()).set("rows", std::move(rows));
    const std::string kept = fmt::format("{}?{}&trang=", kBoardPath, asked.text());
    view.set("previous_path", asked.page > 1 ? kept + std::to_string(asked.page - 1) : "");
    view.set("next_path", more ? kept + std::to_string(asked.page + 1) : "");
    if (!any_mine) return;
    View bulk;
    std::vector<View> people, states;
    const auto chosen = refused ? refused->typed->id("responsible") : std::nullopt;
    for (const auto& person : people_of(work, asked.unit->id)) people.push_back(choice(to_string(person.person), person.name, person.person == chosen));
    for (const auto state : kTaskStates)
        states.push_back(choice(std::string(code(state)), tr(work, "tasks.state_" + std::string(code(state))),
                                refused && refused->typed->text("state") == code(state)));
    bulk.flag("assigns", rights.assigns()).set("people", std::move(people)).set("states", std::move(states));
    bulk.set("due_on", shown_value(refused, "due_on", ""));
    set_field_errors(work, bulk, refused, {"tasks", "state", "due_on", "responsible"});
    view.set("bulk", std::move(bulk));
}

/// "Đã đổi 3 công việc", and what of those that were ticked was not changed, and why.
void set_outcome(Work& work, View& view, const Request& request, const BoardQuery& asked, std::vector<Id>& ticked) {
    if (const auto moved = request.query.id("da-chuyen"))
        if (const auto task = stored_task(work, *moved); task && task->unit == asked.unit->id)
            view.set("done", tr(work, "tasks.moved_to", {{"title", task->title}, {"state", tr(work, "tasks.state_" + std::string(code(task->state)))}}));
    const auto changed = request.query.number("da-doi");
    if (!changed || *changed < 0 || *changed > static_cast<std::int64_t>(kMostTicked)) return;
    if (*changed > 0) view.set("done", tr(work, "tasks.changed_count", {{"n", std::to_string(*changed)}}));
    std::vector<View> others;
    const std::string codes = request.query.text("chua-doi");
    for (const auto part : split(codes, '.')) {
        const auto dash = part.find('-');
        const auto id = parse_id(part.substr(0, dash));
        if (!id || dash == std::string_view::npos || others.size() == kMostTicked) continue;
        for (const auto& entry : kCodes) {
            if (entry.code != part.substr(dash + 1)) continue;
            const auto task = stored_task(work, *id);
            const bool here = task && task->unit == asked.unit->id;
            others.push_back(View().set("title", here ? task->title : tr(work, "tasks.a_task")).set("why", tr(work, entry.key)).set("path", here ? path_of(*id) : ""));
            if (here) ticked.push_back(*id);
        }
    }
    view.flag("any_others", !others.empty()).set("others", std::move(others));
}

Response page(const Registry& registry, const Request& request, Work& work, const Refused* refused, int status) {
    const auto asked = board_query(work, request);
    View view;
    view.flag("no_unit", !asked.unit);
    if (refused) set_problem_list(work, view, *refused);
    if (auto undo = identity::undo_view(work, registry, request.query.id("da-xoa"))) view.set("undo", *std::move(undo));
    const std::string title = tr(work, asked.people == "toi" ? "tasks.my_tasks" : "tasks.tasks");
    if (!asked.unit) return web::show({"tasks/board", title, std::move(view)}, status);

    const UnitRights rights(work, asked.unit->id);
    const auto lines = lines_of_unit(work, asked.unit->id);
    set_filters(work, view, asked, lines);
    std::vector<Id> ticked;
    if (refused && refused->form == kBulk)
        for (const auto& text : refused->typed->all("tasks"))
            if (const auto id = parse_id(std::string_view(text).substr(0, text.find(':')))) ticked.push_back(*id);
    set_outcome(work, view, request, asked, ticked);
    if (asked.look == Look::List) {
        set_list(work, view, asked, rights, ticked, refused && refused->form == kBulk ? refused : nullptr);
    } else {
        TaskFilter filter = asked.filter;
        filter.show = TaskFilter::Show::Board;
        filter.order = TaskFilter::Order::Column;
        filter.limit = kMostCards;
        const auto all = tasks(work, filter);
        view.flag("any", !all.empty()).flag("more", all.size() == kMostCards).set("columns", columns(work, rights, all));
    }
    std::vector<View> offered;
    if (rights.works())
        for (std::size_t i = 0; i < std::min(lines.size(), kLinesOffered); ++i)
            offered.push_back(View().set("title", shortened(lines[i].title, kLineLetters)).set("path", line_tasks_path(lines[i].plan, lines[i].assignment) + "#them"));
    view.flag("narrowed", asked.narrowed() || asked.people != "tat-ca").flag("works", rights.works());
    view.set("everybody_path", fmt::format("{}?xem={}&don-vi={}&nguoi=tat-ca", kBoardPath, asked.look == Look::List ? "danh-sach" : "bang", to_string(asked.unit->id)));
    view.flag("no_lines", lines.empty()).flag("may_add", !offered.empty()).set("offered", std::move(offered));
    return web::show({"tasks/board", title, std::move(view)}, status);
}

/// All that the list finds, whatever page was shown.
Response send(const Request& request, Work& work) {
    const auto asked = board_query(work, request);
    if (!asked.unit) return web::not_found();
    const auto table = identity::sheet_table(work, "tasks.tasks", {{"tasks.task", formats::CellKind::Text, 50},
                                                                  {"tasks.of_line", formats::CellKind::Text, 50},
                                                                  {"tasks.field_responsible", formats::CellKind::Text, 26},
                                                                  {"tasks.field_partners", formats::CellKind::Text, 36},
                                                                  {"tasks.field_start_on", formats::CellKind::Day, 12},
                                                                  {"tasks.field_due_on", formats::CellKind::Day, 12},
                                                                  {"tasks.field_state", formats::CellKind::Text, 16},
                                                                  {"tasks.sheet_items_done", formats::CellKind::Number, 10},
                                                                  {"tasks.sheet_items", formats::CellKind::Number, 10}});
    TaskFilter filter = asked.filter;
    filter.limit = kPart;
    const auto part = [&] {
        auto found = tasks(work, filter);
        filter.offset += kPart;
        return found;
    };
    const auto day = [](const std::optional<Date>& date) { return date ? date->vietnamese() : std::string(); };
    const auto row = [&](const Task& task) {
        std::vector<std::string> partners;
        for (const auto& partner : task.partners) partners.push_back(partner.name);
        return std::vector<std::string>{task.title, task.line_title, task.responsible ? task.responsible->name : "", joined(partners, ", "), day(task.start_on), day(task.due_on),
                                        tr(work, "tasks.state_" + std::string(code(task.state))), std::to_string(task.items_done), std::to_string(task.items)};
    };
    return identity::send_table(table, identity::rows_by_part(part, row), "cong-viec-" + work.today().iso(), identity::sheet_format(request));
}

std::vector<TaskRef> ticked_tasks(const web::Fields& form) {
    std::vector<TaskRef> refs;
    for (const auto& text : form.all("tasks")) {
        const auto colon = text.find(':');
        const auto id = parse_id(std::string_view(text).substr(0, colon));
        const auto version = colon == std::string::npos ? std::nullopt : parse_id(std::string_view(text).substr(colon + 1));
        if (id && version && refs.size() < kMostTicked) refs.push_back({*id, version->value});
    }
    return refs;
}

Response change_ticked(const Registry& registry, const Request& request, Work& work) {
    ChangeTasks input;
    input.tasks = ticked_tasks(request.form);
    input.responsible = request.form.id("responsible");
    input.due_on = request.form.text("due_on");
    input.state = task_state_from(request.form.text("state"));
    const auto done = change_tasks(work, input);
    if (!done) {
        if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
        const Refused refused{std::string(kBulk), &request.form, done.failure()};
        return page(registry, request, work, &refused, 422);
    }
    std::vector<std::string> others;
    for (const auto& [id, why] : done->others)
        for (const auto& entry : kCodes)
            if (entry.why == why) others.push_back(fmt::format("{}-{}", to_string(id), entry.code));
    return web::redirect(fmt::format("{}?{}&da-doi={}&chua-doi={}", kBoardPath, board_query(work, request).text(), done->changed, joined(others, ".")));
}

/// Back to the board that the form stood on; from the task's own page, there.
Response after_move(const Registry& registry, const Request& request, Work& work, const Result<>& done) {
    const std::string id = to_string(request.id());
    if (!request.query.has("xem")) return done ? web::redirect(path_of(request.id())) : web::failed(done.failure());
    if (done) return web::redirect(fmt::format("{}?{}&da-chuyen={}#cv-{}", kBoardPath, board_query(work, request).text(), id, id));
    if (done.failure().reason != Reason::Conflict) return web::failed(done.failure());
    const Refused refused{"cv", &request.form, done.failure()};
    return page(registry, request, work, &refused, 409);
}

Response move(const Registry& registry, const Request& request, Work& work) {
    const auto state = task_state_from(request.form.text("state"));
    if (!state) return after_move(registry, request, work, invalid("state", "tasks.no_such_state"));
    return after_move(registry, request, work, move_task(work, {request.id(), request.form.number("version").value_or(0)}, *state));
}

Response swap(const Registry& registry, const Request& request, Work& work) {
    const auto neighbour = request.form.id("neighbour");
    const auto done = swap_tasks(work, request.id(), neighbour.value_or(Id{}));
    if (!done && done.failure().reason == Reason::Conflict) {
        const Refused refused{"cv", &request.form, done.failure()};
        return page(registry, request, work, &refused, 409);
    }
    if (!done) return web::failed(done.failure());
    return web::redirect(fmt::format("{}?{}#cv-{}", kBoardPath, board_query(work, request).text(), to_string(request.id())));
}

}  // namespace

void join_board_pages(Registry& registry) {
    const auto add = [&](web::Method method, const std::string& rest, auto handler) {
        const bool get = method == web::Method::Get;
        registry.add(web::Route{.method = method,
                                .pattern = std::string(kBoardPath) + rest,
                                .access = get ? web::Access::SignedIn : web::Access::Granted,
                                .verb = get ? "" : std::string(kWork.name),
                                .handler = [&registry, handler](const Request& request, Work& work) { return handler(registry, request, work); }});
    };
    add(web::Method::Get, "", [](const Registry& all, const Request& request, Work& work) { return page(all, request, work, nullptr, 200); });
    add(web::Method::Get, "/xuat", [](const Registry&, const Request& request, Work& work) { return send(request, work); });
    add(web::Method::Post, "/" + std::string(kBulk), change_ticked);
    add(web::Method::Post, "/{id}/chuyen", move);
    add(web::Method::Post, "/{id}/doi-cho", swap);
    registry.add(web::NavigationEntry{"", 35, "tasks.tasks", "board", std::string(kBoardPath), ""});
}

}  // namespace loa::tasks
