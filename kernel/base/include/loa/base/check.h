// A promise that our own code made. Never for input: what a person can send is a Result.
#pragma once

namespace loa {
/// Throws Fault with the place, so that one request fails and is reported, not the process.
[[noreturn]] void broken_promise(const char* expression, const char* file, int line);
}  // namespace loa

#define LOA_CHECK(expression) \
    ((expression) ? static_cast<void>(0) : ::loa::broken_promise(#expression, __FILE__, __LINE__))
