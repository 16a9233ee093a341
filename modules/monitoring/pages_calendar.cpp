// /lich: what falls due, month by month; one day or one week of it as a list.
#include <fmt/format.h>

#include "calendar_view.h"
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

constexpr int kMostLines = 300;

/// A day that a plan can name: nothing else has a calendar.
std::optional<Date> asked_day(const std::string& text) {
    const auto day = Date::parse_iso(text);
    return day && day->year() >= 1990 && day->year() <= 2100 ? day : std::nullopt;
}

/// "thang=2026-04"; the month of today otherwise.
Date asked_month(const Request& request, Date today) {
    return asked_day(request.query.text("thang") + "-01").value_or(*Date::from(today.year(), today.month(), 1));
}

std::string month_code(Date day) { return day.iso().substr(0, 7); }

Response show(const Registry& registry, const Request& request, Work& work) {
    const auto plans = running_plans(work);
    const Scope scope = scope_of(request, work);
    const Reader reader(work, registry, plans);
    const auto day = asked_day(request.query.text("ngay"));
    const auto week = asked_day(request.query.text("tuan"));
    const Date first = day ? *Date::from(day->year(), day->month(), 1) : week ? *Date::from(week->year(), week->month(), 1) : asked_month(request, work.today());
    const std::string kept = "pham-vi=" + code_of(scope);
    const identity::Calendar calendar(work);
    View view;
    set_missing_days(work, calendar, first.year(), view);
    set_scope(work, scope, "/lich", view);
    view.set("calendar", month_view(work, calendar, first, days(work, scope, first, first.last_of_month()), "/lich?" + kept + "&"));
    view.set("previous_path", fmt::format("/lich?{}&thang={}", kept, month_code(first.plus_days(-1))));
    view.set("next_path", fmt::format("/lich?{}&thang={}", kept, month_code(first.plus_months(1))));
    view.set("today_path", "/lich?" + kept);
    const Date in_week = week ? *week : day ? *day : work.today();
    const auto week_path = [&](int weeks) { return fmt::format("/lich?{}&tuan={}", kept, in_week.plus_days(1 - in_week.weekday() + 7 * weeks).iso()); };
    if (week) view.set("weeks", View().set("previous_path", week_path(-1)).set("next_path", week_path(1)));
    else view.set("week_path", week_path(0));
    const Date from = day ? *day : week ? week->plus_days(1 - week->weekday()) : first;
    const Date to = day ? *day : week ? from.plus_days(6) : first.last_of_month();
    view.set("heading", day    ? i18n::weekday_date(work.language, *day)
                        : week ? tr(work, "monitoring.week", {{"from", from.vietnamese()}, {"to", to.vietnamese()}})
                               : tr(work, "monitoring.month_list", {{"n", std::to_string(first.month())}, {"year", std::to_string(first.year())}}));
    std::vector<View> lines;
    auto due = lines_due(work, scope, from, to, kMostLines + 1);
    const bool more = due.size() > kMostLines;
    if (more) due.pop_back();
    for (const auto& line : due) lines.push_back(line_view(work, reader, line));
    view.flag("none", lines.empty()).flag("more", more).set("lines", std::move(lines)).set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({"monitoring/calendar", tr(work, "monitoring.calendar"), std::move(view)});
}

}  // namespace

void join_calendar_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/lich",
                            .access = web::Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) { return show(registry, request, work); }});
    registry.add(web::NavigationEntry{"", 40, "monitoring.calendar", "calendar", "/lich", ""});
}

}  // namespace loa::monitoring
