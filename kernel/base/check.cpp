#include "loa/base/check.h"

#include <fmt/format.h>

#include "loa/base/fault.h"

namespace loa {

void broken_promise(const char* expression, const char* file, int line) {
    throw Fault(fmt::format("broken promise: {} at {}:{}", expression, file, line));
}

}  // namespace loa
