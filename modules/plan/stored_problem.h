// A problem that a job found, kept until the person who waits for it reads it.
#pragma once

#include <string>

#include "loa/base/result.h"

namespace loa::plan {

/// As JSON, {key, args}.
std::string stored(const Problem& problem);
/// `field` is where the page shows it.
Problem problem_from(const std::string& text, std::string field);

}  // namespace loa::plan
