#include "assign.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "child_report.h"
#include "difference.h"
#include "evidence.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "occurrences.h"
#include "passing.h"
#include "queries.h"

namespace loa::plan {

namespace {

/// What is fitted anew: everything, or one activity alone.
struct Touched {
    std::optional<Id> activity;

    bool holds(std::optional<Id> other) const { return !activity || activity == other; }
};

struct Roles {
    bool accountable = false, lead = false, partner = false, requested = false;

    bool operator==(const Roles&) const = default;
};

Roles roles_of(const Assignment& assignment) {
    return {assignment.accountable, assignment.lead, assignment.partner, assignment.requested};
}

/// Activity (or none), duty (or none), unit.
using Key = std::tuple<Id, Id, Id>;

Key key_of(const Assignment& assignment) {
    return {assignment.activity.value_or(Id{}), assignment.duty.value_or(Id{}), assignment.unit};
}

void take_role(Roles& roles, PartyRole role) {
    switch (role) {
        case PartyRole::Lead: roles.lead = true; break;
        case PartyRole::Partner: roles.partner = true; break;
        case PartyRole::Requested: roles.requested = true; break;
    }
}

/// The party that closes the activity: the one a person chose, or the only lead there is.
const Party* accountable_party(const ActivityText& activity) {
    const Party* only = nullptr;
    int leads = 0;
    for (const auto& party : activity.parties) {
        if (party.role != PartyRole::Lead) continue;
        if (party.accountable) return &party;
        only = &party;
        ++leads;
    }
    return leads == 1 && only->unit ? only : nullptr;
}

/// What the paper asks of units that are no more it asks of those that took over from them.
std::map<Key, Roles> of_holders(const std::map<Key, Roles>& named, const Holders& holders) {
    std::map<Key, Roles> wanted;
    for (const auto& [key, roles] : named) {
        const auto& [activity, duty, unit] = key;
        const auto units = holders.of(activity ? activity : duty, unit);
        for (const Id holder : units) {
            auto& all = wanted[{activity, duty, holder}];
            all.accountable = all.accountable || (roles.accountable && holder == units.front());
            all.lead = all.lead || roles.lead;
            all.partner = all.partner || roles.partner;
            all.requested = all.requested || roles.requested;
        }
    }
    return wanted;
}

std::map<Key, Roles> wanted_roles(Work& work, const Content& content, Date day, const Touched& touched) {
    std::map<Key, Roles> wanted;
    for (const auto& activity : content.activities) {
        if (activity.dropped || !touched.holds(activity.id)) continue;
        const Party* accountable = accountable_party(activity);
        for (const auto& party : activity.parties)
            for (const Id unit : units_of(work, party, day)) {
                auto& roles = wanted[{activity.id, Id{}, unit}];
                take_role(roles, party.role);
                if (&party == accountable) roles.accountable = true;
            }
    }
    for (const auto& duty : content.duties) {
        if (duty.dropped || !touched.holds(duty.activity)) continue;
        for (const auto& party : duty.parties)
            for (const Id unit : units_of(work, party, day)) {
                if (!duty.activity) {
                    wanted[{Id{}, duty.id, unit}].lead = true;
                } else if (const auto found = wanted.find({*duty.activity, Id{}, unit}); found == wanted.end()) {
                    wanted[{*duty.activity, Id{}, unit}].partner = true;
                }
            }
    }
    return of_holders(wanted, Holders(work, content.revision.plan));
}

void set_roles(Assignment& assignment, const Roles& roles) {
    assignment.accountable = roles.accountable;
    assignment.lead = roles.lead;
    assignment.partner = roles.partner;
    assignment.requested = roles.requested;
}

void update(Work& work, const Assignment& assignment, std::optional<Id> ended_by) {
    work.db.run("plan.set_assignment_roles",
                {work.authority, assignment.id, assignment.accountable ? 1 : 0, assignment.lead ? 1 : 0,
                 assignment.partner ? 1 : 0, assignment.requested ? 1 : 0, text_of(assignment.state), ended_by});
}

/// A line of the assignment's own timeline: roles and state, as far as they differ.
void record_change(Work& work, std::string_view event, const Assignment* before, const Assignment& after) {
    std::vector<identity::Change> changes;
    const auto had = before ? role_codes(*before) : std::vector<std::string_view>(), has = role_codes(after);
    const auto without = [](const std::vector<std::string_view>& codes, const std::vector<std::string_view>& others, auto say) {
        for (const auto code : codes)
            if (std::find(others.begin(), others.end(), code) == others.end()) say(std::string(code));
    };
    without(had, has, [&](std::string code) { changes.push_back({"role", std::move(code), ""}); });
    without(has, had, [&](std::string code) { changes.push_back({"role", "", std::move(code)}); });
    const std::string was(before ? text_of(before->state) : std::string_view()), is(text_of(after.state));
    if (was != is) changes.push_back({"line_state", was, is});
    identity::record(work, {"plan.assignment", work.authority, after.id}, event, changes);
}

std::optional<Id> unless_none(Id id) { return id ? std::optional(id) : std::nullopt; }

}  // namespace

std::vector<Id> units_of(Work& work, const Party& party, Date day) {
    if (party.unit) return {*party.unit};
    std::vector<Id> units;
    if (party.group)
        for (const auto& unit : identity::members_of_group(work, *party.group, day)) units.push_back(unit.id);
    return units;
}

namespace {

/// Whose the plan's own targets of an activity are: the accountable unit's, or the only lead's. Where several
/// lead and nobody is accountable the paper does not say who does how much, so a person has to (set_line_targets).
const Assignment* target_holder(const std::vector<const Assignment*>& lines) {
    const Assignment* only = nullptr;
    const Assignment* accountable = nullptr;
    int leads = 0, accountables = 0;
    for (const auto* assignment : lines) {
        if (assignment->state == AssignmentState::Ended || !assignment->lead) continue;
        only = assignment;
        ++leads;
        if (!assignment->accountable) continue;
        accountable = assignment;
        ++accountables;
    }
    if (accountables > 0) return accountables == 1 ? accountable : nullptr;
    return leads == 1 ? only : nullptr;
}

void assign_targets(Work& work, const Plan& plan, const Content& content, const Touched& touched) {
    const auto assignments = assignments_by_plan(work, plan.id);
    std::map<Id, std::vector<const Assignment*>> lines;  // of each activity
    for (const auto& assignment : assignments)
        if (assignment.activity) lines[*assignment.activity].push_back(&assignment);
    const auto stored = stored_targets(work, plan.id, touched.activity);
    const std::vector<AssignmentTarget> none;
    for (const auto& activity : content.activities) {
        if (!touched.holds(activity.id)) continue;
        const auto* holder = target_holder(lines[activity.id]);
        std::vector<WantedTarget> wanted;
        for (auto target : activity.targets) {
            target.added = {};  // a share given by a person is what set_line_targets writes
            wanted.push_back({target, times_due(plan, activity.deadline, target.per)});
        }
        for (const auto* assignment : lines[activity.id]) {
            const auto found = stored.find(assignment->id);
            const auto& own = found == stored.end() ? none : found->second;
            const bool own_share = std::any_of(own.begin(), own.end(), [](const AssignmentTarget& target) { return !target.dropped && target.added; });
            if (!own_share) write_assignment_targets(work, assignment->id, assignment == holder ? wanted : std::vector<WantedTarget>{}, own);
        }
    }
}

/// When each line falls due, by the deadline of its activity or duty.
void assign_days(Work& work, const Plan& plan, const Content& content, Date day, const Touched& touched) {
    const auto assignments = assignments_by_plan(work, plan.id);
    std::map<Id, std::vector<DueDay>> days;  // of each activity and duty
    for (const auto& activity : content.activities) days[activity.id] = due_days(plan, activity.deadline, day);
    for (const auto& duty : content.duties) days[duty.id] = due_days(plan, duty.deadline, day);
    std::vector<LineDays> lines;
    for (const auto& assignment : assignments)
        if (touched.holds(assignment.activity))
            lines.push_back({&assignment, days[assignment.activity ? *assignment.activity : assignment.duty.value_or(Id{})]});
    fit_occurrences(work, plan.id, lines, day);
}

}  // namespace

namespace {

AssignmentChanges assign(Work& work, const Plan& plan, const Content& content, Date day, const Touched& touched) {
    AssignmentChanges changes;
    auto wanted = wanted_roles(work, content, day, touched);
    for (auto assignment : assignments_by_plan(work, content.revision.plan)) {
        if (!touched.holds(assignment.activity)) continue;
        const auto found = wanted.find(key_of(assignment));
        if (found == wanted.end()) {
            if (assignment.state == AssignmentState::Ended) continue;
            const Assignment before = assignment;
            assignment.state = AssignmentState::Ended;
            update(work, assignment, content.revision.id);
            record_change(work, "plan.line_ended", &before, assignment);
            changes.ended.push_back(assignment);
            continue;
        }
        const bool back = assignment.state == AssignmentState::Ended;
        if (back || roles_of(assignment) != found->second) {
            const Assignment before = assignment;
            set_roles(assignment, found->second);
            if (back) assignment.state = AssignmentState::Open;
            update(work, assignment, std::nullopt);
            record_change(work, back ? "plan.line_assigned" : "plan.line_roles_changed", &before, assignment);
            (back ? changes.added : changes.changed).push_back(assignment);
        }
        wanted.erase(found);
    }
    for (const auto& [key, roles] : wanted) {
        Assignment assignment;
        assignment.id = work.new_id();
        assignment.plan = content.revision.plan;
        assignment.activity = unless_none(std::get<0>(key));
        assignment.duty = unless_none(std::get<1>(key));
        assignment.unit = std::get<2>(key);
        set_roles(assignment, roles);
        work.db.run("plan.insert_assignment",
                    {work.authority, assignment.id, assignment.plan, assignment.activity, assignment.duty,
                     assignment.unit, roles.accountable ? 1 : 0, roles.lead ? 1 : 0, roles.partner ? 1 : 0,
                     roles.requested ? 1 : 0, content.revision.id});
        record_change(work, "plan.line_assigned", nullptr, assignment);
        changes.added.push_back(std::move(assignment));
    }
    assign_days(work, plan, content, day, touched);
    assign_targets(work, plan, content, touched);
    report_up(work, plan.id);
    ask_children(work, plan.id);
    return changes;
}

}  // namespace

AssignmentChanges assign_units(Work& work, const Plan& plan, const Content& content, Date day) { return assign(work, plan, content, day, {}); }

AssignmentChanges assign_activity(Work& work, const Plan& plan, const Content& content, Date day, Id activity) {
    return assign(work, plan, content, day, {activity});
}

std::set<Id> concerned_units(Work& work, const AssignmentChanges& changes, const Content* before, const Content& after) {
    std::set<Id> units;
    for (const auto* list : {&changes.added, &changes.changed, &changes.ended})
        for (const auto& assignment : *list) units.insert(assignment.unit);
    if (!before) return units;
    std::set<Id> reworded;
    for (const auto& difference : difference_between(*before, after))
        if (difference.item) reworded.insert(difference.item);
    for (const auto& assignment : assignments_by_plan(work, after.revision.plan))
        if (assignment.state != AssignmentState::Ended &&
            (reworded.contains(assignment.activity.value_or(Id{})) || reworded.contains(assignment.duty.value_or(Id{}))))
            units.insert(assignment.unit);
    return units;
}

}  // namespace loa::plan
