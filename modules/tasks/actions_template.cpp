// Templates: the tasks of one line as a pattern for others.
#include <algorithm>

#include "actions.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "loa/plan/assigned_line.h"
#include "queries.h"
#include "rights.h"
#include "search_index.h"
#include "trash.h"

namespace loa::tasks {

namespace {

constexpr std::size_t kNameLength = 100, kMostTemplates = 50;

/// A line of the person's unit.
Result<plan::AssignedLine> own_line(Work& work, const LineRef& input) {
    auto line = plan::line_by_id(work, input.plan, input.assignment);
    if (!line) return line.failure();
    if (!UnitRights(work, line->unit).works()) return forbidden("tasks.not_your_unit");
    return line;
}

std::string due_of(const TemplateTask& task, const plan::AssignedLine& line, Date today) {
    if (!task.days_before || !line.next_due) return "";
    return std::max(line.next_due->plus_days(-*task.days_before), today).vietnamese();
}

TemplateTask pattern_of(Work& work, const Task& task, const std::optional<Date>& next_due) {
    TemplateTask pattern{task.title, task.note, std::nullopt, {}};
    if (task.due_on && next_due) pattern.days_before = std::max(0, next_due->days_since(*task.due_on));
    for (const auto& item : items_of(work, task.id)) pattern.checklist.push_back(item.text);
    return pattern;
}

Ref template_ref(const Work& work, Id id) { return {kTemplateKind, work.authority, id}; }

}  // namespace

Result<int> use_template(Work& work, const LineRef& input, const std::string& choice) {
    const auto line = own_line(work, input);
    if (!line) return line.failure();
    const auto pattern = template_chosen(work, line->unit, choice);
    if (!pattern) return invalid("template", "tasks.no_such_template");
    for (const auto& task : pattern->tasks) {
        TaskWords words;
        words.title = task.title;
        words.note = task.note;
        words.due_on = due_of(task, *line, work.today());
        const auto added = add_task(work, input, words);
        if (!added) return added.failure();
        for (const auto& item : task.checklist) work.db.run("tasks.insert_item", {work.authority, work.new_id(), *added, item});
        if (!task.checklist.empty()) index_task(work, *added);
    }
    return static_cast<int>(pattern->tasks.size());
}

Result<Id> keep_template(Work& work, const LineRef& input, const std::string& typed) {
    const auto line = own_line(work, input);
    if (!line) return line.failure();
    const std::string name = squeezed(typed);
    if (name.empty()) return invalid("name", "tasks.template_name_missing");
    if (length(name) > kNameLength) return invalid("name", "tasks.template_name_too_long", {{"n", std::to_string(kNameLength)}});
    const auto kept = templates_for(work, line->unit);
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const Template& each) { return each.id && each.name == name; });
    if (same == kept.end() && std::count_if(kept.begin(), kept.end(), [](const Template& each) { return each.id.has_value(); }) >=
                                  static_cast<std::ptrdiff_t>(kMostTemplates))
        return conflict("tasks.too_many_templates", {{"n", std::to_string(kMostTemplates)}});

    std::vector<TemplateTask> patterns;
    for (const auto& task : tasks(work, {.unit = line->unit, .assignment = line->assignment, .limit = static_cast<int>(kMostTasksOfLine)}))
        if (task.state != TaskState::Dropped) patterns.push_back(pattern_of(work, task, line->next_due));
    if (patterns.empty()) return conflict("tasks.no_tasks_to_keep");
    if (same != kept.end()) put_template_in_trash(work, *same->id, line->unit, name);

    const Id id = work.new_id();
    if (work.db.run("tasks.insert_template", {work.authority, id, line->unit, name, work.now, work.actor.person}) == 0)
        return conflict("tasks.changed_meanwhile");
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        const auto& pattern = patterns[i];
        const auto text = [](const std::string& words) { return words.empty() ? std::nullopt : std::optional(words); };
        const auto days = pattern.days_before ? std::optional<std::int64_t>(*pattern.days_before) : std::nullopt;
        work.db.run("tasks.insert_template_task", {work.authority, id, static_cast<std::int64_t>(i), pattern.title, text(pattern.note), days,
                                                   text(joined(pattern.checklist, "\n"))});
    }
    identity::record(work, template_ref(work, id), "tasks.template_kept", {{"name", "", name}});
    return id;
}

Result<Id> delete_template(Work& work, Id id) {
    const auto row = work.db.one("tasks.template_by_id", {work.authority, id});
    if (!row || !UnitRights(work, row->id("unit_id")).works()) return not_found("tasks.no_such_template");
    return put_template_in_trash(work, id, row->id("unit_id"), row->text("name"));
}

}  // namespace loa::tasks
