// A lower committee's own plan of the lines that an upper one's plan gives it, in its own authority (docs/adr/0023).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "difference.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Which plan of the acting authority carries out whose.
struct ChildPlan {
    Id plan;
    Id parent_authority, parent_plan, parent_unit;  // the unit that stands for the acting authority up there
    Id parent_revision;                             // the last one that its office has looked at
};
std::optional<ChildPlan> child_plan_by_plan(Work& work, Id plan);
std::optional<ChildPlan> child_plan_of(Work& work, Id parent_authority, Id parent_plan, Id parent_unit);

/// An activity of the child, and the line up there that it does.
struct ChildActivity {
    Id activity, parent_assignment;
    bool dropped = false;
};
std::vector<ChildActivity> child_activities(Work& work, Id plan, Id revision);
/// A part of an activity that was split does the same line.
void share_parent_line(Work& work, Id activity, Id part, Id plan);

/// A line of the upper plan as the child sees it: what its own committee was given, in the words in force.
struct ParentLine {
    Assignment assignment;
    ActivityText words;  // with the line's own targets; a duty's words are title and content
};
struct ParentPlan {
    std::string issuer;  // "Ủy ban nhân dân thành phố Hồng Ngự"
    std::string place;
    Plan plan;
    Content content;  // in force
    std::vector<Revision> revisions;  // issued ones that have a number of their own, the first one first
    std::vector<ParentLine> lines;    // not those that have ended
};
/// Read in the upper authority by a Work of its own: `unit`'s lines alone, and of the plan what is issued.
/// Nothing where it is not issued, or gone.
std::optional<ParentPlan> parent_plan(const Work& work, Id authority, Id plan, Id unit);

/// What is otherwise up there than in the child.
struct ParentNews {
    std::vector<const ParentLine*> missing;  // lines that the child has no activity for
    std::vector<ChildActivity> ended;        // activities whose line is not given any more
    std::vector<Difference> changed;         // what was reworded since the child's office has looked
    bool amended = false;                    // a revision is in force that it has not looked at
};
ParentNews parent_news(const Work& work, const ParentPlan& parent, const ChildPlan& child, const std::vector<ChildActivity>& activities);

struct MadeChild {
    Id authority, plan;
    bool made = false;  // no: it was there already
};
/// By a person of the unit who may draft plans in the authority that it stands for: a draft there of the unit's lines, which
/// cites the plan it carries out; or the plan that there is already. Forbidden where she has no such part there.
Result<MadeChild> make_child_plan(Work& work, Id plan, Id unit);
/// By the child's office: those of `lines` that the plan lacks become activities of its open draft, and the office has looked
/// at what is in force up there now. Conflict: there are some to add, and no draft that is open.
Result<> take_over_parent_lines(Work& work, Id plan, const std::vector<Id>& lines);

}  // namespace loa::plan
