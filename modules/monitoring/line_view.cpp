#include "line_view.h"

#include <fmt/format.h>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"

namespace loa::monitoring {

using web::View;

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args) {
    return i18n::translate(work.language, key, args);
}

std::string path_of(const DueLine& line) { return fmt::format("/ke-hoach/{}/viec/{}", to_string(line.plan), to_string(line.assignment)); }

View line_view(const Work& work, const Reader& reader, const DueLine& line) {
    View view;
    view.set("title", shortened(line.title, 110)).set("unit", line.unit_name).set("due_on", line.due_on.vietnamese());
    view.set("path", reader.opens(line.plan, line.unit) ? path_of(line) : "");
    const bool late = line.state == "open" && line.due_on < work.today();
    view.flag("late", late);
    if (late) view.set("days", tr(work, "monitoring.days", {{"n", std::to_string(work.today().days_since(line.due_on))}}));
    view.set("state", late ? i18n::until_due(work.language, line.due_on, work.today()) : tr(work, "monitoring.state_" + std::string(line.state)));
    view.set("tag", late ? "tag--late" : line.state == "open" ? "tag--run" : line.state == "reported" ? "tag--warn" : "tag--ok");
    return view;
}

}  // namespace loa::monitoring
