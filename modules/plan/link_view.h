// Personal links as those see them who give them.
#pragma once

#include "loa/web/view.h"
#include "personal_link.h"
#include "views.h"

namespace loa::plan {

/// "/ke-hoach/1/lien-ket".
std::string links_path(Id plan);
/// One link: whose, until when, whether it is good, and the forms to renew ("renew-<id>") and to revoke it.
web::View link_view(const Work& work, const PersonalLink& link, const Refused* refused);
/// "links" of a line's page, where the person may give one for its unit or read of those there are.
void set_links(Work& work, web::View& view, const Plan& plan, const Assignment& assignment, const Refused* refused);

}  // namespace loa::plan
