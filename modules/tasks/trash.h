// Tasks, their files and templates in the trash, and out of it.
#pragma once

#include <string>

#include "loa/identity/trash.h"
#include "loa/media/file.h"

namespace loa::tasks {

inline constexpr const char* kTemplateKind = "tasks.template";

/// How a task is taken back, and erased for good after 30 days; delete_task() puts it there.
const identity::TrashKind& tasks_in_trash();
/// A file that was taken off its task. Nobody reads it meanwhile.
const identity::TrashKind& files_in_trash();
/// A template of a unit. Refused (conflict) while another has its name.
const identity::TrashKind& templates_in_trash();

/// Give the item. Whether the actor may is the caller's question.
Id put_file_in_trash(Work& work, const media::File& file, Id unit);
Id put_template_in_trash(Work& work, Id id, Id unit, const std::string& name);

}  // namespace loa::tasks
