// Everything that reads here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/base/result.h"
#include "loa/plan/assigned_line.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::tasks {

struct TaskFilter {
    Id unit;
    std::optional<Id> assignment = {};
    std::optional<Id> person = {};
    enum class People { Any, Nobody } people = People::Any;  // Nobody: those that nobody has
    std::optional<TaskState> state = {};
    std::optional<Date> late_on = {};
    enum class Show { All, Board } show = Show::All;  // Board: neither dropped nor done more than 30 days ago
    enum class Order { Due, Column } order = Order::Due;
    int limit = 50;
    int offset = 0;
};
/// Not those in the trash. Whether the person may see that unit's is the page's question.
std::vector<Task> tasks(Work& work, const TaskFilter& filter);

/// Not found where there is none, or the person may not see its line.
Result<Task> task_by_id(Work& work, Id id);
/// The same, whoever asks.
std::optional<Task> stored_task(Work& work, Id id);
std::vector<ChecklistItem> items_of(Work& work, Id task);
/// The oldest first.
std::vector<Comment> comments_of(Work& work, Id task);

/// Who is of the unit today, each once; its heads first.
std::vector<Participant> people_of(const Work& work, Id unit);

/// What a unit that is no more had begun for the same activity or duty, before the plan gave it to this one.
struct TaskLeftBehind {
    Id task;
    Id unit;
    std::string unit_name;
};
std::vector<TaskLeftBehind> tasks_left_behind(Work& work, const plan::AssignedLine& line);

/// A line that the plans in force ask of the unit.
struct UnitLine {
    Id plan;
    Id assignment;
    std::string title;
    std::int64_t tasks = 0;
};
std::vector<UnitLine> lines_of_unit(Work& work, Id unit);

struct BoardUnit {
    Id id;
    std::string name;
};
/// Whose boards the person may look at: her own units first; those that have tasks, where she reads every board.
std::vector<BoardUnit> board_units(Work& work);

/// The shipped ones in the reader's language, then those that the unit keeps.
std::vector<Template> templates_for(Work& work, Id unit);
/// One that templates_for() gives.
std::optional<Template> template_chosen(Work& work, Id unit, std::string_view choice);

}  // namespace loa::tasks
