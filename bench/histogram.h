// How often each duration was seen, as an HDR histogram counts: every bucket is at most 1/128 of its value
// wide, so a microsecond and a minute are told with the same precision and recording costs nothing that is
// measured.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loa::bench {

class Histogram {
  public:
    void record(std::int64_t nanoseconds) {
        const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0));
        ++buckets_[bucket_of(value)];
        ++count_;
        most_ = std::max(most_, value);
    }

    std::int64_t count() const { return count_; }
    double most_milliseconds() const { return static_cast<double>(most_) / 1e6; }

    /// The duration that `share` (0 … 1) of all stayed within; 0 when there are none.
    double milliseconds(double share) const {
        const auto wanted = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(count_)));
        std::int64_t seen = 0;
        for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
            seen += buckets_[bucket];
            if (seen >= wanted && seen > 0)
                return static_cast<double>(std::min(upper_end(bucket), most_)) / 1e6;
        }
        return 0;
    }

  private:
    static constexpr int kBits = 7;  // 128 buckets for each doubling
    static constexpr std::size_t kWide = std::size_t{1} << kBits;

    /// Values up to 255 have a bucket each; above, each keeps its eight leading bits.
    static std::size_t bucket_of(std::uint64_t value) {
        const int shift = std::max(static_cast<int>(std::bit_width(value)) - kBits - 1, 0);
        return static_cast<std::size_t>(shift) * kWide + static_cast<std::size_t>(value >> shift);
    }
    static std::uint64_t upper_end(std::size_t bucket) {
        if (bucket < 2 * kWide) return bucket;
        const std::size_t shift = bucket / kWide - 1;
        return ((bucket - shift * kWide + 1) << shift) - 1;
    }

    std::vector<std::int64_t> buckets_ = std::vector<std::int64_t>((64 - kBits + 1) * kWide);
    std::int64_t count_ = 0;
    std::uint64_t most_ = 0;
};

}  // namespace loa::bench
