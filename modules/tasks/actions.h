// Everything that changes something here. Each writes a line of the task's timeline in its transaction.
//
// They are refused in the same ways: not found where the person may not see the line; forbidden where she may see it and no
// more (rights.h); conflict where somebody has changed the task since she saw it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loa/base/ref.h"
#include "loa/base/result.h"
#include "loa/media/file.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::tasks {

inline constexpr const char* kTaskKind = "tasks.task";
Ref ref_of(const Work& work, Id task);

struct LineRef {
    Id plan;
    Id assignment;
};

/// As the person saw it.
struct TaskRef {
    Id task;
    std::int64_t version = 0;
};

/// As a form sends them; days as people type them.
struct TaskWords {
    std::string title;
    std::string note;
    std::string start_on;
    std::string due_on;
    std::optional<Id> responsible;
    std::vector<Id> partners;
};
/// As the form of a task would send them back.
TaskWords words_of(const Task& task);

/// For a line that is asked for still (else conflict). Invalid ("title", "note", "start_on", "due_on", "responsible",
/// "partners"): no title, too long, no such day, due before it starts, nobody of the unit. Only a head gives it to others than
/// herself.
Result<Id> add_task(Work& work, const LineRef& line, const TaskWords& words);
/// As above. People are the head's to change, the due day hers or of who made the task.
Result<> save_task(Work& work, const TaskRef& task, const TaskWords& words);
/// Into another column, to its end.
Result<> move_task(Work& work, const TaskRef& task, TaskState state);
/// The two change places in their column, which whoever may change the first decides; conflict where they do not stand in the same
/// one. The order leaves no line in the timeline: it is changed all day.
Result<> swap_tasks(Work& work, Id task, Id neighbour);
/// What nobody has becomes the person's own.
Result<> take_task(Work& work, const TaskRef& task);
/// tasks_left_behind() go on under this line, with all they hold. Gives how many; conflict: there are none (any more).
Result<int> take_over_tasks(Work& work, const LineRef& line);
/// Into the trash; gives its item.
Result<Id> delete_task(Work& work, const TaskRef& task);

struct ChangeTasks {
    std::vector<TaskRef> tasks;
    std::optional<Id> responsible;   // none: as they are
    std::string due_on;              // "": as they are
    std::optional<TaskState> state;  // none: as they are
};
enum class NotChanged { Meanwhile, NotYours, Gone, Dates };
struct TasksChanged {
    int changed = 0;
    std::vector<std::pair<Id, NotChanged>> others;
};
/// Those that can be changed are, in one transaction; the others stay as they are and are told. Invalid, and nothing is
/// done: none was ticked ("tasks"), nothing to change ("state"), no day ("due_on"), nobody of the unit ("responsible").
Result<TasksChanged> change_tasks(Work& work, const ChangeTasks& input);

/// One item a line of `text`. Invalid ("text"): nothing, too long; conflict: more than a checklist holds.
Result<> add_items(Work& work, Id task, const std::string& text);
enum class ItemAct { Tick, Untick, Up, Down, Remove };
Result<> change_item(Work& work, Id task, Id item, ItemAct act);

/// People of the unit who are named in it, by "@Phạm Văn Lực" or chosen, are told. Invalid ("text", "mentioned").
Result<> add_comment(Work& work, Id task, const std::string& text, const std::vector<Id>& mentioned);

Result<> attach_files(Work& work, Id task, const std::vector<media::AcceptedFile>& files);
/// Into the trash; gives its item.
Result<Id> detach_file(Work& work, Id task, Id file);

/// Makes the tasks of a template for the line, each due as many days before the line's next due day as the template says, but
/// not before today; nobody has them yet. Gives how many. Invalid ("template"): none of that choice.
Result<int> use_template(Work& work, const LineRef& line, const std::string& choice);
/// The line's tasks, but for dropped ones, under a name of the unit's own; another of that name goes into the trash. Invalid ("name");
/// conflict: the line has no tasks.
Result<Id> keep_template(Work& work, const LineRef& line, const std::string& name);
/// Into the trash; gives its item.
Result<Id> delete_template(Work& work, Id id);

}  // namespace loa::tasks
