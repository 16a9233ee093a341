#include "ending_units.h"

#include <algorithm>

namespace loa::plan {

namespace {

using identity::ChangeKind;
using identity::ChangeSetState;
using identity::UnitChange;
using identity::UnitChangeSet;

std::string basis_of(const UnitChangeSet& set) { return set.basis.empty() ? set.name : set.basis; }

/// As it is called, or will be where it begins with the set.
std::string name_in(const Work& work, const UnitChangeSet& set, Id unit) {
    for (const auto& change : set.changes)
        if (change.kind == ChangeKind::Create && change.unit == unit) return change.name;
    const auto found = identity::unit_by_id(work, unit);
    return found ? found->name : "";
}

EndingUnit coming(const Work& work, const UnitChangeSet& set, const UnitChange& change) {
    EndingUnit ending{change.unit, name_in(work, set, change.unit), set.day, change.closing, basis_of(set), {}, false};
    for (const auto& successor : change.successors) {
        if (successor.unit.authority != work.authority) ending.goes_abroad = true;
        else ending.heirs.push_back({successor.unit.unit, name_in(work, set, successor.unit.unit)});
    }
    return ending;
}

/// The sets of that state with their changes.
std::vector<UnitChangeSet> sets_in(const Work& work, ChangeSetState state) {
    std::vector<UnitChangeSet> sets;
    for (const auto& set : identity::change_sets(work))
        if (set.state == state)
            if (auto whole = identity::change_set_by_id(work, set.id)) sets.push_back(*std::move(whole));
    return sets;
}

const UnitChange* end_of(const UnitChangeSet& set, Id unit) {
    for (const auto& change : set.changes)
        if (change.kind == ChangeKind::End && change.unit == unit) return &change;
    return nullptr;
}

/// Who carries on today, over as many changes as there were since.
EndingUnit over(const Work& work, const identity::Unit& unit, const std::vector<UnitChangeSet>& applied) {
    EndingUnit ending{unit.id, unit.name, *unit.valid_to, unit.closing.value_or(identity::ClosingKind::Dissolved), "", {}, false};
    for (const auto& set : applied)
        if (end_of(set, unit.id)) ending.basis = basis_of(set);
    std::vector<Id> heirs;
    for (const auto& key : identity::successors_of(work, unit.id, work.today())) {
        if (key.authority != work.authority) ending.goes_abroad = true;
        else if (key.unit != unit.id) heirs.push_back(key.unit);
    }
    for (const auto& heir : identity::units_by_ids(work, heirs)) ending.heirs.push_back({heir.id, heir.name});
    return ending;
}

std::vector<identity::PreviewLine> lines(const Work& work, const UnitChangeSet& set) {
    std::vector<identity::PreviewLine> said;
    for (const auto& change : set.changes) {
        if (change.kind != ChangeKind::End) continue;
        const auto row = work.db.one("plan.count_of_open_assignments", {work.authority, change.unit});
        if (const auto open = row->number("assignments"); open > 0)
            said.push_back({change.id, "plan.preview_open_assignments", {{"n", std::to_string(open)}, {"plans", std::to_string(row->number("plans"))}}});
    }
    return said;
}

}  // namespace

const EndingUnit::Heir* EndingUnit::heir(Id wanted) const {
    const auto found = std::find_if(heirs.begin(), heirs.end(), [&](const Heir& each) { return each.unit == wanted; });
    return found == heirs.end() ? nullptr : &*found;
}

bool any_unit_ends(Work& work) {
    const auto sets = identity::change_sets(work);
    return std::any_of(sets.begin(), sets.end(), [](const UnitChangeSet& set) { return set.state == ChangeSetState::Confirmed; }) ||
           work.db.one("plan.unit_over_with_work", {work.authority, work.today()});
}

std::vector<EndingUnit> ending_units(Work& work, Id plan) {
    std::vector<EndingUnit> units;
    for (const auto& set : sets_in(work, ChangeSetState::Confirmed))
        for (const auto& change : set.changes)
            if (change.kind == ChangeKind::End) units.push_back(coming(work, set, change));
    std::vector<Id> ids;
    for (const auto& row : work.db.query("plan.units_over", {work.authority, plan, work.today()})) ids.push_back(row.id("id"));
    for (const auto& row : work.db.query("plan.passings_by_plan", {work.authority, plan}))
        if (row.optional_date("carried_out_on") && std::find(ids.begin(), ids.end(), row.id("unit_id")) == ids.end()) ids.push_back(row.id("unit_id"));
    if (ids.empty()) return units;
    const auto applied = sets_in(work, ChangeSetState::Applied);
    for (const auto& unit : identity::units_by_ids(work, ids)) units.push_back(over(work, unit, applied));
    std::stable_sort(units.begin(), units.end(), [](const EndingUnit& a, const EndingUnit& b) { return a.day > b.day; });
    return units;
}

std::optional<EndingUnit> ending_unit(Work& work, Id plan, Id unit) {
    for (auto& each : ending_units(work, plan))
        if (each.unit == unit) return std::move(each);
    return std::nullopt;
}

std::optional<Date> ends_on(const Work& work, Id unit) {
    for (const auto& set : sets_in(work, ChangeSetState::Confirmed))
        if (end_of(set, unit)) return set.day;
    return std::nullopt;
}

identity::UnitChangePreview open_assignments() { return {"plan.open_assignments", lines}; }

}  // namespace loa::plan
