// Duties: what the section of agencies ("TỔ CHỨC THỰC HIỆN", whatever its name) lays on each of them.
#pragma once

#include <vector>

#include "reading/activities.h"

namespace loa::plan {

/// Whether most numbered items below the section are agencies.
bool names_agencies(const Surroundings& surroundings, const Outline& outline, std::size_t section);

/// "Sở Nội vụ: …", "Giao Phòng Kinh tế …".
bool begins_with_body(const Surroundings& surroundings, const Text& text);

/// One duty for each bullet or paragraph below an agency heading; without headings one for each sentence that
/// addresses a body.
void read_duties(const Surroundings& surroundings, const Outline& outline, std::size_t section, std::vector<ParsedDuty>& duties);

}  // namespace loa::plan
