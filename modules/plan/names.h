// Which unit or group of units a printed name means on a day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/base/id.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// How names are compared: case, old tone marks, kinds of dash, "&" and the usual abbreviations (UBND, HĐND,
/// MTTQ) make no difference; marks do.
std::string compared_name(std::string_view name);

struct NamedUnit {
    std::optional<Id> unit;
    std::optional<Id> group;
    std::string name;  // its official name on that day

    bool operator==(const NamedUnit&) const = default;
};

/// What the reader may meet: every name that a unit or group of the authority has or had. A paper of any day is
/// read with them; which unit a name means is decided for the paper's own day, by UnitNames.
AgencyNames agency_names(Work& work);

class UnitNames {
  public:
    static UnitNames on(Work& work, Date day);

    void add(std::string_view name, NamedUnit unit);
    /// The one unit or group that bears the name; nothing when none does, or more than one.
    std::optional<NamedUnit> find(std::string_view name) const;
    /// Units that bore a name and had ended by that day, each as its successors of that day (in this authority).
    static UnitNames ended_by(Work& work, Date day);

    /// All that bear it, where the name alone does not decide.
    std::vector<NamedUnit> candidates(std::string_view name) const;
    const std::unordered_map<std::string, std::vector<NamedUnit>>& all() const { return by_name_; }

  private:
    std::unordered_map<std::string, std::vector<NamedUnit>> by_name_;
};

}  // namespace loa::plan
