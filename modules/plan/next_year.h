// Next year's plan from this year's: what is offered for it, with what fell short, and the draft that is made of what is chosen.
#pragma once

#include <string>
#include <vector>

#include "loa/base/result.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// How many years later the next plan's days are: as many as this one is for, 1 where it does not say.
int years_to_next(const Plan& plan);
/// The same day that many years later; 29/02 becomes 28/02 where there is none.
Date years_later(Date day, int years);
/// Its days and the years in its words moved; what recurs keeps its rhythm and the day it falls due.
Deadline years_later(Deadline deadline, int years);
/// "năm 2026" → "năm 2027"; other numbers stay. Years outside `from` … `to` are another thing's and stay too.
std::string years_later(const std::string& text, int from, int to, int years);

/// An activity or duty of this year's plan, offered for the next.
struct Offer {
    Id item;
    bool duty = false;
    std::string label;
    bool dropped = false, closed = false;  // offered, but not for granted
    std::int64_t lines = 0, closed_lines = 0, late_times = 0;
    struct Amount {
        std::string unit_word;
        double done = 0, needed = 0;
    };
    std::vector<Amount> amounts;

    bool proposed() const { return !dropped && !closed; }
};
/// Of the revision in force, in its order.
std::vector<Offer> next_year_offers(Work& work, const Plan& plan);
/// People of the drafting office, once the plan has been issued and was not withdrawn.
bool may_make_next(const Work& work, const Plan& plan);

/// A draft with the plan's clauses and the chosen items, one plan later; each waits for a person's yes. A unit that has ended
/// since is a name that somebody has to give a meaning. Invalid ("items"): nothing chosen.
Result<Id> make_next_year(Work& work, Id plan, const std::vector<Id>& items);

}  // namespace loa::plan
