// Units that end, of which a plan in force asks something: those that a confirmed change of units will end, and those that
// are over already (docs/adr/0027).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/identity/unit_changes.h"
#include "types.h"

namespace loa::plan {

struct EndingUnit {
    struct Heir {
        Id unit;  // may begin with the day itself
        std::string name;
    };
    Id unit;
    std::string name;
    Date day;  // the first on which it is no more
    identity::ClosingKind closing = identity::ClosingKind::Dissolved;
    std::string basis;         // the decision, or else what the change is called; "": not known
    std::vector<Heir> heirs;   // who may take over: those that carry on in this authority
    bool goes_abroad = false;  // some that carry on belong to another authority, where this one's plans ask for nothing

    const Heir* heir(Id unit) const;
};

/// Whether there can be any, in whatever plan: what a page may ask before it reads more.
bool any_unit_ends(Work& work);
/// The latest day first. Coming ones whether the plan asks something of them now or not.
std::vector<EndingUnit> ending_units(Work& work, Id plan);
std::optional<EndingUnit> ending_unit(Work& work, Id plan, Id unit);

/// Who ends by a confirmed change, and when: who can't take over what comes later.
std::optional<Date> ends_on(const Work& work, Id unit);

/// Said where a change of units is prepared (identity::preview_lines): the open assignments of each unit that ends, and that
/// somebody has to say who takes them over.
identity::UnitChangePreview open_assignments();

}  // namespace loa::plan
