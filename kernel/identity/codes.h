// From an enumerator to its code in columns and forms, and back, by one table for each enumeration.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "loa/base/check.h"

namespace loa::identity {

template <class Enum, std::size_t N>
using Codes = std::array<std::pair<Enum, std::string_view>, N>;

template <class Enum, std::size_t N>
std::string_view code_in(const Codes<Enum, N>& codes, Enum value) {
    for (const auto& [each, code] : codes)
        if (each == value) return code;
    constexpr bool every_enumerator_has_a_code = false;
    LOA_CHECK(every_enumerator_has_a_code);
    return {};
}

template <class Enum, std::size_t N>
std::optional<Enum> from_code(const Codes<Enum, N>& codes, std::string_view code) {
    for (const auto& [each, name] : codes)
        if (name == code) return each;
    return std::nullopt;
}

}  // namespace loa::identity
