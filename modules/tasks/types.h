// The nouns of tasks; the words are those of docs/glossary.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/id.h"

namespace loa::tasks {

/// In letters.
inline constexpr std::size_t kTitleLength = 200, kNoteLength = 4000, kItemLength = 300, kCommentLength = 4000;
/// Of one task, of one line, of one task.
inline constexpr std::size_t kMostItems = 50, kMostTasksOfLine = 200, kMostFiles = 20;

enum class TaskState { ToDo, Doing, Done, Dropped };
inline constexpr TaskState kTaskStates[] = {TaskState::ToDo, TaskState::Doing, TaskState::Done, TaskState::Dropped};

/// "to_do", "doing", "done", "dropped": the column, the form value, and the key "tasks.state_<code>".
std::string_view code(TaskState state);
std::optional<TaskState> task_state_from(std::string_view code);

struct Participant {
    Id person;
    std::string name;
};

struct Task {
    Id id;
    Id plan;
    Id assignment;
    Id unit;
    std::string title;
    std::string note;
    TaskState state = TaskState::ToDo;
    std::optional<Date> start_on;
    std::optional<Date> due_on;
    std::int64_t position = 0;
    Id created_by;
    std::optional<Participant> responsible;
    std::vector<Participant> partners;  // work on it as well
    std::string line_title;
    bool line_open = true;  // the plan asks the unit for the line still
    std::int64_t items = 0, items_done = 0, comments = 0;
    std::int64_t version = 0;

    bool open() const { return state == TaskState::ToDo || state == TaskState::Doing; }
    bool late_on(Date day) const { return open() && due_on && *due_on < day; }
    bool has(Id person) const;
};

struct ChecklistItem {
    Id id;
    std::int64_t position = 0;
    std::string text;
    std::optional<Instant> done_at;
    std::string done_by_name;
};

struct Comment {
    Id id;
    std::string text;
    Id person;
    std::string person_name;
    Instant at;
    std::vector<std::string> mentioned;
};

struct TemplateTask {
    std::string title;
    std::string note;
    std::optional<int> days_before;  // counted back from the day the line falls due
    std::vector<std::string> checklist;
};

/// Shipped ones have a code, those of a unit an id.
struct Template {
    std::string choice;  // what a form says: "feature", "714…"
    std::string name;
    std::optional<Id> id;
    std::optional<Id> unit;
    std::vector<TemplateTask> tasks;
};

}  // namespace loa::tasks
