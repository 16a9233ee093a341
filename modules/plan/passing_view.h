// What the pages of units that end show: how far each is, its lines with who takes them over, what that comes to.
#pragma once

#include <optional>
#include <vector>

#include "loa/web/view.h"
#include "passing.h"
#include "views.h"

namespace loa::plan {

struct PassingRow {
    enum class State {
        Waiting,    // for somebody to say who takes over
        Confirmed,  // for its day
        Done,
        Nobody  // carries on in this authority
    };
    EndingUnit unit;
    std::optional<Passing> passing;  // none while nobody has spoken, or what was said names who does not carry on any more
    std::int64_t version = 0;        // of what was said, if that still holds or not
    std::int64_t lines = 0, open = 0;  // that the plan asks of it now
    State state = State::Waiting;
};

/// The units that end, of which the plan asks something, or did until their work passed on.
std::vector<PassingRow> passing_rows(Work& work, const Plan& plan);
/// Those of which somebody still has to say who takes over.
std::int64_t passings_waiting(Work& work, const Plan& plan);

web::View row_view(const Work& work, const Plan& plan, const PassingRow& row);
/// "form": the successors, the lines, what each comes to; nothing once it is done or nobody carries on.
void set_form(Work& work, web::View& view, const Plan& plan, const PassingRow& row, const Refused* refused);
/// "passed": each line with where it went.
void set_passed(Work& work, web::View& view, const Plan& plan, const PassingRow& row);
/// On the page of a line: where it went, and from whom it came.
void set_passed_line(Work& work, web::View& view, const Assignment& assignment);

}  // namespace loa::plan
