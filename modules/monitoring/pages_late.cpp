// /qua-han: everything that is late, the longest first.
#include "late_view.h"
#include "line_pages.h"
#include "line_view.h"
#include "loa/i18n/format.h"
#include "loa/identity/timeline.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"
#include "scope.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 50;
constexpr std::string_view kPath = "/qua-han";

/// How many lines are late, as the overview counts them, and how often they have missed a day: a row for each.
void set_counts(Work& work, const Scope& scope, View& view) {
    const auto lines = standing(work, scope).late, times = late_times(work, scope);
    view.set("count", tr(work, "monitoring.late_counted", {{"lines", i18n::number(work.language, lines)}, {"times", i18n::number(work.language, times)}}));
}

/// This page again, at the place where it stands.
std::string own_path(const Request& request, const std::string& path) {
    for (const char* side : {"sau", "truoc"})
        if (const auto place = LinePlace::from(request.query.text(side))) return path + "&" + side + "=" + place->text();
    return path;
}

Response show(const Registry& registry, const Request& request, Work& work) {
    const auto plans = running_plans(work);
    const Scope scope = scope_of(request, work);
    View view;
    set_scope(work, scope, kPath, view);
    LineFilter filter;
    filter.scope = scope;
    filter.state = LineState::Late;
    const auto page = line_page(request, LineList(work, filter), kPerPage);
    std::vector<DueLine> late;
    for (const auto& line : page.lines) late.push_back(due_line(line, work.today()));
    const std::string path = std::string(kPath) + "?pham-vi=" + code_of(scope);
    set_late_lines(work, Reader(work, registry, plans), plans, scope, late, own_path(request, path), view);
    set_page_paths(view, path, page);
    set_counts(work, scope, view);
    set_told(request, work, view);
    view.flag("no_plans", plans.empty());
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({.name = "monitoring/late", .title = tr(work, "monitoring.late_lines"), .view = std::move(view), .stands_under = "/tong-quan"});
}

}  // namespace

void join_late_page(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = std::string(kPath),
                            .access = web::Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) { return show(registry, request, work); }});
}

}  // namespace loa::monitoring
