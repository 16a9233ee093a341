// Sets of changes while they are drafted, agreed to and decided.
#include <algorithm>
#include <set>

#include "codes.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"
#include "unit_change_rows.h"
#include "unit_rows.h"
#include "verbs.h"

namespace loa::identity {

namespace {
constexpr Codes<ChangeKind, 3> kKindCodes{{{ChangeKind::Create, "create"}, {ChangeKind::Rename, "rename"}, {ChangeKind::End, "end"}}};
constexpr Codes<ChangeSetState, 4> kStateCodes{{{ChangeSetState::Draft, "draft"},
                                                {ChangeSetState::Confirmed, "confirmed"},
                                                {ChangeSetState::Applied, "applied"},
                                                {ChangeSetState::Cancelled, "cancelled"}}};

Ref ref_of(const Work& work, Id set) {
    return {"identity.unit_change_set", work.authority, set};
}

bool begins_in(const UnitChangeSet& set, const UnitKey& key) {
    return key.authority == set.authority && std::any_of(set.changes.begin(), set.changes.end(), [&](const UnitChange& change) {
               return change.kind == ChangeKind::Create && change.unit == key.unit;
           });
}

std::optional<Problem> problem_of_successor(const Work& work, const UnitChangeSet& set, const UnitKey& key, Id ending) {
    if (key == UnitKey{work.authority, ending}) return Problem{"successors", "identity.succeeds_itself", {}};
    if (begins_in(set, key)) return std::nullopt;
    const auto row = work.db.one("identity.unit_by_id", {key.authority, key.unit, set.day});
    if (!row) return Problem{"successors", "identity.no_such_unit", {}};
    const Unit unit = unit_of(*row);
    if (unit.open_on(set.day)) return std::nullopt;
    return Problem{"successors", "identity.successor_not_open", {{"name", unit.name}}};
}

std::vector<Problem> problems_of_end(const Work& work, const UnitChangeSet& set, const UnitChange& change) {
    std::vector<Problem> problems;
    const CloseUnit as_closed = closing_of(set, change, 0);
    if (auto problem = problem_of_successors(as_closed)) problems.push_back(*problem);
    std::set<UnitKey> seen;
    for (const ChangeSuccessor& successor : change.successors) {
        if (!seen.insert(successor.unit).second) problems.push_back({"successors", "identity.successor_twice", {}});
        if (auto problem = problem_of_successor(work, set, successor.unit, change.unit)) problems.push_back(*problem);
    }
    return problems;
}

std::vector<Problem> problems_of(const Work& work, const UnitChangeSet& set, const UnitChange& change) {
    std::vector<Problem> problems;
    if (change.kind != ChangeKind::End && trimmed(change.name).empty()) problems.push_back({"name", "identity.name_missing", {}});
    if (change.kind == ChangeKind::Create) {
        const UnitKey parent{work.authority, change.parent.value_or(Id{})};
        if (!begins_in(set, parent) && !unit_by_id(work, parent.unit)) problems.push_back({"parent", "identity.no_such_unit", {}});
        return problems;
    }
    const auto unit = unit_by_id(work, change.unit);
    if (!unit) return {{"unit", "identity.no_such_unit", {}}};
    if (!unit->open_on(set.day) || unit->valid_to) return {{"unit", "identity.unit_closed", {}}};
    for (const UnitChange& other : set.changes)
        if (other.unit == change.unit && (other.kind == change.kind || other.kind == ChangeKind::End || change.kind == ChangeKind::End))
            problems.push_back({"unit", "identity.changed_twice", {}});
    if (change.kind != ChangeKind::End) return problems;
    const auto more = problems_of_end(work, set, change);
    problems.insert(problems.end(), more.begin(), more.end());
    return problems;
}

void write_change(Work& work, Id set, const UnitChange& change) {
    const bool create = change.kind == ChangeKind::Create, end = change.kind == ChangeKind::End;
    work.db.run("identity.add_change",
                {work.authority, change.id, set, code(change.kind), change.unit, create ? change.parent : std::nullopt,
                 create ? storage::Value(code(change.unit_kind)) : storage::Value(), squeezed(change.name),
                 squeezed(change.short_name), end ? storage::Value(code(change.closing)) : storage::Value()});
    int position = 0;
    for (const ChangeSuccessor& successor : change.successors)
        work.db.run("identity.add_change_successor", {work.authority, change.id, position++, successor.unit.authority, successor.unit.unit,
                                                      successor.share, successor.takes_people ? 1 : 0});
}

Result<UnitChangeSet> draft_by_id(const Work& work, Id id) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    auto set = change_set_by_id(work, id);
    if (!set) return not_found();
    if (set->state != ChangeSetState::Draft) return conflict("identity.change_set_not_draft");
    return *std::move(set);
}

/// From here on the draft is another one than others have agreed to.
bool begin_edit(Work& work, Id id, std::int64_t version) {
    work.db.run("identity.remove_acceptances", {work.authority, id});
    return work.db.run("identity.touch_change_set", {work.authority, id, version}) > 0;
}

Result<> decide(Work& work, Id id, std::int64_t version, ChangeSetState from, ChangeSetState to, std::string_view event) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    const auto set = change_set_by_id(work, id);
    if (!set) return not_found();
    if (work.db.run("identity.decide_change_set",
                    {work.authority, id, code(from), code(to), work.actor.person, work.now, version}) == 0)
        return conflict();
    record(work, ref_of(work, id), event, {{"name", "", set->name}, {"day", "", set->day.iso()}});
    return Done{};
}
}  // namespace

