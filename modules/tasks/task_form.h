// The form of a task: what stands in it, what a person typed, and what to show when two people have written in it.
#pragma once

#include <string>
#include <vector>

#include "actions.h"
#include "loa/storage/work.h"
#include "loa/web/view.h"
#include "rights.h"
#include "types.h"
#include "views.h"

namespace loa::tasks {

/// What the form says; what it did not hold is as in `stored`.
TaskWords typed_words(const web::Fields& form, const TaskWords& stored);
/// What stood in the form when the person opened it (its fields "seen_…").
TaskWords seen_words(const web::Fields& form, const TaskWords& stored);

/// For the partial _task_fields, with the seen_… fields. `before`: the task that is changed, or none for a new one.
web::View task_form(const Work& work, const UnitRights& rights, Id unit, const Task* before, const TaskWords& words, const TaskWords& seen,
                    const Refused* refused);

/// Two people changed the same task: field by field what it was, what this one typed, what is stored now. Nothing where
/// they are the same.
std::vector<web::View> conflict_rows(const Work& work, const Task& stored, const TaskWords& seen, const TaskWords& typed);
/// What this one changed, over what is stored now.
TaskWords merged_words(const TaskWords& stored, const TaskWords& seen, const TaskWords& typed);

}  // namespace loa::tasks
