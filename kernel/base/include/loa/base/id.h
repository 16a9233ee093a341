// Record ids: 63 bits, made by the application before the write, so that every retry carries the same
// id and "insert … on conflict do nothing" is safe. Layout: 41 bits of milliseconds since 2024-01-01
// UTC, 10 bits of node number, 12 bits of counter. In JSON and in pages they are strings: a JavaScript
// number holds 53 bits.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "loa/base/date.h"

namespace loa {

struct Id {
    std::int64_t value = 0;

    auto operator<=>(const Id&) const = default;
    explicit operator bool() const { return value != 0; }
};

std::string to_string(Id id);
/// Decimal digits only; nothing else, no sign, at most 63 bits, not zero.
std::optional<Id> parse_id(std::string_view text);

/// Makes ids in rising order; safe from many threads. When a millisecond's 4,096 ids are used up, or the
/// clock steps back, it goes on from the last one given.
class IdSource {
  public:
    /// `node` is 0 … 1023, leased once per process (storage::lease_node).
    explicit IdSource(int node, Clock& clock);
    Id next();

  private:
    std::int64_t node_;
    Clock& clock_;
    std::mutex mutex_;
    std::int64_t last_ = 0;  // milliseconds and counter of the last id
};

}  // namespace loa

template <>
struct std::hash<loa::Id> {
    std::size_t operator()(loa::Id id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
