// /qua-han: everything that is late, the longest first.
#include <algorithm>

#include "line_view.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"
#include "scope.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kMostLines = 500;
constexpr std::size_t kPerPage = 50;

Response show(const Registry& registry, const Request& request, Work& work) {
    const auto plans = running_plans(work);
    const Scope scope = scope_of(request, work);
    const Reader reader(work, registry, plans);
    View view;
    set_scope(work, scope, "/qua-han", view);
    std::vector<View> lines;
    auto late = late_lines(work, scope, kMostLines + 1);
    const bool more = late.size() > kMostLines;
    if (more) late.pop_back();
    bool may_urge_any = false;
    const auto pages = std::max<std::size_t>(1, (late.size() + kPerPage - 1) / kPerPage);
    const auto page = static_cast<std::size_t>(std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, static_cast<std::int64_t>(pages)));
    const auto count = static_cast<std::int64_t>(late.size());
    const std::string kept = "/qua-han?pham-vi=" + code_of(scope) + "&trang=";
    if (page > 1) view.set("previous_path", kept + std::to_string(page - 1));
    if (page < pages) view.set("next_path", kept + std::to_string(page + 1));
    for (std::size_t i = (page - 1) * kPerPage; i < std::min(late.size(), page * kPerPage); ++i) {
        const auto& line = late[i];
        lines.push_back(line_view(work, reader, line));
        const auto plan = std::find_if(plans.begin(), plans.end(), [&](const RunningPlan& one) { return one.id == line.plan; });
        const bool may_urge = plan != plans.end() && identity::may_in_unit(work, kUrge, plan->aggregating_unit);
        may_urge_any = may_urge_any || may_urge;
        lines.back().flag("may_urge", may_urge).set("occurrence", to_string(line.occurrence));
    }
    view.flag("may_urge_any", may_urge_any);
    if (const auto told = request.query.number("da-don-doc"); told && *told >= 0 && *told <= kMostLines * 2)
        view.set("told", *told == 0 ? tr(work, "monitoring.told_nobody") : tr(work, "monitoring.told", {{"n", std::to_string(*told)}}));
    view.flag("none", lines.empty()).flag("more", more).flag("no_plans", plans.empty());
    view.set("count", count).set("lines", std::move(lines));
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({.name = "monitoring/late", .title = tr(work, "monitoring.late_lines"), .view = std::move(view), .stands_under = "/tong-quan"});
}

}  // namespace

void join_late_page(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/qua-han",
                            .access = web::Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) { return show(registry, request, work); }});
}

}  // namespace loa::monitoring
