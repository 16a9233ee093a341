// /lich/bieu-do: a plan's year as bars.
#include <fmt/format.h>

#include <algorithm>

#include "filter_view.h"
#include "gantt_view.h"
#include "line_view.h"
#include "loa/identity/timeline.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kPath = "/lich/bieu-do";

Response show(const Request& request, Work& work) {
    const auto plans = running_plans(work);
    const auto asked = request.query.id("ke-hoach");
    const auto unit = request.query.id("don-vi");
    const auto found = std::find_if(plans.begin(), plans.end(), [&](const RunningPlan& plan) { return plan.id == asked; });
    const RunningPlan* plan = found != plans.end() ? &*found : plans.empty() ? nullptr : &plans.front();
    const int year = static_cast<int>(std::clamp<std::int64_t>(request.query.number("nam").value_or(work.today().year()), 1990, 2100));
    View view;
    view.flag("no_plans", plan == nullptr).set("year", std::to_string(year));
    if (plan) {
        view.set("gantt", gantt_view(work, *plan, times_by_subject(work, plan->id, unit), year)).set("plan_title", plan->title);
        const auto path = [&](int other) {
            return fmt::format("{}?ke-hoach={}{}&nam={}", kPath, to_string(plan->id), unit ? "&don-vi=" + to_string(*unit) : "", other);
        };
        view.set("previous_path", path(year - 1)).set("next_path", path(year + 1));
    }
    view.set("feed", identity::change_stamp(work.db, work.authority));
    set_choices(work, view, plans, plan ? std::optional(plan->id) : std::nullopt, unit);
    return web::show({.name = "monitoring/gantt", .title = tr(work, "monitoring.gantt"), .view = std::move(view), .stands_under = "/lich"});
}

}  // namespace

void join_gantt_page(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get, .pattern = std::string(kPath), .access = web::Access::SignedIn, .handler = show});
}

}  // namespace loa::monitoring
