#pragma once

#include "loa/base/registry.h"

namespace loa::monitoring {

void join_overview(Registry& registry);
void join_coverage_pages(Registry& registry);
void join_calendar_pages(Registry& registry);
void join_line_list_pages(Registry& registry);
void join_saved_view_pages(Registry& registry);
void join_feed_pages(Registry& registry);
void join_gantt_page(Registry& registry);
void join_unit_page(Registry& registry);
void join_late_page(Registry& registry);
void join_urging_pages(Registry& registry);
void join_letter_pages(Registry& registry);
void join_waiting_page(Registry& registry);
void join_line_panel(Registry& registry);

}  // namespace loa::monitoring
