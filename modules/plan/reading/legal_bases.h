// The documents a plan rests on: "Căn cứ …", "Thực hiện …", "Theo đề nghị của … tại Tờ trình …".
#pragma once

#include <vector>

#include "loa/plan/reading.h"
#include "reading/pieces.h"

namespace loa::plan {

/// Of pieces [first, last), in front of the first section. A document that the title of another one quotes is none.
std::vector<ParsedLegalBasis> read_legal_bases(const std::vector<Piece>& pieces, std::size_t first, std::size_t last);

}  // namespace loa::plan