std::string_view code(ChangeKind kind) {
    return code_in(kKindCodes, kind);
}
std::optional<ChangeKind> change_kind_from(std::string_view code) {
    return from_code(kKindCodes, code);
}
std::string_view code(ChangeSetState state) {
    return code_in(kStateCodes, state);
}
std::optional<ChangeSetState> change_set_state_from(std::string_view code) {
    return from_code(kStateCodes, code);
}

std::vector<Id> authorities_to_accept(const Work& work, const UnitChangeSet& set) {
    std::set<Id> missing;
    for (const UnitChange& change : set.changes)
        for (const ChangeSuccessor& successor : change.successors)
            if (successor.unit.authority != set.authority) missing.insert(successor.unit.authority);
    if (missing.empty()) return {};
    for (const auto& row : work.db.query("identity.acceptances", {set.authority, set.id})) missing.erase(row.id("accepting_authority_id"));
    return {missing.begin(), missing.end()};
}

Result<Id> describe_change_set(Work& work, const DescribeChangeSet& input) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    const std::string name = squeezed(input.name), basis = squeezed(input.basis);
    if (name.empty()) return invalid("name", "identity.name_missing");
    const Id id = input.id ? input.id : work.new_id();
    if (!input.id) {
        work.db.run("identity.add_change_set", {work.authority, id, name, basis, input.day, work.actor.person, work.now});
    } else {
        if (const auto set = draft_by_id(work, id); !set) return set.failure();
        if (work.db.run("identity.edit_change_set", {work.authority, id, name, basis, input.day, input.version}) == 0) return conflict();
        work.db.run("identity.remove_acceptances", {work.authority, id});
    }
    record(work, ref_of(work, id), input.id ? "identity.change_set_edited" : "identity.change_set_created",
           {{"name", "", name}, {"day", "", input.day.iso()}});
    return id;
}

Result<Id> add_change(Work& work, const AddChange& input) {
    const auto set = draft_by_id(work, input.set);
    if (!set) return set.failure();
    if (set->version != input.version) return conflict();
    UnitChange change = input.change;
    if (auto problems = problems_of(work, *set, change); !problems.empty()) return invalid(std::move(problems));
    if (!begin_edit(work, input.set, input.version)) return conflict();
    change.id = work.new_id();
    if (change.kind == ChangeKind::Create) change.unit = work.new_id();
    write_change(work, input.set, change);
    record(work, ref_of(work, input.set), "identity.change_added",
           {{"change_kind", "", std::string(code(change.kind))}, {"unit", "", to_string(change.unit)}, {"name", "", squeezed(change.name)}});
    return change.kind == ChangeKind::Create ? change.unit : change.id;
}

Result<> remove_change(Work& work, Id set_id, Id change_id, std::int64_t version) {
    const auto set = draft_by_id(work, set_id);
    if (!set) return set.failure();
    const auto change = std::find_if(set->changes.begin(), set->changes.end(), [&](const UnitChange& each) { return each.id == change_id; });
    if (change == set->changes.end()) return not_found();
    if (!begin_edit(work, set_id, version)) return conflict();
    work.db.run("identity.remove_change_successors", {work.authority, change_id});
    work.db.run("identity.remove_change", {work.authority, set_id, change_id});
    record(work, ref_of(work, set_id), "identity.change_removed",
           {{"change_kind", std::string(code(change->kind)), ""}, {"unit", to_string(change->unit), ""}});
    return Done{};
}

Result<> accept_change_set(Work& work, Id authority, Id set) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    const auto incoming = incoming_change_sets(work);
    const auto found = std::find_if(incoming.begin(), incoming.end(), [&](const IncomingChangeSet& each) {
        return each.set.authority == authority && each.set.id == set;
    });
    if (found == incoming.end()) return not_found();
    if (work.db.run("identity.add_acceptance", {authority, set, work.authority, work.actor.person, work.now}) == 0) return Done{};
    record(work, {"identity.unit_change_set", authority, set}, "identity.change_set_accepted", {{"name", "", found->set.name}});
    return Done{};
}

Result<> confirm_change_set(Work& work, Id id, std::int64_t version) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    const auto set = change_set_by_id(work, id);
    if (!set) return not_found();
    if (set->changes.empty()) return invalid("", "identity.change_set_empty");
    if (!authorities_to_accept(work, *set).empty()) return invalid("", "identity.change_set_not_accepted");
    if (auto trial = try_changes(work, *set); trial.failure) return *std::move(trial.failure);
    return decide(work, id, version, ChangeSetState::Draft, ChangeSetState::Confirmed, "identity.change_set_confirmed");
}

Result<> reopen_change_set(Work& work, Id set, std::int64_t version) {
    return decide(work, set, version, ChangeSetState::Confirmed, ChangeSetState::Draft, "identity.change_set_reopened");
}

Result<> cancel_change_set(Work& work, Id id, std::int64_t version) {
    const auto set = change_set_by_id(work, id);
    const bool confirmed = set && set->state == ChangeSetState::Confirmed;
    return decide(work, id, version, confirmed ? ChangeSetState::Confirmed : ChangeSetState::Draft, ChangeSetState::Cancelled,
                  "identity.change_set_cancelled");
}

}  // namespace loa::identity
