// The part of a text that shows why it was found.
#pragma once

#include <string_view>
#include <vector>

#include "loa/search/search.h"
#include "query.h"

namespace loa::search {

/// About 30 words around the best place, with what was looked for marked: the phrase with its marks where it
/// stands, else the phrase, else its words. Without any of them, the beginning.
std::vector<SnippetPart> snippet(std::string_view text, const Query& query);

}  // namespace loa::search
