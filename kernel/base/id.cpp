#include "loa/base/id.h"

#include <charconv>

#include "loa/base/check.h"

namespace loa {

namespace {
constexpr std::int64_t kEpoch = 1704067200000;  // 2024-01-01T00:00:00Z
constexpr int kNodeBits = 10;
constexpr int kCounterBits = 12;
}  // namespace

std::string to_string(Id id) { return std::to_string(id.value); }

std::optional<Id> parse_id(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    Id id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error != std::errc{} || end != text.data() + text.size() || !id) return std::nullopt;
    return id;
}

IdSource::IdSource(int node, Clock& clock) : node_(node), clock_(clock) {
    LOA_CHECK(node >= 0 && node < (1 << kNodeBits));
}

Id IdSource::next() {
    const std::lock_guard lock(mutex_);
    // Milliseconds and counter are one number: a full counter runs over into the next millisecond.
    const std::int64_t at_least = (clock_.now().milliseconds - kEpoch) << kCounterBits;
    last_ = last_ < at_least ? at_least : last_ + 1;
    const std::int64_t milliseconds = last_ >> kCounterBits;
    const std::int64_t counter = last_ & ((1 << kCounterBits) - 1);
    return {(milliseconds << (kNodeBits + kCounterBits)) | (node_ << kCounterBits) | counter};
}

}  // namespace loa
