#include "child_plan.h"

#include <algorithm>
#include <set>

#include "evidence.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/work.h"
#include "queries.h"

namespace loa::plan {

namespace {

ChildPlan child_from(const storage::Row& row) {
    return {row.id("plan_id"), row.id("parent_authority_id"), row.id("parent_plan_id"), row.id("parent_unit_id"), row.id("parent_revision_id")};
}

constexpr std::size_t kTitleOfDuty = 200;

/// A duty in the words of an activity.
ActivityText as_activity(const DutyText& duty) {
    ActivityText words;
    words.title = shortened(duty.text, kTitleOfDuty);
    if (words.title != duty.text) words.content = duty.text;
    words.deadline = duty.deadline;
    return words;
}

}  // namespace

std::optional<ChildPlan> child_plan_by_plan(Work& work, Id plan) {
    const auto row = work.db.one("plan.child_plan_by_plan", {work.authority, plan});
    return row ? std::optional(child_from(*row)) : std::nullopt;
}

std::optional<ChildPlan> child_plan_of(Work& work, Id parent_authority, Id parent_plan, Id parent_unit) {
    const auto row = work.db.one("plan.child_plan_of", {work.authority, parent_authority, parent_plan, parent_unit});
    return row ? std::optional(child_from(*row)) : std::nullopt;
}

std::vector<ChildActivity> child_activities(Work& work, Id plan, Id revision) {
    std::vector<ChildActivity> activities;
    for (const auto& row : work.db.query("plan.child_activities_by_revision", {work.authority, plan, revision}))
        activities.push_back({row.id("activity_id"), row.id("parent_assignment_id"), row.flag("dropped")});
    return activities;
}

void share_parent_line(Work& work, Id activity, Id part, Id plan) {
    if (const auto row = work.db.one("plan.child_activity_by_id", {work.authority, activity}))
        work.db.run("plan.insert_child_activity", {work.authority, part, plan, row->id("parent_assignment_id")});
}

std::optional<ParentPlan> parent_plan(const Work& work, Id authority, Id plan, Id unit) {
    Work above = identity::system_work(work.db, work.ids, work.now, authority);
    auto found = plan_by_id(above, plan);
    const auto issuer = identity::authority_by_id(above, authority);
    if (!found || !issuer || found->state != PlanState::Issued) return std::nullopt;
    ParentPlan parent{issuer->name, issuer->place, *std::move(found), {}, {}, {}};
    parent.content = content_of(above, *parent.plan.issued_revision);
    for (auto& revision : revisions_by_plan(above, plan))
        if (revision.state == RevisionState::Issued && revision.kind != RevisionKind::Correction) parent.revisions.push_back(std::move(revision));
    std::reverse(parent.revisions.begin(), parent.revisions.end());
    const auto assignments = assignments_by_plan(above, plan);
    const auto add = [&](const Assignment& assignment, ActivityText words) {
        words.targets.clear();
        for (const auto& target : targets_by_assignment(above, assignment.id))
            if (!target.dropped) words.targets.push_back(target);
        parent.lines.push_back({assignment, std::move(words)});
    };
    const auto line_of = [&](auto&& subject) {
        return std::find_if(assignments.begin(), assignments.end(), [&](const Assignment& line) {
            return line.unit == unit && line.state != AssignmentState::Ended && subject(line);
        });
    };
    for (const auto& activity : parent.content.activities)
        if (const auto line = line_of([&](const Assignment& one) { return one.activity == activity.id; }); line != assignments.end())
            add(*line, activity);
    for (const auto& duty : parent.content.duties)
        if (const auto line = line_of([&](const Assignment& one) { return one.duty == duty.id; }); line != assignments.end())
            add(*line, as_activity(duty));
    return parent;
}

ParentNews parent_news(const Work& work, const ParentPlan& parent, const ChildPlan& child, const std::vector<ChildActivity>& activities) {
    ParentNews news;
    std::set<Id> done, given, subjects;
    for (const auto& activity : activities)
        if (!activity.dropped) done.insert(activity.parent_assignment);
    for (const auto& line : parent.lines) {
        given.insert(line.assignment.id);
        if (!done.contains(line.assignment.id))
            news.missing.push_back(&line);
        else
            subjects.insert(line.assignment.activity ? *line.assignment.activity : line.assignment.duty.value_or(Id{}));
    }
    for (const auto& activity : activities)
        if (!activity.dropped && !given.contains(activity.parent_assignment)) news.ended.push_back(activity);
    news.amended = parent.plan.issued_revision != child.parent_revision;
    if (!news.amended) return news;
    Work above = identity::system_work(work.db, work.ids, work.now, child.parent_authority);
    for (auto& difference : difference_between(content_of(above, child.parent_revision), parent.content))
        if (difference.what == Difference::What::Changed && subjects.contains(difference.item)) news.changed.push_back(std::move(difference));
    return news;
}

}  // namespace loa::plan
