// The list of lines: filtered, page by page or all of them.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "loa/storage/work.h"
#include "types.h"

namespace loa::monitoring {

/// Reads the lines of the plans in force by a filter, in parts: names are read once for all of them.
class LineList {
  public:
    LineList(Work& work, LineFilter filter);

    /// By the day they fall due, what has none last; at most `limit` after the first `offset`.
    std::vector<ListedLine> page(int limit, int offset) const;
    /// All of them, plan by plan in the order they were made, read in parts; nothing behind the last.
    std::optional<ListedLine> next();

  private:
    std::vector<ListedLine> read(storage::ListRequest request) const;

    Work& work_;
    LineFilter filter_;
    std::unordered_map<Id, std::string> plans_, subjects_, units_;
    std::vector<Id> left_;  // plans that next() has still to give, the one it is in last
    std::vector<ListedLine> part_;
    std::size_t at_ = 0;
    std::optional<Id> after_;
};

}  // namespace loa::monitoring
