// A unit begins; a unit ends and others carry on.
#include <algorithm>
#include <map>
#include <set>

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"
#include "loa/identity/unit_figures.h"
#include "loa/identity/units.h"
#include "unit_change_rows.h"
#include "unit_rows.h"
#include "verbs.h"

namespace loa::identity {

namespace {
std::optional<Problem> problem_of_parent(const Work& work, const CreateUnit& input) {
    if (!input.parent) {
        if (work.db.one("identity.root_unit", {work.authority}))
            return Problem{"parent", "identity.second_root", {}};
        return std::nullopt;
    }
    const auto parent = unit_by_id(work, *input.parent);
    if (!parent) return Problem{"parent", "identity.no_such_unit", {}};
    if (!parent->open_on(input.valid_from)) return Problem{"parent", "identity.parent_not_open", {}};
    return std::nullopt;
}

std::optional<Problem> problem_of_representing(const Work& work, UnitKind kind, std::optional<Id> authority, Id unit) {
    if (!authority) return std::nullopt;
    if (kind != UnitKind::District && kind != UnitKind::Commune) return Problem{"represents_authority", "identity.represents_nobody", {}};
    if (*authority == work.authority || !authority_by_id(work, *authority)) return Problem{"represents_authority", "identity.no_such_authority", {}};
    for (const Unit& other : units_on(work, work.today()))
        if (other.represents_authority == authority && other.id != unit)
            return Problem{"represents_authority", "identity.represented_already", {{"name", other.name}}};
    return std::nullopt;
}

std::vector<Problem> problems_of(const Work& work, const CreateUnit& input) {
    std::vector<Problem> problems;
    if (trimmed(input.name).empty()) problems.push_back({"name", "identity.name_missing", {}});
    if (auto problem = problem_of_parent(work, input)) problems.push_back(*problem);
    if (auto problem = problem_of_representing(work, input.kind, input.represents_authority, input.id)) problems.push_back(*problem);
    if (input.headcount.value_or(0) < 0) problems.push_back({"headcount", "identity.below_zero", {}});
    if (input.population.value_or(0) < 0) problems.push_back({"population", "identity.below_zero", {}});
    if (problems.empty() && input.parent &&
        !work.db
             .query("identity.namesake_below",
                    {work.authority, *input.parent, squeezed(input.name), input.valid_from})
             .empty())
        problems.push_back({"name", "identity.namesake", {}});
    return problems;
}

/// At least and at most how many carry on (peers.md §0.4, after GOV.UK's Whitehall).
struct Count {
    std::size_t least;
    std::size_t most;
};
Count successors_for(ClosingKind kind) {
    constexpr std::size_t any_number = 1000;
    switch (kind) {
        case ClosingKind::Dissolved:
            return {0, 0};
        case ClosingKind::Split:
            return {2, any_number};
        case ClosingKind::Renamed:
        case ClosingKind::Replaced:
        case ClosingKind::Merged:
        case ClosingKind::Transferred:
            return {1, 1};
    }
    return {0, 0};
}

std::optional<Problem> problem_of_count(const CloseUnit& input) {
    const auto [least, most] = successors_for(input.kind);
    const std::size_t count = input.successors.size();
    if (count >= least && count <= most) return std::nullopt;
    return Problem{"successors", "identity.successors." + std::string(code(input.kind)), {}};
}

std::optional<Problem> problem_of_shares(const CloseUnit& input) {
    std::int64_t sum = 0;
    std::size_t given = 0;
    for (const auto& successor : input.successors) {
        if (!successor.share) continue;
        if (*successor.share < 1 || *successor.share > 100)
            return Problem{"successors", "identity.wrong_share", {}};
        sum += *successor.share;
        ++given;
    }
    if (given == 0 || (given == input.successors.size() && sum == 100)) return std::nullopt;
    return Problem{"successors", "identity.wrong_share", {}};
}

std::optional<Problem> problem_of_successor(const Work& work, const CloseUnit& input, const UnitKey& key) {
    if (key == UnitKey{work.authority, input.unit})
        return Problem{"successors", "identity.succeeds_itself", {}};
    const auto row = work.db.one("identity.unit_by_id", {key.authority, key.unit, input.date});
    if (!row) return Problem{"successors", "identity.no_such_unit", {}};
    const Unit unit = unit_of(*row);
    if (!unit.open_on(input.date))
        return Problem{"successors", "identity.successor_not_open", {{"name", unit.name}}};
    return std::nullopt;
}

/// Nobody outside the unit administers the whole authority, and somebody in it does.
bool holds_last_administrator(const Work& work, Id unit) {
    bool here = false;
    for (const auto& row : work.db.query("identity.units_of_administrators", {work.authority, work.today()})) {
        if (row.id("unit_id") != unit) return false;
        here = true;
    }
    return here;
}

std::vector<Problem> problems_of(const Work& work, const CloseUnit& input, const Unit& unit) {
    std::vector<Problem> problems;
    if (input.date <= unit.valid_from) problems.push_back({"date", "identity.ends_before_it_begins", {}});
    if (work.db.one("identity.open_units_below", {work.authority, input.unit, input.date}))
        problems.push_back({"unit", "identity.units_still_open", {}});
    if (auto problem = problem_of_successors(input)) problems.push_back(*problem);
    // Whoever goes on does so in a successor; the root ends with its authority.
    if (input.successors.empty() && unit.parent && holds_last_administrator(work, input.unit)) problems.push_back({"unit", "identity.last_administrator_in_unit", {}});
    std::set<UnitKey> seen;
    for (const auto& successor : input.successors) {
        if (!seen.insert(successor.unit).second)
            problems.push_back({"successors", "identity.successor_twice", {}});
        if (auto problem = problem_of_successor(work, input, successor.unit)) problems.push_back(*problem);
    }
    return problems;
}

void take_places_in_groups(Work& work, const CloseUnit& input) {
    const auto groups = work.db.query("identity.groups_listing_unit", {work.authority, input.unit});
    work.db.run("identity.end_group_memberships", {work.authority, input.unit, input.date});
    for (const auto& group : groups)
        for (const auto& successor : input.successors)
            if (successor.unit.authority == work.authority)
                work.db.run("identity.add_group_member",
                            {work.authority, group.id("group_id"), successor.unit.unit, input.date});
}

/// Each person's timeline says what she was there until then, in one line.
void end_memberships(Work& work, const Unit& unit, Date day) {
    std::map<Id, std::vector<Change>> said;
    for (const auto& row : work.db.query("identity.memberships_to_continue", {work.authority, unit.id, day})) {
        auto& changes = said[row.id("person_id")];
        if (changes.empty()) changes = {{"unit", unit.name, ""}, {"valid_to", "", day.iso()}};
        changes.push_back({"role", row.text("role"), ""});
    }
    work.db.run("identity.end_memberships_of_unit", {work.authority, unit.id, day});
    for (const auto& [person, changes] : said) record(work, {"identity.person", work.authority, person}, "identity.membership_ended", changes);
}
}  // namespace

std::optional<Problem> problem_of_successors(const CloseUnit& input) {
    auto problem = problem_of_count(input);
    return problem ? problem : problem_of_shares(input);
}

void write_units(Work& work, const std::vector<CreateUnit>& units) {
    std::vector<storage::Values> rows, names, figures;
    const Id person = work.actor.person;
    for (const CreateUnit& unit : units) {
        const std::string name = squeezed(unit.name);
        const std::string short_name = trimmed(unit.short_name).empty() ? name : squeezed(unit.short_name);
        rows.push_back({work.authority, unit.id, unit.parent, code(unit.kind), unit.valid_from, unit.represents_authority, unit.headcount,
                        unit.population, unit.position});
        names.push_back({work.authority, work.new_id(), unit.id, storage::Value{}, "official", name, short_name, compare_key(name), "given",
                         person, work.now, unit.valid_from});
        // A figure that comes with the unit holds from its first day.
        for (const auto& [kind, value] : {std::pair(FigureKind::Headcount, unit.headcount), std::pair(FigureKind::Population, unit.population)})
            if (value) figures.push_back({work.authority, unit.id, code(kind), unit.valid_from, *value, "", person, work.now});
    }
    work.db.run_batch("identity.add_unit", rows);
    work.db.run_batch("identity.add_name", names);
    work.db.run_batch("identity.set_figure", figures);
    for (const CreateUnit& unit : units)
        record(work, {"identity.unit", work.authority, unit.id}, "identity.unit_created",
               {{"name", "", squeezed(unit.name)}, {"valid_from", "", unit.valid_from.iso()}});
}

Result<Id> create_unit(Work& work, const CreateUnit& input) {
    if (!may_throughout_or_in(work, kManageUnits, input.parent)) return forbidden();
    if (auto problems = problems_of(work, input); !problems.empty()) return invalid(std::move(problems));
    CreateUnit unit = input;
    if (!unit.id) unit.id = work.new_id();
    write_units(work, {unit});
    return unit.id;
}

Result<> represent_authority(Work& work, const RepresentAuthority& input) {
    if (!may_throughout_or_in(work, kManageUnits, input.unit)) return forbidden();
    const auto unit = unit_by_id(work, input.unit);
    if (!unit) return not_found();
    if (auto problem = problem_of_representing(work, unit->kind, input.authority, input.unit)) return invalid({*std::move(problem)});
    if (unit->represents_authority == input.authority) return Done{};
    if (work.db.run("identity.set_represented_authority", {work.authority, input.unit, input.authority, input.version}) == 0) return conflict();
    const auto name_of = [&](std::optional<Id> id) {
        const auto authority = id ? authority_by_id(work, *id) : std::nullopt;
        return authority ? authority->name : std::string();
    };
    record(work, {"identity.unit", work.authority, input.unit}, "identity.unit_represents",
           {{"represents_authority", name_of(unit->represents_authority), name_of(input.authority)}});
    return Done{};
}

Result<> close_unit(Work& work, const CloseUnit& input) {
    if (!may_throughout_or_in(work, kManageUnits, input.unit)) return forbidden();
    const auto unit = unit_by_id(work, input.unit);
    if (!unit) return not_found();
    if (unit->valid_to) return conflict("identity.closed_already");
    if (auto problems = problems_of(work, input, *unit); !problems.empty())
        return invalid(std::move(problems));
    if (work.db.run("identity.close_unit",
                    {work.authority, input.unit, input.date, code(input.kind), input.version}) == 0)
        return conflict();
    for (const auto& successor : input.successors)
        work.db.run("identity.add_link",
                    {work.authority, input.unit, successor.unit.authority, successor.unit.unit,
                     code(input.kind), input.date, successor.share});
    take_places_in_groups(work, input);
    end_memberships(work, *unit, input.date);
    std::vector<Change> changes{{"valid_to", "", input.date.iso()},
                                {"closing", "", std::string(code(input.kind))},
                                {"name", unit->name, ""}};
    for (const auto& successor : input.successors)
        changes.push_back({"successor", "", name_of_unit(work, successor.unit)});
    record(work, {"identity.unit", work.authority, input.unit}, "identity.unit_ended", changes);
    return Done{};
}

}  // namespace loa::identity
