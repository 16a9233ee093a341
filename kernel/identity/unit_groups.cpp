// Class references: "các cơ quan chuyên môn", "UBND các xã, phường".
#include <algorithm>
#include <unordered_set>

#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "unit_rows.h"
#include "verbs.h"

namespace loa::identity {

namespace {
/// `kinds`: of all groups of the authority.
UnitGroup group_of(const storage::Row& row, const storage::Rows& kinds) {
    UnitGroup group{row.id("authority_id"), row.id("id"), row.text("name"), {}, row.number("version")};
    for (const auto& kind : kinds)
        if (kind.id("group_id") == group.id) group.kinds.push_back(unit_kind_from(kind.text("kind")).value());
    return group;
}

std::unordered_set<Id> listed_members(const Work& work, Id group, Date day) {
    std::unordered_set<Id> units;
    for (const auto& row : work.db.query("identity.group_members", {work.authority, group, day}))
        units.insert(row.id("unit_id"));
    return units;
}

std::optional<Failure> refusal(const Work& work, const CreateGroup& input) {
    if (trimmed(input.name).empty()) return invalid("name", "identity.name_missing");
    if (input.kinds.empty() == input.members.empty()) return invalid("members", "identity.group_of_what");
    for (const Id member : input.members)
        if (!unit_by_id(work, member)) return invalid("members", "identity.no_such_unit");
    if (!work.db.query("identity.names_alike", {work.authority, compare_key(input.name), work.today()})
             .empty())
        return conflict("identity.name_means_another", {{"name", input.name}});
    return std::nullopt;
}
}  // namespace

std::vector<UnitGroup> unit_groups(const Work& work) {
    std::vector<UnitGroup> groups;
    const auto rows = work.db.query("identity.unit_groups", {work.authority});
    if (rows.empty()) return groups;
    const auto kinds = work.db.query("identity.group_kinds", {work.authority});
    for (const auto& row : rows) groups.push_back(group_of(row, kinds));
    return groups;
}

std::optional<UnitGroup> unit_group_by_id(const Work& work, Id id) {
    const auto row = work.db.one("identity.unit_group_by_id", {work.authority, id});
    if (!row) return std::nullopt;
    return group_of(*row, work.db.query("identity.group_kinds", {work.authority}));
}

std::vector<Unit> members_of_group(const Work& work, Id group, Date day) {
    const auto found = unit_group_by_id(work, group);
    if (!found) return {};
    const auto listed = listed_members(work, group, day);
    std::vector<Unit> members;
    for (Unit& unit : units_on(work, day)) {
        const bool of_kind =
            std::find(found->kinds.begin(), found->kinds.end(), unit.kind) != found->kinds.end();
        if (of_kind || listed.contains(unit.id)) members.push_back(std::move(unit));
    }
    return members;
}

Result<Id> create_group(Work& work, const CreateGroup& input) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    if (auto failure = refusal(work, input)) return *failure;
    const Id id = input.id ? input.id : work.new_id();
    const std::string name = squeezed(input.name);
    work.db.run("identity.add_group", {work.authority, id, name});
    work.db.run("identity.add_name",
                {work.authority, work.new_id(), storage::Value{}, id, "official", name, name,
                 compare_key(name), "given", work.actor.person, work.now, Date::from(1, 1, 1).value()});
    for (const UnitKind kind : input.kinds)
        work.db.run("identity.add_group_kind", {work.authority, id, code(kind)});
    // A member belongs for as long as it has been there: a plan of last year reads the same group.
    for (const Id member : input.members)
        work.db.run("identity.add_group_member",
                    {work.authority, id, member, unit_by_id(work, member)->valid_from});
    record(work, {"identity.unit_group", work.authority, id}, "identity.group_created", {{"name", "", name}});
    for (const std::string& alias : input.aliases)
        if (const auto added = add_alias(work, {.group = id, .name = alias}); !added) return added.failure();
    return id;
}

}  // namespace loa::identity
