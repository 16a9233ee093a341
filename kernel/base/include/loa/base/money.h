// Vietnamese đồng: whole numbers only, there is no smaller unit in use.
#pragma once

#include <compare>
#include <cstdint>

namespace loa {

struct Money {
    std::int64_t dong = 0;

    auto operator<=>(const Money&) const = default;
};

}  // namespace loa
