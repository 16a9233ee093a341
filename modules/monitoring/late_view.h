// Late lines with what may be done about them, the same on every page that lists some.
#pragma once

#include <string>
#include <vector>

#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/view.h"
#include "scope.h"
#include "types.h"

namespace loa::monitoring {

/// For _late_table.html: `lines`, each with what line_view() says, may_urge and its occurrence, and answer_path where its unit
/// has given it back and this person may decide; may_urge_any; `urge_all` {label, scope, of_many} where anything is left to
/// urge; `back`: where she comes back to.
void set_late_lines(Work& work, const Reader& reader, const std::vector<RunningPlan>& plans, const Scope& scope,
                    const std::vector<DueLine>& lines, const std::string& back, web::View& view);

/// `told`: what came of the button that led here.
void set_told(const web::Request& request, const Work& work, web::View& view);
/// Where a form's `back` leads once it is done, with that; "/qua-han" for what is no page with such buttons.
std::string back_path(const web::Request& request, std::int64_t told, std::int64_t left);

}  // namespace loa::monitoring
