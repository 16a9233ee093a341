// The filter of /nhat-ky as it stands in an address and in a form.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "loa/identity/timeline.h"
#include "loa/web/http.h"

namespace loa::identity {

/// What can't be read is left out. `limit` stays as it is.
TimelineFilter filter_of(const web::Fields& fields);
/// Name and text of every field that is set but the cursor (below, above): for hidden inputs and addresses.
std::vector<std::pair<std::string, std::string>> fields_of(const TimelineFilter& filter);
/// "/nhat-ky?person=5&…", without a cursor.
std::string address_of(const TimelineFilter& filter);

}  // namespace loa::identity
