// The grammar of office names: how an office, a class of offices or a post goes on behind its first word.
#pragma once

#include "reading/agencies.h"

namespace loa::plan {

/// The word behind the name that begins at `at`, whose first `known_words` are in a dictionary; `at` if none begins.
std::size_t end_of_name(const Text& text, std::size_t at, std::size_t known_words, std::size_t end, NameContext context);

/// ",", ";", "và" and the like between two names; not the stroke of "Đ/c".
bool is_separator(const Text& text, std::size_t at);

}  // namespace loa::plan
