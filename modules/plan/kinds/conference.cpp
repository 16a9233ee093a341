// Hội nghị, hội thảo, tọa đàm (source plan, II.2).
#include "kinds/kinds.h"

namespace loa::plan {

ActivityKind conference() {
    return {.name = "conference",
            .label = "plan.kind_conference",
            .fields = {{"held_on", "plan.conference_held_on", KindField::Type::Date},
                       {"venue", "plan.conference_venue", KindField::Type::Text},
                       {"invited", "plan.conference_invited", KindField::Type::Number}},
            .measures = {{"plan.participants", "plan.measure_participants"}}};
}

}  // namespace loa::plan
