// How units are called on a day, and how people write them.
#include <algorithm>

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "unit_rows.h"
#include "verbs.h"

namespace loa::identity {

namespace {
/// Of the far past: aliases hold for papers of any day.
const Date kAlways = Date::from(1, 1, 1).value();

UnitName name_of(const storage::Row& row, NameKind kind, const std::string& column) {
    return {row.text(column),       row.optional_id("unit_id"),   row.optional_id("group_id"), kind,
            row.date("valid_from"), row.optional_date("valid_to")};
}

/// One row gives its official name and, where it differs, the short one.
void add_official(const storage::Row& row, NameKind kind, std::vector<UnitName>& names) {
    names.push_back(name_of(row, kind, "name"));
    if (row.text("short_name") == row.text("name")) return;
    names.push_back(name_of(row, kind == NameKind::Former ? kind : NameKind::Short, "short_name"));
}

void add_names(const storage::Row& row, Date day, std::vector<UnitName>& names) {
    if (row.text("kind") == "alias") {
        names.push_back(name_of(row, NameKind::Alias, "name"));
        return;
    }
    if (row.date("valid_from") > day) return;  // not called so yet
    const auto end = row.optional_date("valid_to");
    add_official(row, end && *end <= day ? NameKind::Former : NameKind::Official, names);
}

/// Does the name already mean another open unit, or another group?
bool means_another(const Work& work, const AddAlias& input, const std::string& key) {
    const auto alike = work.db.query("identity.names_alike", {work.authority, key, work.today()});
    return std::any_of(alike.begin(), alike.end(), [&](const storage::Row& row) {
        return row.optional_id("unit_id") != input.unit || row.optional_id("group_id") != input.group;
    });
}

bool is_there(const Work& work, const AddAlias& input) {
    return input.unit ? unit_by_id(work, *input.unit).has_value()
                      : unit_group_by_id(work, *input.group).has_value();
}
}  // namespace

std::vector<UnitName> unit_names_on(const Work& work, Date day) {
    std::vector<UnitName> names;
    for (const auto& row : work.db.query("identity.names_on", {work.authority, day}))
        add_names(row, day, names);
    return names;
}

std::vector<UnitName> names_of_ended_units(const Work& work, Date day) {
    std::vector<UnitName> names;
    for (const auto& row : work.db.query("identity.names_of_ended_units", {work.authority, day})) add_names(row, day, names);
    return names;
}

std::vector<UnitName> names_of_unit(const Work& work, Id unit) {
    std::vector<UnitName> names;
    for (const auto& row : work.db.query("identity.names_of_unit", {work.authority, unit})) {
        if (row.text("kind") == "alias") {
            names.push_back(name_of(row, NameKind::Alias, "name"));
        } else {
            add_official(row, row.optional_date("valid_to") ? NameKind::Former : NameKind::Official, names);
        }
    }
    return names;
}

Result<> add_alias(Work& work, const AddAlias& input) {
    if (!may(work, kAddAlias)) return forbidden();
    LOA_CHECK(input.unit.has_value() != input.group.has_value());
    const std::string name = squeezed(input.name);
    if (name.empty()) return invalid("name", "identity.name_missing");
    if (!is_there(work, input)) return not_found();
    const std::string key = compare_key(name);
    if (means_another(work, input, key)) return conflict("identity.name_means_another", {{"name", name}});
    const bool known = !work.db.query("identity.names_alike", {work.authority, key, work.today()}).empty();
    if (known) return Done{};
    const auto source = input.source == NameSource::Review ? "review" : "given";
    work.db.run("identity.add_name", {work.authority, work.new_id(), input.unit, input.group, "alias", name,
                                      name, key, source, work.actor.person, work.now, kAlways});
    const Ref subject = input.unit ? Ref{"identity.unit", work.authority, *input.unit}
                                   : Ref{"identity.unit_group", work.authority, *input.group};
    record(work, subject, "identity.alias_added", {{"name", "", name}, {"source", "", source}});
    return Done{};
}

Result<> rename_unit(Work& work, const RenameUnit& input) {
    if (!may_throughout_or_in(work, kManageUnits, input.unit)) return forbidden();
    const auto unit = unit_by_id(work, input.unit);
    if (!unit) return not_found();
    const std::string name = squeezed(input.name);
    const std::string short_name = input.short_name.empty() ? name : squeezed(input.short_name);
    if (name.empty()) return invalid("name", "identity.name_missing");
    if (input.from > work.today()) return invalid("from", "identity.rename_ahead");
    if (unit->valid_to && *unit->valid_to <= input.from) return invalid("from", "identity.unit_closed");
    if (work.db.run("identity.touch_unit", {work.authority, input.unit, input.version}) == 0)
        return conflict();
    if (work.db.run("identity.end_official_name", {work.authority, input.unit, input.from}) == 0)
        return invalid("from", "identity.rename_before_the_last");
    work.db.run("identity.add_name",
                {work.authority, work.new_id(), input.unit, storage::Value{}, "official", name, short_name,
                 compare_key(name), "given", work.actor.person, work.now, input.from});
    record(work, {"identity.unit", work.authority, input.unit}, "identity.unit_renamed",
           {{"name", unit->name, name},
            {"short_name", unit->short_name, short_name},
            {"from", "", input.from.iso()}});
    return Done{};
}

std::optional<Id> unit_called(const Work& work, std::string_view asked) {
    if (asked.empty()) return root_unit(work);
    for (const auto& unit : units_on(work, work.today()))
        if (to_string(unit.id) == asked || fold(unit.name) == fold(asked) || fold(unit.short_name) == fold(asked)) return unit.id;
    return std::nullopt;
}

}  // namespace loa::identity
