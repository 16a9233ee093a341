// What the form of a piece of evidence brings: its words, whoever sends it.
#pragma once

#include <string>
#include <vector>

#include "actions.h"
#include "loa/web/http.h"

namespace loa::plan {

/// What the names of fields begin with, before the id of a target and the name of a measure.
inline const std::string kQuantity = "quantity-";
inline const std::string kMeasure = "measure-";

EvidenceWords evidence_words(const web::Fields& form, const ActivityKind& kind);

}  // namespace loa::plan
