// The part of a line's page that says which steps of urging were taken for it.
#include <cstdlib>

#include "letters.h"
#include "line_view.h"
#include "loa/web/panel.h"
#include "pages.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::View;

constexpr int kMostSteps = 50;

/// "trước hạn 3 ngày", by the days that were between; a server that was off takes a step later than the ladder says.
std::string when_text(const Work& work, Date day, Date due) {
    const auto days = day.days_since(due);
    const char* key = days < 0 ? "monitoring.when_before" : days == 0 ? "monitoring.when_on" : "monitoring.when_after";
    return tr(work, key, {{"n", std::to_string(std::abs(days))}});
}

std::string step_text(const Work& work, const storage::Row& row) {
    const auto step = row.text("step");
    const Date day = row.instant("at").date(), due = row.date("due_on");
    const char* key = row.optional_id("person_id") ? "monitoring.step_by_hand"
                      : step == "letter"           ? "monitoring.step_letter"
                      : step == "leaders"          ? "monitoring.step_leaders"
                                                   : "monitoring.step_reminded";
    return tr(work, key, {{"name", row.optional_text("person_name").value_or("")}, {"day", day.vietnamese()}, {"when", when_text(work, day, due)}, {"due", due.vietnamese()}});
}

std::optional<View> steps_panel(const Registry& registry, const Request& request, Work& work) {
    const Id line = request.id("item");
    std::vector<View> steps, letters;
    for (const auto& row : work.db.query("monitoring.steps_of_line", {work.authority, line, kMostSteps})) steps.push_back(View().set("text", step_text(work, row)));
    if (steps.empty()) return std::nullopt;
    const Reader reader(work, registry, running_plans(work));
    for (const auto& row : work.db.query("monitoring.letters_of_line", {work.authority, line})) {
        const Id letter = row.id("id");
        if (!may_read(work, reader, letter)) continue;
        letters.push_back(View().set("path", letter_path(letter)).set("text", tr(work, "monitoring.letter_of_day", {{"number", row.text("number")}, {"day", row.date("issued_on").vietnamese()}})));
    }
    return View().set("steps", std::move(steps)).set("letters", std::move(letters));
}

}  // namespace

void join_line_panel(Registry& registry) {
    registry.add(web::Panel{"assignment", "monitoring_steps", [&registry](const Request& request, Work& work) { return steps_panel(registry, request, work); }});
}

}  // namespace loa::monitoring
