#include "line_pages.h"

#include <fmt/format.h>

namespace loa::monitoring {

LinePage line_page(const web::Request& request, const LineList& list, int per_page) {
    const auto most = static_cast<std::size_t>(per_page);
    const auto after = LinePlace::from(request.query.text("sau")), before = LinePlace::from(request.query.text("truoc"));
    if (before) {
        LinePage page{list.page_before(per_page + 1, *before), true, true};
        page.any_before = page.lines.size() > most;
        if (page.any_before) page.lines.erase(page.lines.begin());
        if (!page.lines.empty()) return page;  // else fewer than a page are left there: the first page
    }
    LinePage page{list.page(per_page + 1, before ? std::nullopt : after), !before && after, false};
    page.any_after = page.lines.size() > most;
    if (page.any_after) page.lines.pop_back();
    if (page.lines.empty()) page.any_before = false;  // they were taken away meanwhile
    return page;
}

void set_page_paths(web::View& view, const std::string& path, const LinePage& page) {
    const auto to = [&](const char* side, const ListedLine& line) { return fmt::format("{}&{}={}", path, side, LinePlace::of(line).text()); };
    if (page.any_before) view.set("previous_path", to("truoc", page.lines.front()));
    if (page.any_after) view.set("next_path", to("sau", page.lines.back()));
    view.flag("any_other_page", page.any_before || page.any_after);
}

DueLine due_line(const ListedLine& line, Date today) {
    DueLine due;
    due.plan = line.plan;
    due.assignment = line.assignment;
    due.occurrence = line.occurrence;
    due.unit = line.unit;
    due.unit_name = line.unit_name;
    due.title = line.title;
    due.due_on = line.due_on.value_or(today);
    due.state = line.state;
    due.given_back = line.given_back;
    return due;
}

}  // namespace loa::monitoring
