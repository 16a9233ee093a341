// Identity's pages, in the order in which a person meets them.
#pragma once

#include "loa/base/registry.h"
#include "loa/identity/join.h"

namespace loa::identity {

void add_first_run_pages(Registry& registry);
void add_authority_pages(Registry& registry);  // its settings
void add_calendar_pages(Registry& registry);   // days off
void add_sign_in_pages(Registry& registry);  // in, out, choice of authority
void add_account_pages(Registry& registry);
void add_unit_pages(Registry& registry);
void add_link_pages(Registry& registry);
void add_second_factor_pages(Registry& registry);
void add_deputy_pages(Registry& registry);
void add_person_pages(Registry& registry);
void add_permission_pages(Registry& registry);
void add_unit_change_pages(Registry& registry);
void add_unit_import_pages(Registry& registry);
void add_people_pages(Registry& registry);
void add_people_import_pages(Registry& registry);
void add_timeline_pages(Registry& registry);
void add_trash_pages(Registry& registry);

}  // namespace loa::identity
