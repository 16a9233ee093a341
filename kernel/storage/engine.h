// What the two engines share and the rest of the library needs of them, but nobody else sees.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "loa/storage/database.h"

namespace loa::storage {

/// Runs `attempt` until it does not fail with an error that may pass, at most five times, with growing pauses.
void with_retries(const std::function<void()>& attempt);

/// Stands around a step; throws Fault when this thread is inside one already.
class NotNested {
  public:
    NotNested();
    ~NotNested();
    NotNested(const NotNested&) = delete;
    NotNested& operator=(const NotNested&) = delete;
};

/// What was read ahead for nothing costs time and no more, so nobody but the tests (testing.cpp) complains of it.
extern std::atomic<bool> unasked_reads_are_faults;

std::unique_ptr<Database> open_sqlite(const std::string& path);
std::unique_ptr<Database> open_postgres(const std::string& url);

}  // namespace loa::storage
