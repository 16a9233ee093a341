#include "loa/identity/units.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "codes.h"
#include "loa/base/text.h"
#include "loa/i18n/collation.h"
#include "loa/identity/authorities.h"
#include "unit_rows.h"

namespace loa::identity {

namespace {
constexpr Codes<UnitKind, 11> kKindCodes{{{UnitKind::Committee, "committee"},
                                          {UnitKind::Office, "office"},
                                          {UnitKind::District, "district"},
                                          {UnitKind::Commune, "commune"},
                                          {UnitKind::Hamlet, "hamlet"},
                                          {UnitKind::School, "school"},
                                          {UnitKind::PublicService, "public_service"},
                                          {UnitKind::MassOrganisation, "mass_organisation"},
                                          {UnitKind::PartyBody, "party_body"},
                                          {UnitKind::Force, "force"},
                                          {UnitKind::OutsideBody, "outside_body"}}};
constexpr Codes<ClosingKind, 6> kClosingCodes{{{ClosingKind::Dissolved, "dissolved"},
                                               {ClosingKind::Renamed, "renamed"},
                                               {ClosingKind::Replaced, "replaced"},
                                               {ClosingKind::Merged, "merged"},
                                               {ClosingKind::Split, "split"},
                                               {ClosingKind::Transferred, "transferred"}}};

using Children = std::unordered_map<Id, std::vector<Unit>>;

bool stands_before(const Unit& a, const Unit& b) {
    if (a.position != b.position) return a.position < b.position;
    const int order = i18n::compare(a.name, b.name);
    return order != 0 ? order < 0 : a.id < b.id;
}

std::vector<Unit> open_units(const Work& work, std::string_view statement, const storage::Values& values) {
    std::vector<Unit> units;
    for (const auto& row : work.db.query(statement, values)) units.push_back(unit_of(row));
    return units;
}

/// The nearest unit above that is open: a parent may end before what hung below it is placed anew.
Id open_parent(const Unit& unit, const std::unordered_set<Id>& open,
               const std::unordered_map<Id, Id>& parents) {
    Id above = unit.parent.value_or(Id{});
    while (above && !open.contains(above)) {
        const auto next = parents.find(above);
        above = next == parents.end() ? Id{} : next->second;
    }
    return above;
}

Children children_among(const Work& work, std::vector<Unit> units) {
    std::unordered_set<Id> open;
    for (const Unit& unit : units) open.insert(unit.id);
    const auto hangs = [&](const Unit& unit) { return !unit.parent || open.contains(*unit.parent); };
    std::unordered_map<Id, Id> parents;
    if (!std::all_of(units.begin(), units.end(), hangs))
        for (const auto& row : work.db.query("identity.unit_parents", {work.authority}))
            parents.emplace(row.id("id"), row.optional_id("parent_id").value_or(Id{}));
    Children children;
    for (Unit& unit : units) {
        const Id parent = open_parent(unit, open, parents);
        children[parent].push_back(std::move(unit));
    }
    for (auto& [parent, siblings] : children) std::sort(siblings.begin(), siblings.end(), stands_before);
    return children;
}

/// Takes the units out of `children`.
void add_below(Children& children, Id parent, int depth, std::vector<UnitNode>& tree) {
    const auto found = children.find(parent);
    if (found == children.end()) return;
    for (Unit& unit : found->second) {
        const Id id = unit.id;
        const auto below = children.find(id);
        tree.push_back({std::move(unit), depth, below == children.end() ? 0 : below->second.size()});
        add_below(children, id, depth + 1, tree);
    }
}

std::vector<UnitNode> tree_of(const Work& work, std::vector<Unit> units) {
    std::vector<UnitNode> tree;
    auto children = children_among(work, std::move(units));
    add_below(children, Id{}, 0, tree);
    return tree;
}

constexpr std::int64_t kShownWhole = 200;  // more units than this nobody looks through in one list

constexpr std::size_t kIdsAtOnce = 32;  // places in identity.units_by_ids

/// Up to kIdsAtOnce units in one statement; places that are left over ask for the id 0, which nobody has.
void add_units(const Work& work, std::span<const Id> ids, std::unordered_map<Id, Unit>& units) {
    storage::Values values{work.authority, work.today()};
    for (const Id id : ids) values.emplace_back(id);
    values.resize(2 + kIdsAtOnce, Id{});
    for (const auto& row : work.db.query("identity.units_by_ids", values)) units.emplace(row.id("id"), unit_of(row));
}

std::vector<UnitLink> links(const Work& work, std::string_view statement, Id unit) {
    std::vector<UnitLink> found;
    for (const auto& row : work.db.query(statement, {work.authority, unit}))
        found.push_back({{row.id("authority_id"), row.id("unit_id")},
                         {row.id("successor_authority_id"), row.id("successor_id")},
                         row.text("predecessor_name"),
                         row.text("successor_name"),
                         closing_kind_from(row.text("kind")).value(),
                         row.date("date"),
                         row.optional_number("share")});
    return found;
}
}  // namespace

std::string_view code(UnitKind kind) {
    return code_in(kKindCodes, kind);
}
std::optional<UnitKind> unit_kind_from(std::string_view code) {
    return from_code(kKindCodes, code);
}
std::string_view code(ClosingKind kind) {
    return code_in(kClosingCodes, kind);
}
std::optional<ClosingKind> closing_kind_from(std::string_view code) {
    return from_code(kClosingCodes, code);
}

Unit unit_of(const storage::Row& row) {
    Unit unit{.authority = row.id("authority_id"),
              .id = row.id("id"),
              .parent = row.optional_id("parent_id"),
              .kind = unit_kind_from(row.text("kind")).value(),
              .name = row.text("name"),
              .short_name = row.text("short_name"),
              .valid_from = row.date("valid_from"),
              .valid_to = row.optional_date("valid_to"),
              .represents_authority = row.optional_id("represents_authority_id"),
              .headcount = row.optional_number("headcount"),
              .population = row.optional_number("population"),
              .position = row.number("position"),
              .version = row.number("version")};
    if (const auto closing = row.optional_text("closing")) unit.closing = closing_kind_from(*closing);
    return unit;
}

std::string compare_key(std::string_view name) {
    return fold_keeping_marks(name);
}

void read_unit_ahead(const Work& work, Id id) {
    work.db.read_ahead("identity.unit_by_id", {work.authority, id, work.today()});
}

std::optional<Unit> unit_by_id(const Work& work, Id id) {
    const auto row = work.db.one("identity.unit_by_id", {work.authority, id, work.today()});
    return row ? std::optional(unit_of(*row)) : std::nullopt;
}

std::string name_of_unit(const Work& work, const UnitKey& key) {
    const auto row = work.db.one("identity.unit_by_id", {key.authority, key.unit, work.today()});
    if (!row) return to_string(key.unit);
    const Unit unit = unit_of(*row);
    const auto authority = key.authority == work.authority || !unit.parent ? std::nullopt : authority_by_id(work, key.authority);
    return authority ? authority->short_name + " > " + unit.name : unit.name;
}

std::vector<Unit> units_by_ids(const Work& work, const std::vector<Id>& ids) {
    if (ids.size() == 1) {
        const auto unit = unit_by_id(work, ids.front());
        return unit ? std::vector{*unit} : std::vector<Unit>{};
    }
    std::unordered_map<Id, Unit> found;
    for (std::size_t begin = 0; begin < ids.size(); begin += kIdsAtOnce)
        add_units(work, std::span(ids).subspan(begin, std::min(kIdsAtOnce, ids.size() - begin)), found);
    std::vector<Unit> units;
    for (const Id id : ids)
        if (const auto unit = found.find(id); unit != found.end()) units.push_back(unit->second);
    return units;
}

std::vector<Unit> units_on(const Work& work, Date day) {
    // By depth, so that parents come before children; within one depth in reading order.
    auto tree = unit_tree(work, day);
    std::stable_sort(tree.begin(), tree.end(),
                     [](const auto& a, const auto& b) { return a.depth < b.depth; });
    std::vector<Unit> units;
    for (auto& node : tree) units.push_back(std::move(node.unit));
    return units;
}

std::vector<UnitNode> unit_tree(const Work& work, Date day) {
    return tree_of(work, open_units(work, "identity.units_on", {work.authority, day}));
}

std::vector<UnitNode> unit_tree_around(const Work& work, Date day, std::optional<Id> opened) {
    if (work.db.one("identity.count_units_on", {work.authority, day})->number("units") <= kShownWhole) return unit_tree(work, day);
    return tree_of(work, open_units(work, "identity.units_around", {work.authority, day, opened.value_or(Id{})}));
}

std::vector<Id> unit_subtree(const Work& work, const std::vector<Id>& tops, Date day) {
    std::vector<Id> ids;
    if (tops.empty()) return ids;
    std::optional<int> top;  // the depth of the one that we are below
    for (const UnitNode& node : unit_tree(work, day)) {
        if (top && node.depth <= *top) top.reset();
        if (!top && std::find(tops.begin(), tops.end(), node.unit.id) != tops.end()) top = node.depth;
        if (top) ids.push_back(node.unit.id);
    }
    return ids;
}

std::vector<UnitLink> links_from(const Work& work, Id unit) {
    return links(work, "identity.links_from", unit);
}
std::vector<UnitLink> links_to(const Work& work, Id unit) {
    return links(work, "identity.links_to", unit);
}

std::vector<UnitKey> successors_of(const Work& work, UnitKey unit, Date day) {
    std::vector<UnitKey> keys;
    for (const auto& row : work.db.query("identity.successors", {unit.authority, unit.unit, day}))
        keys.push_back({row.id("authority_id"), row.id("id")});
    return keys;
}

}  // namespace loa::identity
