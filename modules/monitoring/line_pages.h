// A list of lines page by page, as its address asks for it.
#pragma once

#include <string>
#include <vector>

#include "line_list.h"
#include "loa/web/http.h"
#include "loa/web/view.h"

namespace loa::monitoring {

struct LinePage {
    std::vector<ListedLine> lines;
    bool any_before = false, any_after = false;
};

/// The lines behind "sau", or the last ones before "truoc"; the first ones where the address names no place.
LinePage line_page(const web::Request& request, const LineList& list, int per_page);
/// previous_path and next_path, and any_other_page; `path` is the list's own with its query.
void set_page_paths(web::View& view, const std::string& path, const LinePage& page);
/// Of one that has no day today, which is not late.
DueLine due_line(const ListedLine& line, Date today);

}  // namespace loa::monitoring
