// The review page: the paper at the left, what Loa read in it at the right.
#pragma once

#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "queries.h"
#include "views.h"

namespace loa::plan {

/// The whole page; `refused` is the form that did not go through, shown again as it was typed.
web::Response review_page(Work& work, const Plan& plan, const Refused* refused, int status);

}  // namespace loa::plan
