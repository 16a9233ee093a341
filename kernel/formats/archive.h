// Reads a zip that may have been made to hurt. Everything stays in memory: no entry is ever written under
// its own name. Format: PKWARE APPNOTE 6.3; the parts of office documents: ECMA-376 part 2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"

namespace loa::formats {

/// What an archive may cost. A text part of a plan is under 1 MiB; 64 MiB is far above any real document.
struct ArchiveLimits {
    std::size_t entries = 4096;
    std::size_t entry_bytes = 64U << 20;   // one entry, inflated
    std::size_t total_bytes = 128U << 20;  // all entries read through one Archive
    std::size_t ratio = 300;               // inflated ÷ packed, looked at above `ratio_from` bytes
    std::size_t ratio_from = 4U << 20;
};

class Archive {
  public:
    /// `bytes` must outlive the archive. Fails with formats.damaged, formats.too_large (entries) or
    /// formats.unsafe_archive (an entry whose name climbs out of its folder).
    static Result<Archive> open(std::string_view bytes, const ArchiveLimits& limits = {});

    Archive(Archive&&) noexcept;
    Archive& operator=(Archive&&) noexcept;
    ~Archive();

    bool contains(const std::string& name) const;
    std::vector<std::string> names() const;
    /// The inflated entry. Fails with formats.damaged (absent, cut off, wrong checksum), formats.encrypted
    /// or formats.too_large; sizes that the archive states are checked, not believed.
    Result<std::string> read(const std::string& name);

  private:
    struct State;
    explicit Archive(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace loa::formats
