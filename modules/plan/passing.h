// Who takes over what a plan asks of a unit that ends: said beforehand by an officer, carried out on the day (docs/adr/0027).
// The unit's lines end, and what was done of them goes on in the successor's lines of the same activities and duties.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ending_units.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

struct Passing {
    Id plan, unit;              // the unit is the one that ends
    Id successor;               // takes over what `lines` does not name
    std::map<Id, std::vector<Id>> lines;  // by activity or duty; of several the first has what was done so far
    std::string basis;
    Id confirmed_by;
    Instant confirmed_at;
    std::optional<Date> carried_out_on;  // from which day; none: the day is still to come
    std::int64_t version = 0;

    /// Never empty.
    std::vector<Id> successors(Id subject) const;
    /// All that take over anything, each once.
    std::set<Id> everybody() const;
};

std::optional<Passing> passing_of(Work& work, Id plan, Id unit);
std::vector<Passing> passings_by_plan(Work& work, Id plan);

/// Who has the work of a plan's units now, after all that was passed on.
class Holders {
  public:
    Holders(Work& work, Id plan);
    /// Of what the paper asks a unit for in an activity or duty: the unit itself, or who took over from it.
    std::vector<Id> of(Id subject, Id unit) const;

  private:
    std::map<Id, Passing> passings_;  // those carried out, by the unit that is no more
};

/// On the day of a change of units: all that was confirmed for its units; who looks after the plan is told of the rest.
void pass_on_work(Work& work, const identity::UnitChangeSet& set);

}  // namespace loa::plan
