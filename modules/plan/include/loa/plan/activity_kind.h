// What a line of the plan can be: registry.add(ActivityKind{…}) in the module that brings it (house.md §6). The
// kind decides what is asked about the activity and which numbers its evidence yields; everything else about an
// activity (parties, deadline, targets, evidence) is the same for all, so it stays when the kind changes.
#pragma once

#include <string>
#include <vector>

#include "loa/base/registry.h"

namespace loa::plan {

/// A question about the activity; the answer is kept as text.
struct KindField {
    enum class Type { Text, Date, Number };
    std::string name;   // "venue": form field and JSON key
    std::string label;  // translation key
    Type type = Type::Text;
};

/// A number that a piece of evidence of this kind may bring: "participants".
struct KindMeasure {
    std::string name;   // "plan.participants": the same name is the same measure in every kind
    std::string label;  // translation key
};

struct ActivityKind {
    std::string name;   // "general", "conference": what plan_activity.kind holds
    std::string label;  // translation key: "plan.kind_conference"
    std::vector<KindField> fields = {};
    std::vector<KindMeasure> measures = {};
};

/// The kind every activity has until a person says otherwise.
inline constexpr std::string_view kGeneralKind = "general";

/// The registered kind of that name; `general` for one whose module is not there any more.
const ActivityKind& kind_by_name(const Registry& registry, std::string_view name);

}  // namespace loa::plan
