// The day of a set of changes: what begins, what is renamed, what ends, and where people go; all or nothing.
#include <algorithm>
#include <map>
#include <set>

#include "loa/identity/authorities.h"
#include "loa/identity/deputies.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/identity/work.h"
#include "messages.h"
#include "people_rows.h"
#include "unit_change_rows.h"
#include "unit_rows.h"

namespace loa::identity {

namespace {
/// Why the rest of a set is not carried out; thrown so that what was written of it is undone.
struct Refused {
    Failure failure;
};

void require(const UnitChange* change, const Failure* failure) {
    if (!failure) return;
    Refused refused{*failure};
    for (Problem& problem : refused.failure.problems) problem.field = change ? to_string(change->id) : "";
    throw refused;
}

std::vector<const UnitChange*> changes_of(const UnitChangeSet& set, ChangeKind kind) {
    std::vector<const UnitChange*> changes;
    for (const UnitChange& change : set.changes)
        if (change.kind == kind) changes.push_back(&change);
    return changes;
}

/// A unit that begins may stand below another one that does.
std::vector<const UnitChange*> parents_first(const UnitChangeSet& set) {
    auto waiting = changes_of(set, ChangeKind::Create);
    std::vector<const UnitChange*> ordered;
    std::set<Id> coming;
    for (const UnitChange* change : waiting) coming.insert(change->unit);
    while (!waiting.empty()) {
        const auto ready = std::stable_partition(waiting.begin(), waiting.end(), [&](const UnitChange* change) {
            return change->parent && coming.contains(*change->parent);
        });
        if (ready == waiting.end()) break;  // a ring: create_unit says that the parent is not there
        for (auto each = ready; each != waiting.end(); ++each) coming.erase((*each)->unit);
        ordered.insert(ordered.end(), ready, waiting.end());
        waiting.erase(ready, waiting.end());
    }
    ordered.insert(ordered.end(), waiting.begin(), waiting.end());
    return ordered;
}

/// What stands below ends before what it stands below.
std::vector<const UnitChange*> deepest_first(const Work& work, const UnitChangeSet& set) {
    std::map<Id, Id> parents;
    for (const auto& row : work.db.query("identity.unit_parents", {work.authority}))
        parents[row.id("id")] = row.optional_id("parent_id").value_or(Id{});
    const auto depth = [&](const UnitChange* change) {
        int above = 0;
        for (Id unit = change->unit; unit; unit = parents[unit]) ++above;
        return above;
    };
    auto changes = changes_of(set, ChangeKind::End);
    std::stable_sort(changes.begin(), changes.end(), [&](const auto* a, const auto* b) { return depth(a) > depth(b); });
    return changes;
}

void create(Work& work, const UnitChangeSet& set, const UnitChange& change) {
    require(&change, failure_of(create_unit(work, {.id = change.unit,
                                                   .parent = change.parent,
                                                   .kind = change.unit_kind,
                                                   .name = change.name,
                                                   .short_name = change.short_name,
                                                   .valid_from = set.day})));
}

void rename(Work& work, const UnitChangeSet& set, const UnitChange& change) {
    const auto unit = unit_by_id(work, change.unit);
    const Failure missing = not_found();
    if (!unit) require(&change, &missing);
    require(&change, failure_of(rename_unit(work, {.unit = change.unit,
                                                   .name = change.name,
                                                   .short_name = change.short_name,
                                                   .from = set.day,
                                                   .version = unit->version})));
}

/// A membership goes on in the successor as it was: role, position, reach, last day.
void continue_membership(Work& work, Date day, const storage::Row& membership, const Unit& ended, const UnitKey& successor) {
    Work there = work;
    there.authority = successor.authority;
    const Id person = membership.id("person_id");
    const Date from = std::max(day, membership.date("valid_from"));
    const std::string role = membership.text("role");
    if (!there.db.query("identity.same_membership", {there.authority, person, successor.unit, role, from}).empty()) return;
    there.db.run("identity.add_membership", {there.authority, there.new_id(), person, successor.unit, role, membership.text("position"), from,
                                             membership.optional_date("valid_to"), membership.optional_text("scope")});
    // Whoever is signed in goes on working, in the authority that took over.
    if (there.authority != work.authority) there.db.run("identity.move_sessions", {person, work.authority, there.authority});
    record(there, {"identity.person", there.authority, person}, "identity.membership_continued",
           {{"unit", name_of_unit(there, ended.key()), name_of_unit(there, successor)}, {"role", role, role}, {"from", "", from.iso()}});
}

void end(Work& work, const UnitChangeSet& set, const UnitChange& change) {
    const auto unit = unit_by_id(work, change.unit);
    const Failure missing = not_found();
    if (!unit) require(&change, &missing);
    // Read before close_unit ends them.
    const auto memberships = work.db.query("identity.memberships_to_continue", {work.authority, change.unit, set.day});
    require(&change, failure_of(close_unit(work, closing_of(set, change, unit->version))));
    for (const ChangeSuccessor& successor : change.successors)
        if (successor.takes_people)
            for (const auto& membership : memberships) continue_membership(work, set.day, membership, *unit, successor.unit);
    if (unit->parent) return;
    // The committee ends: so does the authority, and what was lent in its name.
    for (const Deputyship& each : deputyships(work)) require(&change, failure_of(close_deputyship(work, each)));
    require(&change, failure_of(close_authority(work, work.authority, set.day)));
}

/// Throws Refused.
void carry_out(Work& work, const UnitChangeSet& set) {
    for (const UnitChange* change : parents_first(set)) create(work, set, *change);
    for (const UnitChange* change : changes_of(set, ChangeKind::Rename)) rename(work, set, *change);
    for (const UnitChange* change : deepest_first(work, set)) end(work, set, *change);
}

/// The system on the day of the set, or now where that is later.
Work on_the_day(Work& work, const UnitChangeSet& set) {
    return system_work(work.db, work.ids, std::max(work.now, start_of(set.day)), work.authority);
}

std::vector<Id> administrators(const Work& work, Date day) {
    std::vector<Id> people;
    for (const auto& row : work.db.query("identity.administrators_on", {work.authority, day})) people.push_back(row.id("person_id"));
    return people;
}

/// Where the person works now: whoever went on in another authority reads it there.
void tell(Work& work, const std::vector<Id>& people, Id set, jobs::Message message) {
    for (const Id person : people) {
        Work there = work;
        const auto authorities = authorities_of_person(work, person);
        const auto is_here = [&](const Authority& authority) { return authority.id == work.authority; };
        const bool here = std::any_of(authorities.begin(), authorities.end(), is_here);
        if (!here && !authorities.empty()) there.authority = authorities.front().id;
        message.path = here ? "/don-vi/thay-doi/" + to_string(set) : "/don-vi";
        jobs::notify(there, person, kUnitsChangedMessage, message);
    }
}

void could_not(Work& work, const UnitChangeSet& set, const Failure& failure) {
    const Problem& problem = failure.problems.front();
    if (set.problem == problem) return;  // said already
    work.db.run("identity.set_change_set_problem", {work.authority, set.id, problem_text(problem)});
    record(work, {"identity.unit_change_set", work.authority, set.id}, "identity.change_set_failed",
           {{"name", "", set.name}, {"reason", "", problem.key}});
    tell(work, administrators(work, work.today()), set.id,
         {.key = "identity.notice_change_failed", .args = {{"name", set.name}}, .sentences = {{"reason", {problem.key, problem.args}}}});
}

void apply(Work& work, const Registry& registry, const UnitChangeSet& set) {
    const auto people = administrators(work, set.day.plus_days(-1));
    Work day = on_the_day(work, set);
    try {
        work.db.attempt([&] {
            carry_out(day, set);
            for (const auto& part : registry.all<UnitChangePart>()) part.carry_out(day, set);
        });
    } catch (const Refused& refused) {
        could_not(work, set, refused.failure);
        return;
    }
    work.db.run("identity.decide_change_set", {work.authority, set.id, code(ChangeSetState::Confirmed), code(ChangeSetState::Applied), Id{},
                                               work.now, set.version});
    record(work, {"identity.unit_change_set", work.authority, set.id}, "identity.change_set_applied",
           {{"name", "", set.name}, {"day", "", set.day.iso()}});
    tell(work, people, set.id, {.key = "identity.notice_change_applied", .args = {{"name", set.name}, {"day", set.day.vietnamese()}}});
}
}  // namespace

ChangeTrial try_changes(Work& work, const UnitChangeSet& set) {
    struct TakenBack {};
    ChangeTrial trial;
    Work day = on_the_day(work, set);
    try {
        work.db.attempt([&] {
            carry_out(day, set);
            trial.tree = unit_tree(day, set.day);
            throw TakenBack{};
        });
    } catch (const Refused& refused) {
        trial.failure = refused.failure;
    } catch (const TakenBack&) {
    }
    return trial;
}

void apply_due_changes(Work& work, const Registry& registry) {
    for (const auto& row : work.db.query("identity.due_change_sets", {work.authority, work.today()}))
        if (const auto set = change_set_by_id(work, row.id("id"))) apply(work, registry, *set);
}

}  // namespace loa::identity
