#include "queries.h"

#include <algorithm>
#include <unordered_map>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "verbs.h"

namespace loa::tasks {

namespace {

constexpr std::size_t kMostPredecessors = 50;
constexpr std::int64_t kShownDoneSeconds = std::int64_t{30} * 24 * 3600;

Task task_from(const storage::Row& row) {
    Task task;
    task.id = row.id("id");
    task.plan = row.id("plan_id");
    task.assignment = row.id("assignment_id");
    task.unit = row.id("unit_id");
    task.title = row.text("title");
    task.note = row.optional_text("note").value_or("");
    const auto state = task_state_from(row.text("state"));
    LOA_CHECK(state.has_value());
    task.state = *state;
    task.start_on = row.optional_date("start_on");
    task.due_on = row.optional_date("due_on");
    task.position = row.number("position");
    task.created_by = row.id("created_by");
    task.version = row.number("version");
    const auto ordinal = row.optional_text("line_ordinal").value_or("");
    task.line_title = (ordinal.empty() ? "" : ordinal + " ") + row.optional_text("line_title").value_or("");
    task.line_open = row.flag("line_open");
    task.items = row.number("items");
    task.items_done = row.number("items_done");
    task.comments = row.number("comments");
    return task;
}

void add_participant(Task& task, const storage::Row& row) {
    Participant participant{row.id("person_id"), row.text("name")};
    if (row.flag("responsible"))
        task.responsible = std::move(participant);
    else
        task.partners.push_back(std::move(participant));
}

storage::ListRequest request_for(const Work& work, const TaskFilter& filter) {
    storage::ListRequest request;
    request.filters.emplace_back("unit", filter.unit);
    if (filter.assignment) request.filters.emplace_back("assignment", *filter.assignment);
    if (filter.person) request.filters.emplace_back("person", *filter.person);
    if (filter.people == TaskFilter::People::Nobody) request.filters.emplace_back("nobody", std::string(code(TaskState::Dropped)));
    if (filter.state) request.filters.emplace_back("state", std::string(code(*filter.state)));
    if (filter.late_on) request.filters.emplace_back("late_on", *filter.late_on);
    if (filter.show == TaskFilter::Show::Board) {
        request.filters.emplace_back("not_state", std::string(code(TaskState::Dropped)));
        request.filters.emplace_back("closed_after", work.now.plus_seconds(-kShownDoneSeconds));
    }
    request.order = filter.order == TaskFilter::Order::Column ? "column" : "due";
    request.limit = filter.limit;
    request.offset = filter.offset;
    return request;
}

}  // namespace

std::string_view code(TaskState state) {
    switch (state) {
        case TaskState::ToDo: return "to_do";
        case TaskState::Doing: return "doing";
        case TaskState::Done: return "done";
        case TaskState::Dropped: break;
    }
    return "dropped";
}

std::optional<TaskState> task_state_from(std::string_view text) {
    for (const auto state : kTaskStates)
        if (code(state) == text) return state;
    return std::nullopt;
}

bool Task::has(Id person) const {
    return (responsible && responsible->person == person) ||
           std::any_of(partners.begin(), partners.end(), [&](const Participant& partner) { return partner.person == person; });
}

std::vector<Task> tasks(Work& work, const TaskFilter& filter) {
    std::vector<Task> found;
    for (const auto& row : work.db.list("tasks.tasks", {work.authority}, request_for(work, filter))) found.push_back(task_from(row));
    if (found.empty()) return found;
    std::unordered_map<Id, Task*> by_id;
    for (auto& task : found) by_id[task.id] = &task;
    for (const auto& row : work.db.query("tasks.participants_by_unit", {work.authority, filter.unit}))
        if (const auto at = by_id.find(row.id("task_id")); at != by_id.end()) add_participant(*at->second, row);
    return found;
}

std::optional<Task> stored_task(Work& work, Id id) {
    const auto rows = work.db.list("tasks.tasks", {work.authority}, {.filters = {{"task", id}}, .order = "due"});
    if (rows.empty()) return std::nullopt;
    Task task = task_from(rows.front());
    for (const auto& row : work.db.query("tasks.participants_by_task", {work.authority, id})) add_participant(task, row);
    return task;
}

Result<Task> task_by_id(Work& work, Id id) {
    auto task = stored_task(work, id);
    if (!task || !plan::line_by_id(work, task->plan, task->assignment)) return not_found("tasks.no_such_task");
    return *std::move(task);
}

std::vector<ChecklistItem> items_of(Work& work, Id task) {
    std::vector<ChecklistItem> items;
    for (const auto& row : work.db.query("tasks.items_by_task", {work.authority, task}))
        items.push_back({row.id("id"), row.number("position"), row.text("text"), row.optional_instant("done_at"),
                         row.optional_text("done_by_name").value_or("")});
    return items;
}

std::vector<Comment> comments_of(Work& work, Id task) {
    std::vector<Comment> comments;
    for (const auto& row : work.db.query("tasks.comments_by_task", {work.authority, task}))
        comments.push_back({row.id("id"), row.text("text"), row.id("person_id"), row.text("name"), row.instant("at"), {}});
    for (const auto& row : work.db.query("tasks.mentions_by_task", {work.authority, task}))
        for (auto& comment : comments)
            if (comment.id == row.id("comment_id")) comment.mentioned.push_back(row.text("name"));
    return comments;
}

std::vector<Participant> people_of(const Work& work, Id unit) {
    std::vector<Participant> people;
    for (const auto& member : identity::people_of_unit(work, unit))
        if (std::none_of(people.begin(), people.end(), [&](const Participant& known) { return known.person == member.person; }))
            people.push_back({member.person, member.person_name});
    return people;
}

std::vector<TaskLeftBehind> tasks_left_behind(Work& work, const plan::AssignedLine& line) {
    // Whom the unit came from, and they in turn.
    std::vector<Id> before;
    std::vector<Id> look{line.unit};
    while (!look.empty() && before.size() < kMostPredecessors) {
        const Id unit = look.back();
        look.pop_back();
        for (const auto& link : identity::links_to(work, unit))
            if (link.predecessor.authority == work.authority && std::find(before.begin(), before.end(), link.predecessor.unit) == before.end()) {
                before.push_back(link.predecessor.unit);
                look.push_back(link.predecessor.unit);
            }
    }
    std::vector<TaskLeftBehind> tasks;
    if (before.empty()) return tasks;
    std::string units = ",";
    for (const Id unit : before) units += to_string(unit) + ",";
    for (const auto& row : work.db.query("tasks.tasks_left_behind", {work.authority, line.assignment, units}))
        tasks.push_back({row.id("id"), row.id("unit_id"), row.text("unit_name")});
    return tasks;
}

std::vector<UnitLine> lines_of_unit(Work& work, Id unit) {
    std::vector<UnitLine> lines;
    for (const auto& row : work.db.query("tasks.lines_of_unit", {work.authority, unit})) {
        const auto ordinal = row.optional_text("ordinal").value_or("");
        lines.push_back({row.id("plan_id"), row.id("id"), (ordinal.empty() ? "" : ordinal + " ") + row.optional_text("title").value_or(""),
                         row.number("tasks")});
    }
    return lines;
}

std::vector<BoardUnit> board_units(Work& work) {
    std::vector<BoardUnit> units;
    const auto add = [&](Id id, const std::string& name) {
        if (std::none_of(units.begin(), units.end(), [&](const BoardUnit& unit) { return unit.id == id; })) units.push_back({id, name});
    };
    const auto open = identity::units_where_may(work, kWork);
    const auto works_in = [&](Id unit) { return std::find(open.begin(), open.end(), unit) != open.end(); };
    for (const auto& unit : identity::units_by_ids(work, identity::own_units(work)))
        if (works_in(unit.id)) add(unit.id, unit.name);
    const bool all = identity::may(work, kReadBoards);
    for (const auto& row : work.db.query("tasks.units_with_tasks", {work.authority}))
        if (all || works_in(row.id("unit_id"))) add(row.id("unit_id"), row.text("name"));
    return units;
}

}  // namespace loa::tasks
