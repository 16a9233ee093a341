// What the two engines share and the rest of the library needs of them, but nobody else sees.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loa/storage/database.h"
#include "loa/storage/error.h"

namespace loa::storage {

/// Runs `attempt` until it does not fail with an error that may pass, at most five times, with growing pauses.
void with_retries(const std::function<void()>& attempt);

std::unique_ptr<Database> open_sqlite(const std::string& path);
std::unique_ptr<Database> open_postgres(const std::string& url);

}  // namespace loa::storage
