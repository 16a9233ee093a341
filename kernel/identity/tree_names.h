// The units of a day and everything they are called; for who reads or writes the names of units in a table.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "loa/identity/units.h"
#include "unit_rows.h"

namespace loa::identity {

class TreeNames {
  public:
    TreeNames(const Work& work, Date day);

    using Keys = std::vector<std::string>;  // each as compare_key() gives it

    const Unit& root() const { return units_.front(); }
    const std::vector<Unit>& units() const { return units_; }
    const Unit* unit(Id id) const;
    /// By full name, short name or alias; at most kFew.
    std::vector<const Unit*> called(const std::string& key) const;
    bool is_called(const Unit& unit, const std::string& key) const;
    const Unit* child_called(Id parent, const std::string& key) const;
    /// "UBND xã > Trạm Y tế" by its parts: who is called like the last and stands below what the others say.
    std::vector<const Unit*> at_path(const Keys& path) const;

    /// Of units that are called alike so many are looked at: a file of 100,000 equal names must not cost their square.
    static constexpr std::size_t kFew = 64;

  private:
    void add_name(std::size_t place, const std::string& name);
    bool stands_below(const Unit& unit, const Keys& path) const;

    std::vector<Unit> units_;
    std::unordered_map<Id, std::size_t> places_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
    std::unordered_map<Id, std::unordered_set<std::string>> keys_;
    std::unordered_map<std::string, std::size_t> children_;  // "<parent>/<key>"
};

/// What a row calls a unit: its name, and as much of what stands above it as tells it from others.
class UnitPaths {
  public:
    explicit UnitPaths(const std::vector<Unit>& units);
    /// "" for what stands directly below the committee.
    std::string above(const Unit& unit) const;
    /// "" for a unit that is not among them.
    std::string of(Id unit) const;

  private:
    std::string path_of(const Unit& unit) const;
    const Unit* parent_of(const Unit& unit) const;

    std::unordered_map<Id, const Unit*> by_id_;
    std::unordered_map<std::string, int> uses_;
};

}  // namespace loa::identity
