// What of a lower committee's plan goes up to the plan that it carries out: by the job plan.report_up alone, which makes it
// anew each time, so that it may run late, twice or out of order (docs/adr/0023).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// For every act that changes what a plan comes to: has it reported, where it carries out another one.
void report_up(Work& work, Id plan);
/// The other way round: what this plan asks of its lines has changed, so the plans below report anew.
void ask_children(Work& work, Id plan);
void join_child_reports(Registry& registry);

/// A lower committee that the plan gives work, and what it made of it. The plan itself stays in its own authority.
struct LowerUnit {
    Id unit;
    std::string name;
    std::optional<PlanState> state;  // none: there is no plan of its own
    std::string number;              // "21/KH-UBND"
    std::optional<Date> issued_on;

    bool has_issued() const { return state == PlanState::Issued || state == PlanState::Closed; }
};
std::vector<LowerUnit> lower_units(Work& work, Id plan);

/// A line that its unit does by its own plan.
struct ChildLine {
    Id assignment;
    std::int64_t lines = 0, closed = 0;  // what it gave out there
    std::int64_t pieces = 0;             // evidence confirmed there
    struct Amount {
        std::string unit_word;
        double done = 0, needed = 0;  // confirmed there; asked of the line
    };
    std::vector<Amount> amounts;
};
std::vector<ChildLine> child_lines(Work& work, Id plan);

/// The plan by which a line is done.
struct LineChild {
    Id authority, plan;  // of the child
    PlanState state = PlanState::Draft;
    std::string number;
    std::optional<Date> issued_on;
    std::int64_t lines = 0, closed = 0;

    /// While it is in force and does the line, evidence is recorded there and nowhere else.
    bool records() const { return state == PlanState::Issued && lines > 0; }
};
std::optional<LineChild> child_of_line(Work& work, Id assignment);

/// What was confirmed there in a month: pieces, and amounts of the line's targets.
struct ChildMonth {
    Date month;  // its first day
    std::int64_t pieces = 0;
    std::vector<std::pair<Id, double>> amounts;  // by target
};
std::vector<ChildMonth> child_months(Work& work, Id assignment);

/// The plans of its own that a unit which stands for a lower committee has, by the plan that each carries out.
std::vector<std::pair<Id, PlanState>> child_states_of_unit(Work& work, Id unit);

}  // namespace loa::plan
