// What the tables keep of a token.
#pragma once

#include <string>
#include <string_view>

#include "loa/base/secrets.h"

namespace loa::identity {

/// Its digest; "" for "".
inline std::string token_hash(std::string_view token) { return token.empty() ? std::string() : sha256(token); }

}  // namespace loa::identity
