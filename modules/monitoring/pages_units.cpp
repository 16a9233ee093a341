// /theo-doi/don-vi: how punctual each unit was in a year.
#include <fmt/format.h>

#include <algorithm>

#include "line_view.h"
#include "loa/identity/sheet_download.h"
#include "loa/identity/timeline.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kPath = "/theo-doi/don-vi";

/// The ways of counting, each with its word in the address and in the catalogue.
struct Way {
    UnitsOf by;
    std::string_view code, name, total;
};
constexpr Way kWays[] = {{UnitsOf::Today, "hien-nay", "monitoring.units_today", "monitoring.all_units_today"},
                         {UnitsOf::Then, "cu", "monitoring.units_then", "monitoring.all_units_then"}};

const Way& way_of(const Request& request) { return request.query.text("theo") == kWays[1].code ? kWays[1] : kWays[0]; }

View figures_view(const Punctuality& sum) {
    View view;
    view.set("due", sum.due).set("on_time", sum.on_time).set("late", sum.late()).set("open", sum.open).set("percent", sum.percent().value_or(0));
    return view;
}

Punctuality sum_of(const std::vector<Punctuality>& units) {
    Punctuality all;
    for (const auto& unit : units) {
        all.due += unit.due;
        all.on_time += unit.on_time;
        all.open += unit.open;
    }
    return all;
}

struct Asked {
    int year;
    Date from, to;
    const Way& way;
};

Asked asked_of(const Request& request, const Work& work) {
    const Date today = work.today();
    const int year = static_cast<int>(std::clamp<std::int64_t>(request.query.number("nam").value_or(today.year()), 1990, today.year()));
    // Today is not over: who reports in the evening is on time.
    return {year, *Date::from(year, 1, 1), std::min(*Date::from(year, 12, 31), today.plus_days(-1)), way_of(request)};
}

Response show(const Request& request, Work& work) {
    const auto [year, from, to, way] = asked_of(request, work);
    View view;
    std::vector<View> rows, links, totals;
    for (const Way& each : kWays) {
        const auto units = punctuality(work, from, to, each.by);
        totals.push_back(figures_view(sum_of(units)).set("total", tr(work, each.total)));
        links.push_back(View().set("label", tr(work, each.name)).set("path", fmt::format("{}?nam={}&theo={}", kPath, year, each.code)).flag("chosen", each.by == way.by));
        if (each.by != way.by) continue;
        for (const auto& unit : units) {
            View row = figures_view(unit);
            row.set("name", unit.name).flag("any_open", unit.open > 0).flag("over", unit.over);
            // The same lines: of closed plans too, and of former units that count for this one.
            const auto list = fmt::format("/theo-doi/viec?pham-vi=tat-ca&ca-ket-thuc=1&{}={}&tu={}&den={}", each.by == UnitsOf::Then ? "don-vi-cu" : "ke-thua=1&don-vi",
                                          to_string(unit.unit), from.vietnamese(), to.vietnamese());
            row.set("path", list).set("open_path", list + "&tinh-trang=qua-han").set("on_time_path", list + "&bao-cao=dung-han");
            row.set("late_path", list + "&bao-cao=tre-han").flag("any_on_time", unit.on_time > 0).flag("any_late", unit.late() > 0);
            rows.push_back(std::move(row));
        }
    }
    view.flag("none", rows.empty()).set("rows", std::move(rows)).set("until", to.vietnamese()).set("year", std::to_string(year));
    view.set("ways", std::move(links)).set("totals", std::move(totals));
    view.set("previous_path", fmt::format("{}?nam={}&theo={}", kPath, year - 1, way.code));
    view.set("feed", identity::change_stamp(work.db, work.authority));
    view.set("download", fmt::format("{}/xuat?nam={}&theo={}", kPath, year, way.code));
    if (year < work.today().year()) view.set("next_path", fmt::format("{}?nam={}&theo={}", kPath, year + 1, way.code));
    return web::show({.name = "monitoring/units", .title = tr(work, "monitoring.punctuality"), .view = std::move(view), .stands_under = "/tong-quan"});
}

Response send(const Request& request, Work& work) {
    const auto [year, from, to, way] = asked_of(request, work);
    const auto units = punctuality(work, from, to, way.by);
    formats::SheetTable table{tr(work, "monitoring.sheet_punctuality"), {{tr(work, "monitoring.unit"), formats::CellKind::Text, 40}}, {}};
    for (const char* heading : {"monitoring.fell_due", "monitoring.on_time", "monitoring.reported_late", "monitoring.not_reported", "monitoring.percent_on_time"})
        table.columns.push_back({tr(work, heading), formats::CellKind::Number, 14});
    const auto add = [&](const std::string& name, const Punctuality& unit) {
        table.rows.push_back({name, std::to_string(unit.due), std::to_string(unit.on_time), std::to_string(unit.late()), std::to_string(unit.open), std::to_string(unit.percent().value_or(0))});
    };
    for (const auto& unit : units) add(unit.name, unit);
    add(tr(work, way.total), sum_of(units));
    return identity::send_tables({table}, fmt::format("dung-han-{}", year), identity::sheet_format(request));
}

}  // namespace

void join_unit_page(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get, .pattern = std::string(kPath), .access = web::Access::SignedIn, .handler = show});
    registry.add(web::Route{.method = web::Method::Get, .pattern = std::string(kPath) + "/xuat", .access = web::Access::SignedIn, .handler = send});
}

}  // namespace loa::monitoring
