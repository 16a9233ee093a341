// What the search page finds of tasks.
#pragma once

#include "loa/search/search.h"
#include "loa/storage/work.h"

namespace loa::tasks {

/// A task as it stands now, with its checklist, comments and the names of its files, for those who may read its line; one in
/// the trash is found no more. Whatever changes one of these calls it.
void index_task(Work& work, Id task);

/// For a rebuild.
search::SearchSource tasks_source();

}  // namespace loa::tasks
