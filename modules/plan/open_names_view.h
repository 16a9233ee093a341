// The names of a draft that no unit bears yet, each with what it may mean.
#pragma once

#include <vector>

#include "loa/storage/work.h"
#include "loa/web/view.h"
#include "types.h"
#include "views.h"

namespace loa::plan {

/// Each name once. `refused` is the form of the page that did not go through; where it is that of one of these names,
/// which stands in the form's name, its `link` is set to lead there.
std::vector<web::View> open_name_views(Work& work, const Content& content, Refused* refused);

}  // namespace loa::plan
