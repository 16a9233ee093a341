// /don-doc: reminding by hand, from wherever a late line stands; and when it happens by itself.
#include <charconv>

#include "actions.h"
#include "calendar_view.h"
#include "late_view.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/web/route.h"
#include "pages.h"
#include "scope.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

Response urge_one(const Request& request, Work& work) {
    const auto told = remind(work, request.id());
    return told ? web::redirect(back_path(request, *told, 0)) : web::failed(told.failure());
}

Response urge_all(const Request& request, Work& work) {
    const auto urged = remind_all_late(work, scope_named(request.form.text("pham-vi"), work));
    return urged ? web::redirect(back_path(request, urged->lines, urged->left)) : web::failed(urged.failure());
}

/// "-3", "0", "+2".
std::optional<int> typed_day(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    int day = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), day);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(day) : std::nullopt;
}

/// The days between semicolons; what is none becomes a problem.
std::vector<int> typed_days(const std::string& typed, const char* field, std::vector<Problem>& problems) {
    const std::string with_semicolons = replaced(typed, ",", ";");
    std::vector<int> days;
    for (const auto part : split(with_semicolons, ';')) {
        const std::string text = squeezed(part);
        if (text.empty()) continue;
        if (const auto day = typed_day(text)) days.push_back(*day);
        else problems.push_back({field, "monitoring.ladder_unreadable", {{"text", text}}});
    }
    return days;
}

std::optional<int> one_day(const std::string& typed, const char* field, std::vector<Problem>& problems) {
    const auto days = typed_days(typed, field, problems);
    if (days.size() > 1) problems.push_back({field, "monitoring.ladder_one_day", {}});
    return days.empty() ? std::nullopt : std::optional(days.front());
}

constexpr const char* kFields[] = {"notices", "letter", "leaders"};
constexpr std::string_view kWorking = "working", kCalendar = "calendar";

/// What stands in the three fields: as it is kept, or as it was typed.
Response ladder_page(Work& work, const web::Fields* typed, const std::vector<Problem>& problems) {
    const Ladder kept = ladder(work);
    std::vector<std::string> notices;
    for (const int day : kept.notices) notices.push_back(std::to_string(day));
    const std::string stored[] = {joined(notices, "; "), kept.letter ? std::to_string(*kept.letter) : "", kept.leaders ? std::to_string(*kept.leaders) : ""};
    View view;
    for (std::size_t i = 0; i < std::size(kFields); ++i)
        view.set(kFields[i], typed ? typed->text(kFields[i]) : stored[i]).set(std::string("error_") + kFields[i], "");
    view.set("error_counted", "");
    const bool working = typed ? typed->text("counted") == kWorking : kept.counted == DaysCounted::Working;
    view.flag("working", working);
    set_missing_days(work, identity::Calendar(work), work.today().year(), view);
    std::vector<View> list;
    for (const auto& problem : problems) {
        const auto text = tr(work, problem.key, problem.args);
        list.push_back(View().set("text", text).set("link", "#" + problem.field));
        view.set("error_" + problem.field, text);
    }
    view.flag("has_problems", !list.empty()).set("problems", std::move(list));
    return web::show({"monitoring/ladder", tr(work, "monitoring.ladder"), std::move(view)}, problems.empty() ? 200 : 422);
}

Response show_ladder(const Request&, Work& work) { return ladder_page(work, nullptr, {}); }

Response save_ladder(const Request& request, Work& work) {
    std::vector<Problem> problems;
    Ladder wanted;
    wanted.notices = typed_days(request.form.text("notices"), "notices", problems);
    wanted.letter = one_day(request.form.text("letter"), "letter", problems);
    wanted.leaders = one_day(request.form.text("leaders"), "leaders", problems);
    const auto counted = request.form.text("counted");
    wanted.counted = counted == kWorking ? DaysCounted::Working : DaysCounted::Calendar;
    if (counted != kWorking && counted != kCalendar) problems.push_back({"counted", "monitoring.ladder_counted_missing", {}});
    if (!problems.empty()) return ladder_page(work, &request.form, problems);
    const auto done = set_ladder(work, wanted);
    if (done) return web::redirect("/quan-tri/don-doc");
    if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
    return ladder_page(work, &request.form, done.failure().problems);
}

}  // namespace

void join_urging_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{Method::Post, "/don-doc/{id}", Access::Granted, std::string(kUrge.name), urge_one});
    registry.add(web::Route{Method::Post, "/don-doc", Access::Granted, std::string(kUrge.name), urge_all});
    registry.add(web::Route{Method::Get, "/quan-tri/don-doc", Access::Granted, std::string(kSetLadder.name), show_ladder});
    registry.add(web::Route{Method::Post, "/quan-tri/don-doc", Access::Granted, std::string(kSetLadder.name), save_ladder});
    registry.add(web::NavigationEntry{"identity.section", 870, "monitoring.ladder", "bell", "/quan-tri/don-doc", std::string(kSetLadder.name)});
}

}  // namespace loa::monitoring
