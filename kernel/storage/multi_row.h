// "insert … values ($1, $2) on conflict …" for many rows at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "loa/storage/statements.h"

namespace loa::storage {

/// Whether it is an insert with one tuple that holds all its parameters.
bool inserts_one_row(std::string_view text);
/// The statement with its tuple `rows` times, the parameters of each row numbered behind those of the row before.
/// It must insert one row.
std::string for_rows(const Statement& statement, std::size_t rows);

}  // namespace loa::storage
