// Which tasks of which unit a person looks at, and how: what stands in the address of the board and of the list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "queries.h"

namespace loa::tasks {

struct BoardQuery {
    std::vector<BoardUnit> units;    // those she may look at
    std::optional<BoardUnit> unit;   // the one she looks at; none: there is none
    TaskFilter filter;
    enum class Look { Board, List } look = Look::Board;
    std::string people;  // "toi", "tat-ca", "chua-giao", or a person's id
    std::int64_t page = 1;

    /// "don-vi=1&nguoi=toi&xem=bang": leads back to the same, without the page.
    std::string text() const { return text(look); }
    std::string text(Look other) const;
    /// Narrowed by more than the person.
    bool narrowed() const { return filter.assignment || filter.state || filter.late_on; }
};

inline constexpr std::string_view kBoardPath = "/cong-viec";

/// Without a word about people an officer sees her own tasks, a head everybody's.
BoardQuery board_query(Work& work, const web::Request& request);

}  // namespace loa::tasks
