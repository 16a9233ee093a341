// The words of read items, without where they stand.
#pragma once

#include <string>
#include <vector>

#include "loa/plan/reading.h"

namespace loa::plan::testing {

inline std::vector<std::string> texts(const std::vector<ParsedItem>& items) {
    std::vector<std::string> words;
    for (const auto& item : items) words.push_back(item.text);
    return words;
}

}  // namespace loa::plan::testing
