// /tong-quan: the page a person starts from, put together of the panels of every slice.
#include "calendar_view.h"
#include "late_view.h"
#include "line_view.h"
#include "loa/i18n/format.h"
#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/web/panel.h"
#include "loa/web/route.h"
#include "matrix_view.h"
#include "pages.h"
#include "queries.h"
#include "scope.h"
#include "year_chart.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kLateShown = 6;
constexpr int kWallSeconds = 60;  // without script
constexpr int kUnitsShown = 12;

/// A part of the bar: what, how many, its colour and place, and where its lines are.
View bar_part(const Work& work, const char* key, const char* fill, std::int64_t lines, std::int64_t all, double& x, const std::string& path = "") {
    const double width = all > 0 ? 480.0 * static_cast<double>(lines) / static_cast<double>(all) : 0;
    View part;
    part.set("label", tr(work, key)).set("fill", fill).set("lines", lines).set("path", lines > 0 ? path : "");
    part.set("x", i18n::decimal(Language::English, x, 1)).set("width", i18n::decimal(Language::English, std::max(0.0, width - 2), 1)).flag("any", lines > 0);
    x += width;
    return part;
}

/// This year; of one unit where the page is about that one, else everybody's.
CoverageFilter of_year(Date today, const Scope& scope) {
    CoverageFilter filter{*Date::from(today.year(), 1, 1), *Date::from(today.year(), 12, 31), {}, {}};
    if (scope.of == Scope::Of::Units && scope.units.size() == 1) filter.unit = scope.units.front();
    return filter;
}

/// Whose work it is about; the figures of the panels are read ahead.
Scope begin(const Request& request, Work& work) {
    work.db.read_ahead("monitoring.running_plans", {work.authority});
    const bool any = !running_plans(work).empty();
    Scope scope = scope_of(request, work);
    if (any) read_overview_ahead(work, scope, of_year(work.today(), scope), kUnitsShown);
    return scope;
}

std::optional<View> year_panel(const Request& request, Work& work) {
    const auto plans = running_plans(work);
    if (plans.empty()) return std::nullopt;
    const Scope scope = scope_of(request, work);
    const Standing sum = standing(work, scope);
    if (sum.lines == 0) return std::nullopt;
    View view;
    view.set("today", i18n::weekday_date(work.language, work.today()));
    view.set("closed", sum.closed).set("lines", sum.lines).set("reported", sum.reported).set("late", sum.late).flag("any_late", sum.late > 0);
    view.set("days_left", Date::from(work.today().year(), 12, 31)->days_since(work.today())).set("year_end", Date::from(work.today().year(), 12, 31)->vietnamese());
    const std::string list = "/theo-doi/viec?pham-vi=" + code_of(scope);
    view.set("list_path", list);
    double x = 0;
    std::vector<View> parts;
    const std::int64_t running = std::max<std::int64_t>(0, sum.open() - sum.late);
    parts.push_back(bar_part(work, "monitoring.closed", "fill-ok", sum.closed, sum.lines, x, list + "&viec=da-xong"));
    parts.push_back(bar_part(work, "monitoring.reported", "fill-hoe", sum.reported, sum.lines, x, list + "&viec=cho-xac-nhan"));
    parts.push_back(bar_part(work, "monitoring.running", "fill-run", running, sum.lines, x));
    parts.push_back(bar_part(work, "monitoring.late", "fill-late", std::min(sum.late, sum.open()), sum.lines, x, list + "&tinh-trang=qua-han"));
    view.set("parts", std::move(parts));
    view.set("bar_label", tr(work, "monitoring.bar_label",
                             {{"closed", std::to_string(sum.closed)}, {"reported", std::to_string(sum.reported)}, {"running", std::to_string(running)},
                              {"late", std::to_string(sum.late)}, {"lines", std::to_string(sum.lines)}}));
    if (auto chart = year_chart(months(work, scope), work.today())) view.set("chart", *std::move(chart));
    return view;
}

std::optional<View> late_panel(const Registry& registry, const Request& request, Work& work) {
    const auto plans = running_plans(work);
    if (plans.empty()) return std::nullopt;
    const Scope scope = scope_of(request, work);
    const Reader reader(work, registry, plans);
    View view;
    auto late = late_lines(work, scope, kLateShown + 1);
    const bool more = late.size() > kLateShown;
    if (more) late.pop_back();
    const std::string chosen = "?pham-vi=" + code_of(scope);
    set_late_lines(work, reader, plans, scope, late, "/tong-quan" + chosen, view);
    set_told(request, work, view);
    view.set("late_path", "/qua-han" + chosen).set("calendar_path", "/lich" + chosen);
    const Date first = *Date::from(work.today().year(), work.today().month(), 1);
    view.set("calendar", month_view(work, identity::Calendar(work), first, days(work, scope, first, first.last_of_month()), "/lich" + chosen + "&"));
    return view;
}

