// How much an authority may keep in files, and how much it keeps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/identity/permissions.h"
#include "loa/storage/work.h"

namespace loa::media {

/// Shipped: what an authority may keep where nobody has said another number.
inline constexpr std::int64_t kShippedQuota = std::int64_t{50} << 30;  // bytes

inline constexpr identity::Verb kSetQuota{"media.set_quota", {{identity::Role::Administrator, identity::Scope::Authority}}, "media.verb.set_quota"};

struct KeptFiles {
    Id authority;
    std::int64_t files = 0;  // records
    std::int64_t bytes = 0;  // of records: what is the same in two of them counts twice
    std::int64_t sent_ahead = 0;  // bytes of files that are on their way in
    std::int64_t quota = kShippedQuota;

    std::int64_t left() const { return quota > bytes + sent_ahead ? quota - bytes - sent_ahead : 0; }
};

/// Of the acting authority.
KeptFiles kept_files(Work& work);
/// Of every authority that keeps files, for who looks after the whole installation.
std::vector<KeptFiles> kept_files_by_authority(Work& work);

/// Of one kind of record: "plan.evidence".
struct KeptOfKind {
    std::string owner_kind;
    std::int64_t files = 0, bytes = 0;
};
/// Of the acting authority, the most bytes first.
std::vector<KeptOfKind> kept_files_by_kind(Work& work);

/// Verb media.set_quota. Less than what is kept takes nothing away; nothing more comes in then.
Result<> set_quota(Work& work, std::int64_t bytes);

/// Is there room for `bytes` more? Soft: two that come at the same moment may both get in. media.quota_full at `field`.
Result<> has_room(Work& work, std::int64_t bytes, std::string_view field, std::string_view file_name);

}  // namespace loa::media
