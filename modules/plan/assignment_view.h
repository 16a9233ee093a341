// The page of one unit's line: what the plan says of it, its targets, the evidence of what was done.
#pragma once

#include <string>

#include "evidence.h"
#include "evidence_view.h"
#include "loa/base/registry.h"
#include "loa/plan/activity_kind.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "queries.h"
#include "views.h"

namespace loa::plan {

/// The kind of the activity that the line is about; a duty is of the general kind.
const ActivityKind& kind_of(Work& work, const Registry& registry, const Assignment& assignment);

/// What of the page is asked for.
struct LineAsked {
    bool adding = false;  // the form for one more piece of evidence stands open
    std::string record = {};  // which it is to cite, as an address names it
    PiecesAsked pieces = {};
};

/// The whole page; `refused` is the form that did not go through.
web::Response assignment_page(Work& work, const Registry& registry, const Plan& plan, const Assignment& assignment,
                              const Refused* refused, const LineAsked& asked, int status);

}  // namespace loa::plan
