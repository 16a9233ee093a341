// A short fingerprint of a text: 64-bit FNV-1a, in hex. It tells a changed file from an unchanged one; it
// guards against mistakes, not against an attacker, who would have the database anyway.
#pragma once

#include <string>
#include <string_view>

namespace loa::storage {

std::string checksum(std::string_view text);

}  // namespace loa::storage
