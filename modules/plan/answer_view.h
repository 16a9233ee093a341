// What somebody without an account sees who came by a personal link: the unit's lines in the plan, and one of them with what
// she may do. Made for a small telephone, and whole without script.
#pragma once

#include <string>

#include "loa/base/registry.h"
#include "loa/web/http.h"
#include "personal_link.h"
#include "views.h"

namespace loa::plan {

/// `base` is the address that she came by.
web::Response answers_page(ByLink& by, const std::string& base, const Refused* refused, int status);
/// Not found: a line of another unit or plan, or one that is given to the unit no more. `done` is the act that has just gone
/// through, "" for none.
web::Response answer_page(ByLink& by, const Registry& registry, const std::string& base, Id line, const Refused* refused,
                          const std::string& done, int status);

}  // namespace loa::plan
