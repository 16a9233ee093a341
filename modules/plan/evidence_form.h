// What the form of a piece of evidence brings: its words and its files, whoever sends it.
#pragma once

#include <string>
#include <vector>

#include "actions.h"
#include "loa/media/store.h"
#include "loa/web/http.h"

namespace loa::plan {

/// What the names of fields begin with, before the id of a target and the name of a measure.
inline const std::string kQuantity = "quantity-";
inline const std::string kMeasure = "measure-";

using ReceivedFiles = Result<std::vector<media::AcceptedFile>>;
/// The files that came with the form or ahead of it, in the store: for web::Route::prepare.
ReceivedFiles received_files(const web::Request& request, media::FileStore& store);

EvidenceWords evidence_words(const web::Fields& form, const ActivityKind& kind);

}  // namespace loa::plan
