// What one revision says other than the one before, in words a person can read.
#pragma once

#include <string>
#include <vector>

#include "loa/identity/timeline.h"
#include "types.h"

namespace loa::plan {

/// "title", "lead", "deadline" …; its label is "plan.field_<field>".
using FieldDifference = identity::Change;

struct Difference {
    enum class What { Added, Dropped, Changed };
    What what = What::Changed;
    std::string subject;  // "document", a clause kind, "activity" or "duty"
    Id item;              // the activity or duty; none for the rest
    std::string label;    // "III.2.a Tuyên truyền trực quan"; for words alone the words themselves
    std::vector<FieldDifference> fields;
};

/// In the order of the paper: head, clauses by kind, activities, duties. An activity or duty is the same when
/// its id is; clauses are compared by their words.
std::vector<Difference> difference_between(const Content& before, const Content& after);

/// The fields that differ, as the timeline keeps them.
std::vector<FieldDifference> fields_between(const DocumentHead& before, const DocumentHead& after);
std::vector<FieldDifference> fields_between(const Clause& before, const Clause& after);
std::vector<FieldDifference> fields_between(const ActivityText& before, const ActivityText& after);
std::vector<FieldDifference> fields_between(const DutyText& before, const DutyText& after);

/// "III.2.a Tuyên truyền trực quan".
std::string label_of(const ActivityText& activity);
/// The printed names of one role, joined by "; ".
std::string names_in_role(const std::vector<Party>& parties, PartyRole role);

}  // namespace loa::plan
