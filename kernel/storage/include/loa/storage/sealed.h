// What stands in the database sealed with the installation's keys, by owner: with other keys it cannot be opened any more,
// and nothing else shows it before somebody needs it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "loa/base/secrets.h"
#include "loa/storage/work.h"

namespace loa::storage {

/// registry.add(SealedValues{"identity.second_factors", …}); `loa doctor` asks each.
struct SealedValues {
    std::string what;  // translation key
    /// How many of them these keys do not open.
    std::function<std::int64_t(const Work&, const Keys&)> unreadable;
};

}  // namespace loa::storage
