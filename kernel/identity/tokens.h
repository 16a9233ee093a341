// Random tokens, and what is kept of them.
#pragma once

#include <string>
#include <string_view>

namespace loa::identity {

/// 256 random bits, 64 hexadecimal digits.
std::string new_token();
/// SHA-256 in hexadecimal. A token of 256 random bits needs no salt and no slow hash.
std::string sha256(std::string_view text);
/// What the tables hold of a token; "" for "".
std::string token_hash(std::string_view token);

}  // namespace loa::identity
