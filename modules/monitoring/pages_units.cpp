// /theo-doi/don-vi: how punctual each unit was in a year.
#include <fmt/format.h>

#include <algorithm>

#include "line_view.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kPath = "/theo-doi/don-vi";

Response show(const Request& request, Work& work) {
    const Date today = work.today();
    const int year = static_cast<int>(std::clamp<std::int64_t>(request.query.number("nam").value_or(today.year()), 1990, today.year()));
    const Date from = *Date::from(year, 1, 1);
    // Today is not over: who reports in the evening is on time.
    const Date to = std::min(*Date::from(year, 12, 31), today.plus_days(-1));
    View view;
    std::vector<View> rows;
    Punctuality all;
    for (const auto& unit : punctuality(work, from, to)) {
        all.due += unit.due;
        all.on_time += unit.on_time;
        all.open += unit.open;
        View row;
        row.set("name", unit.name).set("due", unit.due).set("on_time", unit.on_time).set("late", unit.late()).set("open", unit.open);
        row.set("percent", unit.percent().value_or(0)).flag("any_open", unit.open > 0);
        const auto list = fmt::format("/theo-doi/viec?pham-vi=tat-ca&don-vi={}&tu={}&den={}", to_string(unit.unit), from.vietnamese(), to.vietnamese());
        row.set("path", list).set("open_path", list + "&tinh-trang=qua-han");
        rows.push_back(std::move(row));
    }
    view.flag("none", rows.empty()).set("rows", std::move(rows)).set("until", to.vietnamese()).set("year", std::to_string(year));
    view.set("due", all.due).set("on_time", all.on_time).set("late", all.late()).set("open", all.open).set("percent", all.percent().value_or(0));
    view.set("previous_path", fmt::format("{}?nam={}", kPath, year - 1));
    if (year < today.year()) view.set("next_path", fmt::format("{}?nam={}", kPath, year + 1));
    return web::show({.name = "monitoring/units", .title = tr(work, "monitoring.punctuality"), .view = std::move(view), .stands_under = "/tong-quan"});
}

}  // namespace

void join_unit_page(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get, .pattern = std::string(kPath), .access = web::Access::SignedIn, .handler = show});
}

}  // namespace loa::monitoring
