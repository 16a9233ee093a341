// The list of lines: filtered, page by page or all of them, by the day they fall due, what has none last.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/storage/work.h"
#include "types.h"

namespace loa::monitoring {

/// A place in the list: behind the line of that day and id.
struct LinePlace {
    Date due;  // kNoDay of a line that has none
    Id occurrence;

    static constexpr const char* kNoDay = "9999-12-31";
    static LinePlace of(const ListedLine& line);
    /// "2026-03-31.1234"; nothing of any other text.
    static std::optional<LinePlace> from(std::string_view text);
    std::string text() const;
    auto operator<=>(const LinePlace&) const = default;
};

/// Reads lines by a filter, in parts: names are read once for all of them.
class LineList {
  public:
    LineList(Work& work, LineFilter filter);

    /// The first `limit` of all plans, or of those behind a place: as quick on the last page as on the first.
    std::vector<ListedLine> page(int limit, const std::optional<LinePlace>& after) const;
    /// The last `limit` before a place.
    std::vector<ListedLine> page_before(int limit, const LinePlace& place) const;
    /// All of them, plan by plan, read in parts; nothing behind the last.
    std::optional<ListedLine> next();

  private:
    std::vector<ListedLine> read(storage::ListRequest request) const;
    std::vector<ListedLine> read_part(Id plan, const char* order, int limit, const char* side, const std::optional<LinePlace>& place) const;

    Work& work_;
    LineFilter filter_;
    std::unordered_map<Id, std::string> plans_, subjects_, units_;
    std::vector<Id> left_;  // plans that next() has still to give, the one it is in last
    std::vector<ListedLine> part_;
    std::size_t at_ = 0;
    std::optional<LinePlace> after_;
};

}  // namespace loa::monitoring
