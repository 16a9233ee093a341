#include "tree_names.h"

#include <algorithm>

namespace loa::identity {

TreeNames::TreeNames(const Work& work, Date day) : units_(units_on(work, day)) {
    for (std::size_t i = 0; i < units_.size(); ++i) {
        places_.emplace(units_[i].id, i);
        add_name(i, units_[i].name);
        add_name(i, units_[i].short_name);
    }
    for (const auto& row : work.db.query("identity.aliases_of_units", {work.authority}))
        if (const auto place = places_.find(row.id("unit_id")); place != places_.end()) add_name(place->second, row.text("name"));
}

void TreeNames::add_name(std::size_t place, const std::string& name) {
    const std::string key = compare_key(name);
    const Unit& unit = units_[place];
    if (!keys_[unit.id].insert(key).second) return;
    by_name_[key].push_back(place);
    // A unit whose parent has ended is handed out, and found, below the committee.
    if (unit.parent) children_.emplace(to_string(places_.contains(*unit.parent) ? *unit.parent : root().id) + "/" + key, place);
}

const Unit* TreeNames::unit(Id id) const {
    const auto place = places_.find(id);
    return place == places_.end() ? nullptr : &units_[place->second];
}

std::vector<const Unit*> TreeNames::called(const std::string& key) const {
    std::vector<const Unit*> found;
    if (const auto places = by_name_.find(key); places != by_name_.end())
        for (std::size_t i = 0; i < std::min(places->second.size(), kFew); ++i) found.push_back(&units_[places->second[i]]);
    return found;
}

bool TreeNames::is_called(const Unit& unit, const std::string& key) const {
    const auto keys = keys_.find(unit.id);
    return keys != keys_.end() && keys->second.contains(key);
}

const Unit* TreeNames::child_called(Id parent, const std::string& key) const {
    const auto place = children_.find(to_string(parent) + "/" + key);
    return place == children_.end() ? nullptr : &units_[place->second];
}

bool TreeNames::stands_below(const Unit& unit, const Keys& path) const {
    const Unit* above = unit.parent ? this->unit(*unit.parent) : nullptr;
    for (std::size_t up = 0; up + 1 < path.size(); ++up) {
        if (!above || !is_called(*above, path[path.size() - 2 - up])) return false;
        above = above->parent ? this->unit(*above->parent) : nullptr;
    }
    return true;
}

std::vector<const Unit*> TreeNames::at_path(const Keys& path) const {
    if (path.empty()) return {};
    if (path.size() == 1) return called(path.back());
    std::vector<const Unit*> units;
    for (const Unit* above : called(path[path.size() - 2]))
        if (const Unit* unit = child_called(above->id, path.back()); unit && stands_below(*unit, path)) units.push_back(unit);
    return units;
}

UnitPaths::UnitPaths(const std::vector<Unit>& units) {
    for (const Unit& unit : units) {
        by_id_.emplace(unit.id, &unit);
        ++uses_[compare_key(unit.name)];
        if (unit.short_name != unit.name) ++uses_[compare_key(unit.short_name)];
    }
}

std::string UnitPaths::above(const Unit& unit) const {
    const Unit* parent = parent_of(unit);
    return parent && parent->parent ? path_of(*parent) : "";
}

std::string UnitPaths::of(Id unit) const {
    const auto found = by_id_.find(unit);
    return found == by_id_.end() ? "" : path_of(*found->second);
}

std::string UnitPaths::path_of(const Unit& unit) const {
    std::string path = unit.name;
    const auto is_unique = [&](const Unit& each) { return uses_.at(compare_key(each.name)) == 1; };
    const Unit* last = &unit;
    while (!is_unique(*last) && last->parent) {
        last = parent_of(*last);
        if (!last) break;
        path = last->name + " > " + path;
    }
    return path;
}

const Unit* UnitPaths::parent_of(const Unit& unit) const {
    const auto found = by_id_.find(unit.parent.value_or(Id{}));
    return found == by_id_.end() ? nullptr : found->second;
}

}  // namespace loa::identity
