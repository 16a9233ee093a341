// `loa bench province`.
#pragma once

#include <string_view>

#include "loa/base/registry.h"

namespace loa::app {

/// Of the accounts that measure; like the demonstration's they keep `serve` on loopback.
inline constexpr std::string_view kBenchPassword = "do-luong-mot-tinh";

void join_bench(Registry& registry);

}  // namespace loa::app
