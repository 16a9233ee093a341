// A short name for a content: for addresses of assets and for ETags.
#pragma once

#include <string>
#include <string_view>

namespace loa::web {

/// 20 hexadecimal digits of BLAKE2b.
std::string content_hash(std::string_view bytes);

}  // namespace loa::web
