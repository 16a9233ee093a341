// Counted amounts of work: "ít nhất 04 tin, bài mỗi tháng" (contract 13).
#pragma once

#include <vector>

#include "loa/plan/reading.h"
#include "reading/agencies.h"
#include "reading/words.h"

namespace loa::plan {

struct FoundTarget {
    Target target;
    Span words;  // its rate ("mỗi tháng") included: that is no deadline
};

/// The targets of words [first, last), in order. Dates, durations, money, ages, the numbers of documents and
/// of what has a number for its name ("mức 2", "Phường 5") are none; nor is what a slogan in quotes counts.
std::vector<FoundTarget> read_targets(const Text& text, std::size_t first, std::size_t last);

}  // namespace loa::plan
