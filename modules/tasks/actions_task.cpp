// Tasks: who does what by when.
#include <algorithm>

#include "actions.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/deputies.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "loa/plan/assigned_line.h"
#include "notices.h"
#include "queries.h"
#include "rights.h"
#include "search_index.h"
#include "views.h"

namespace loa::tasks {

namespace {

using identity::Change;

struct Checked {
    std::string title, note;
    std::optional<Date> start_on, due_on;
    std::optional<Participant> responsible;
    std::vector<Participant> partners;
};

std::optional<Date> day_in(const std::string& typed, const char* field, std::vector<Problem>& problems) {
    if (squeezed(typed).empty()) return std::nullopt;
    const auto day = Date::parse_vietnamese(squeezed(typed));
    if (!day) problems.push_back({field, "tasks.day_unreadable", {{"text", shortened(typed, 40)}}});
    return day;
}

/// Of the unit today, or on the task already.
std::optional<Participant> person_of(const std::vector<Participant>& people, const Task* before, Id person) {
    for (const auto& known : people)
        if (known.person == person) return known;
    if (!before) return std::nullopt;
    if (before->responsible && before->responsible->person == person) return before->responsible;
    for (const auto& partner : before->partners)
        if (partner.person == person) return partner;
    return std::nullopt;
}

Result<Checked> checked(const Work& work, Id unit, const TaskWords& words, const Task* before) {
    std::vector<Problem> problems;
    Checked result{squeezed(words.title), std::string(trimmed(words.note)), {}, {}, {}, {}};
    if (result.title.empty()) problems.push_back({"title", "tasks.title_missing", {}});
    if (length(result.title) > kTitleLength) problems.push_back({"title", "tasks.title_too_long", {{"n", std::to_string(kTitleLength)}}});
    if (length(result.note) > kNoteLength) problems.push_back({"note", "tasks.note_too_long", {{"n", std::to_string(kNoteLength)}}});
    result.start_on = day_in(words.start_on, "start_on", problems);
    result.due_on = day_in(words.due_on, "due_on", problems);
    if (result.start_on && result.due_on && *result.due_on < *result.start_on) problems.push_back({"due_on", "tasks.due_before_start", {}});
    const auto people = people_of(work, unit);
    if (words.responsible && !(result.responsible = person_of(people, before, *words.responsible)))
        problems.push_back({"responsible", "tasks.no_such_colleague", {}});
    for (const Id partner : words.partners) {
        if (words.responsible == partner) continue;
        auto found = person_of(people, before, partner);
        if (!found) problems.push_back({"partners", "tasks.no_such_colleague", {}});
        else if (std::none_of(result.partners.begin(), result.partners.end(), [&](const Participant& known) { return known.person == partner; }))
            result.partners.push_back(*std::move(found));
    }
    if (!words.responsible && !result.partners.empty()) problems.push_back({"responsible", "tasks.responsible_missing", {}});
    if (!problems.empty()) return invalid(std::move(problems));
    return result;
}

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

std::string names_of(const std::vector<Participant>& people) {
    std::vector<std::string> names;
    for (const auto& person : people) names.push_back(person.name);
    std::sort(names.begin(), names.end());
    return joined(names, ", ");
}

std::string name_of(const std::optional<Participant>& person) { return person ? person->name : ""; }
std::string day_of(const std::optional<Date>& day) { return day ? day->iso() : ""; }

void write_people(Work& work, Id task, const std::optional<Participant>& responsible, const std::vector<Participant>& partners) {
    work.db.run("tasks.delete_participants", {work.authority, task});
    if (responsible) work.db.run("tasks.insert_participant", {work.authority, task, responsible->person, 1});
    for (const auto& partner : partners) work.db.run("tasks.insert_participant", {work.authority, task, partner.person, 0});
}

/// Who is on it now and was not before.
void tell_new_people(Work& work, Id task, const Checked& now, const Task* before, const std::string& about) {
    std::vector<Id> told;
    const auto look = [&](const Participant& person) {
        if (!before || !before->has(person.person)) told.push_back(person.person);
    };
    if (now.responsible) look(*now.responsible);
    for (const auto& partner : now.partners) look(partner);
    for (const Id person : identity::with_deputies(work, told))
        if (person != work.actor.person)
            jobs::notify(work, person, kAssigned,
                         {.key = "tasks.notice_assigned", .args = {{"title", now.title}}, .path = path_of(task), .about = about, .deadline = now.due_on});
}

bool same_people(const Task& task, const Checked& now) {
    const auto id = [](const std::optional<Participant>& person) { return person ? person->person : Id{}; };
    if (id(task.responsible) != id(now.responsible) || task.partners.size() != now.partners.size()) return false;
    return std::all_of(now.partners.begin(), now.partners.end(), [&](const Participant& partner) {
        return std::any_of(task.partners.begin(), task.partners.end(), [&](const Participant& known) { return known.person == partner.person; });
    });
}

/// Of the words, and of the names, which stand in the personal part of the line.
struct Changes {
    std::vector<Change> words, people;
};

Changes changes_between(const Task& before, const Checked& now) {
    Changes changes;
    const auto add = [](std::vector<Change>& to, const char* field, const std::string& was, const std::string& is) {
        if (was != is) to.push_back({field, was, is});
    };
    add(changes.words, "title", before.title, now.title);
    add(changes.words, "note", before.note, now.note);
    add(changes.words, "start_on", day_of(before.start_on), day_of(now.start_on));
    add(changes.words, "due_on", day_of(before.due_on), day_of(now.due_on));
    add(changes.people, "responsible", name_of(before.responsible), name_of(now.responsible));
    add(changes.people, "partners", names_of(before.partners), names_of(now.partners));
    return changes;
}

/// A task that the person may change, as she saw it.
Result<Task> task_to_change(Work& work, const TaskRef& input) {
    auto task = task_by_id(work, input.task);
    if (!task) return task.failure();
    if (!UnitRights(work, task->unit).changes(*task)) return forbidden("tasks.not_yours");
    if (task->version != input.version) return conflict("tasks.changed_meanwhile");
    return task;
}

NotChanged why(const Failure& failure) {
    switch (failure.reason) {
        case Reason::Forbidden: return NotChanged::NotYours;
        case Reason::NotFound: return NotChanged::Gone;
        case Reason::Invalid: return NotChanged::Dates;
        case Reason::Conflict:
        case Reason::Unavailable: break;
    }
    return NotChanged::Meanwhile;
}

/// Both steps or none: what the second may refuse, the first has refused.
Result<> change_one(Work& work, const TaskRef& ref, const ChangeTasks& input) {
    const auto task = task_to_change(work, ref);
    if (!task) return task.failure();
    TaskWords words = words_of(*task);
    if (!input.due_on.empty()) words.due_on = input.due_on;
    if (input.responsible) {
        words.responsible = input.responsible;
        std::erase(words.partners, *input.responsible);
    }
    if (const auto saved = save_task(work, ref, words); !saved) return saved.failure();
    if (!input.state) return Done{};
    const auto now = stored_task(work, ref.task);
    LOA_CHECK(now.has_value());
    return move_task(work, {ref.task, now->version}, *input.state);
}

}  // namespace

Ref ref_of(const Work& work, Id task) { return {kTaskKind, work.authority, task}; }

TaskWords words_of(const Task& task) {
    TaskWords words;
    words.title = task.title;
    words.note = task.note;
    if (task.start_on) words.start_on = task.start_on->vietnamese();
    if (task.due_on) words.due_on = task.due_on->vietnamese();
    if (task.responsible) words.responsible = task.responsible->person;
    for (const auto& partner : task.partners) words.partners.push_back(partner.person);
    return words;
}

Result<Id> add_task(Work& work, const LineRef& input, const TaskWords& words) {
    const auto line = plan::line_by_id(work, input.plan, input.assignment);
    if (!line) return line.failure();
    if (!UnitRights(work, line->unit).works()) return forbidden("tasks.not_your_unit");
    if (!line->open) return conflict("tasks.line_not_open");
    const auto count = work.db.one("tasks.count_by_assignment", {work.authority, line->assignment})->number("tasks");
    if (count >= static_cast<std::int64_t>(kMostTasksOfLine)) return conflict("tasks.too_many", {{"n", std::to_string(kMostTasksOfLine)}});
    const auto now = checked(work, line->unit, words, nullptr);
    if (!now) return now.failure();
    const bool for_others = !now->partners.empty() || (now->responsible && now->responsible->person != work.actor.person);
    if (for_others && !UnitRights(work, line->unit).assigns()) return forbidden("tasks.only_head_assigns");
    const Id id = work.new_id();
    work.db.run("tasks.insert_task", {work.authority, id, line->plan, line->assignment, line->unit, now->title, unless_empty(now->note),
                                      now->start_on, now->due_on, work.now, work.actor.person});
    write_people(work, id, now->responsible, now->partners);
    const auto changes = changes_between(Task{}, *now);
    identity::record(work, ref_of(work, id), "tasks.added", changes.words, changes.people);
    index_task(work, id);
    tell_new_people(work, id, *now, nullptr, line->plan_title);
    return id;
}

Result<> save_task(Work& work, const TaskRef& input, const TaskWords& words) {
    const auto task = task_to_change(work, input);
    if (!task) return task.failure();
    const auto now = checked(work, task->unit, words, &*task);
    if (!now) return now.failure();
    const auto changes = changes_between(*task, *now);
    const bool same = same_people(*task, *now);
    if (changes.words.empty() && changes.people.empty() && same) return Done{};
    if (!same && !UnitRights(work, task->unit).assigns()) return forbidden("tasks.only_head_assigns");
    if (task->due_on != now->due_on && !UnitRights(work, task->unit).decides(*task)) return forbidden("tasks.only_head_sets_due");
    const auto touched = work.db.run("tasks.set_task", {work.authority, task->id, now->title, unless_empty(now->note), now->start_on,
                                                        now->due_on, input.version});
    if (touched == 0) return conflict("tasks.changed_meanwhile");
    if (!same) write_people(work, task->id, now->responsible, now->partners);
    identity::record(work, ref_of(work, task->id), "tasks.changed", changes.words, changes.people);
    index_task(work, task->id);
    tell_new_people(work, task->id, *now, &*task, task->line_title);
    return Done{};
}

Result<> move_task(Work& work, const TaskRef& input, TaskState state) {
    const auto task = task_to_change(work, input);
    if (!task) return task.failure();
    if (task->state == state) return Done{};
    const bool closes = state == TaskState::Done || state == TaskState::Dropped;
    const auto touched = work.db.run("tasks.set_state", {work.authority, task->id, code(state), work.new_id(),
                                                         closes ? std::optional(work.now) : std::nullopt, input.version});
    if (touched == 0) return conflict("tasks.changed_meanwhile");
    identity::record(work, ref_of(work, task->id), "tasks.moved", {{"state", std::string(code(task->state)), std::string(code(state))}});
    return Done{};
}

Result<> swap_tasks(Work& work, Id first, Id second) {
    const auto one = task_by_id(work, first);
    if (!one) return one.failure();
    if (!UnitRights(work, one->unit).changes(*one)) return forbidden("tasks.not_yours");
    const auto other = task_by_id(work, second);
    if (!other || other->unit != one->unit || other->state != one->state) return conflict("tasks.changed_meanwhile");
    work.db.run("tasks.set_position", {work.authority, one->id, other->position});
    work.db.run("tasks.set_position", {work.authority, other->id, one->position});
    return Done{};
}

Result<> take_task(Work& work, const TaskRef& input) {
    const auto task = task_by_id(work, input.task);
    if (!task) return task.failure();
    if (task->responsible) return conflict("tasks.taken_already", {{"name", task->responsible->name}});
    if (!UnitRights(work, task->unit).takes(*task)) return forbidden("tasks.not_your_unit");
    const auto touched = work.db.run("tasks.set_task", {work.authority, task->id, task->title, unless_empty(task->note), task->start_on,
                                                        task->due_on, input.version});
    if (touched == 0) return conflict("tasks.changed_meanwhile");
    const Participant taker{work.actor.person, work.actor.name};
    write_people(work, task->id, taker, {});
    identity::record(work, ref_of(work, task->id), "tasks.taken", {}, {{"responsible", "", taker.name}});
    return Done{};
}

Result<int> take_over_tasks(Work& work, const LineRef& input) {
    const auto line = plan::line_by_id(work, input.plan, input.assignment);
    if (!line) return line.failure();
    if (!UnitRights(work, line->unit).works()) return forbidden("tasks.not_your_unit");
    if (!line->open) return conflict("tasks.line_not_open");
    const auto left = tasks_left_behind(work, *line);
    if (left.empty()) return conflict("tasks.none_left_behind");
    for (const auto& task : left) {
        work.db.run("tasks.set_line", {work.authority, task.task, line->assignment, line->unit});
        identity::record(work, ref_of(work, task.task), "tasks.taken_over", {{"unit", task.unit_name, ""}});
        index_task(work, task.task);
    }
    return static_cast<int>(left.size());
}

Result<TasksChanged> change_tasks(Work& work, const ChangeTasks& input) {
    if (input.tasks.empty()) return invalid("tasks", "tasks.none_ticked");
    if (!input.responsible && squeezed(input.due_on).empty() && !input.state) return invalid("state", "tasks.nothing_to_change");
    if (!squeezed(input.due_on).empty() && !Date::parse_vietnamese(squeezed(input.due_on)))
        return invalid("due_on", "tasks.day_unreadable", {{"text", shortened(input.due_on, 40)}});
    TasksChanged result;
    for (const auto& ref : input.tasks) {
        const auto done = change_one(work, ref, input);
        if (done) {
            ++result.changed;
        } else if (done.failure().reason == Reason::Invalid && done.failure().problems.front().field == "responsible") {
            return done.failure();
        } else {
            result.others.emplace_back(ref.task, why(done.failure()));
        }
    }
    return result;
}

}  // namespace loa::tasks