std::optional<View> matrix_panel(const Request& request, Work& work) {
    if (running_plans(work).empty()) return std::nullopt;
    const auto filter = of_year(work.today(), scope_of(request, work));
    const auto year = std::to_string(work.today().year());
    const std::string query = "&tu=01/" + year + "&den=12/" + year + (filter.unit ? "&don-vi=" + to_string(*filter.unit) : "");
    View view = matrix_view(work, coverage(work, filter), query);
    view.set("matrix_path", "/do-phu?" + query.substr(1)).set("of_unit", "");
    if (filter.unit)
        if (const auto unit = identity::unit_by_id(work, *filter.unit)) view.set("of_unit", unit->name);
    return view;
}

std::optional<View> units_panel(const Request& request, Work& work) {
    // Whoever is furthest behind stands first: the page is there to see that.
    if (scope_of(request, work).of != Scope::Of::Everybody) return std::nullopt;
    std::vector<View> units;
    for (const auto& [unit, name, standing] : units_behind(work, kUnitsShown)) {
        View row;
        row.set("name", name).set("closed", standing.closed).set("lines", standing.lines).set("late", standing.late).flag("any_late", standing.late > 0);
        row.set("coverage_path", "/do-phu?don-vi=" + to_string(unit)).set("list_path", "/theo-doi/viec?pham-vi=tat-ca&don-vi=" + to_string(unit)).flag("whole", standing.closed == standing.lines);
        row.set("label", tr(work, "monitoring.unit_done", {{"unit", name}, {"closed", std::to_string(standing.closed)}, {"lines", std::to_string(standing.lines)}}));
        units.push_back(std::move(row));
    }
    if (units.empty()) return std::nullopt;
    View view;
    view.set("units", std::move(units));
    return view;
}

Response show(const Registry& registry, const Request& request, Work& work) {
    View view;
    const Scope scope = begin(request, work);
    set_scope(work, scope, "/tong-quan", view);
    view.set("today", i18n::weekday_date(work.language, work.today())).set("wall_path", "/tong-quan/man-hinh-lon?pham-vi=" + code_of(scope));
    web::set_panels(registry, "overview", request, work, view);
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({"monitoring/overview", tr(work, "monitoring.overview"), std::move(view)});
}

/// The dashboard for a screen that many look at and nobody touches.
Response show_wall(const Registry& registry, const Request& request, Work& work) {
    const Scope scope = begin(request, work);
    View view;
    const auto authority = identity::authority_by_id(work, work.authority);
    view.set("heading", tr(work, "monitoring.wall_heading", {{"authority", authority ? authority->short_name : ""}}));
    view.set("as_of", tr(work, "monitoring.as_of", {{"time", work.now.vietnamese()}}));
    view.set("back_path", "/tong-quan?pham-vi=" + code_of(scope));
    const auto put = [&](const char* name, std::optional<View> panel) {
        if (panel) view.set(name, *std::move(panel));
        return panel.has_value();
    };
    const bool any = put("year", year_panel(request, work));
    auto late = late_panel(registry, request, work);
    if (late) late->flag("may_urge_any", false);
    put("late", std::move(late));
    put("matrix", matrix_panel(request, work));
    put("units", units_panel(request, work));
    view.flag("nothing", !any);
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({.name = "monitoring/wall", .title = tr(work, "monitoring.wall"), .view = std::move(view), .again_after_seconds = kWallSeconds});
}

}  // namespace

void join_overview(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/tong-quan",
                            .access = web::Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) { return show(registry, request, work); }});
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/tong-quan/man-hinh-lon",
                            .access = web::Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) { return show_wall(registry, request, work); }});
    registry.add(web::NavigationEntry{"", 10, "monitoring.overview", "home", "/tong-quan", ""});
    registry.add(web::Panel{"overview", "monitoring_year", year_panel});
    registry.add(web::Panel{"overview", "monitoring_late", [&registry](const Request& request, Work& work) { return late_panel(registry, request, work); }});
    registry.add(web::Panel{"overview", "monitoring_matrix", matrix_panel});
    registry.add(web::Panel{"overview", "monitoring_units", units_panel});
}

}  // namespace loa::monitoring
