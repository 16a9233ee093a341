#pragma once

#include "loa/base/registry.h"

namespace loa::tasks {

void join_board_pages(Registry& registry);
void join_line_pages(Registry& registry);
void join_task_pages(Registry& registry);
void join_template_pages(Registry& registry);

}  // namespace loa::tasks
