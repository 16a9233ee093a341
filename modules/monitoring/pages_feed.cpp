// /lich/dang-ky: calendars for phones and office programs; /lich/tai/…: what those programs fetch.
#include "calendar_feed.h"
#include "line_view.h"
#include "loa/identity/authorities.h"
#include "loa/identity/units.h"
#include "loa/jobs/mail.h"
#include "loa/web/route.h"
#include "pages.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kPath = "/lich/dang-ky";

View feed_view(const Work& work, const std::vector<CalendarFeed>& feeds, std::optional<Id> unit, const std::string& name, const std::string& site) {
    View view;
    view.set("name", name).set("unit", unit ? to_string(*unit) : "");
    for (const auto& feed : feeds)
        if (feed.unit == unit && !feed.secret.empty())
            view.set("address", site + path_of(work, feed)).set("created_on", feed.created_at.date().vietnamese());
    return view;
}

Response show(const Keys& keys, Work& work) {
    const auto feeds = calendar_feeds(work, keys);
    const auto site = jobs::site_address(work.db);
    std::vector<View> views{feed_view(work, feeds, std::nullopt, tr(work, "monitoring.feed_mine"), site)};
    for (const auto& unit : identity::units_by_ids(work, feed_units(work, work.actor.person))) views.push_back(feed_view(work, feeds, unit.id, unit.name, site));
    View view;
    view.flag("no_site", site.empty()).set("feeds", std::move(views));
    return web::show({.name = "monitoring/feeds", .title = tr(work, "monitoring.feeds"), .view = std::move(view), .stands_under = "/lich"});
}

Response answer(const Result<>& done) { return done ? web::redirect(std::string(kPath)) : web::failed(done.failure()); }

/// By anybody who has the address; programs that fetch it have no session.
Response send(const Keys& keys, const Request& request, Work& visitor) {
    Work work = visitor;
    work.authority = request.id("authority");
    auto secret = request.parameters.text("token");
    constexpr std::string_view kEnding = ".ics";
    if (secret.ends_with(kEnding)) secret.resize(secret.size() - kEnding.size());
    const auto feed = feed_at(work, keys, request.id("item"), secret);
    if (!feed) return web::not_found();
    std::string name = tr(work, "monitoring.feed_mine");
    if (feed->unit)
        if (const auto unit = identity::unit_by_id(work, *feed->unit)) name = unit->name;
    Response response = web::bytes(calendar_text(work, name, jobs::site_address(work.db), lines_of_feed(work, *feed)), "text/calendar; charset=utf-8");
    response.headers.emplace_back("Content-Disposition", "inline; filename=\"viec-den-han.ics\"");
    response.headers.emplace_back("Cache-Control", "private, max-age=900");
    return response;
}

}  // namespace

void join_feed_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const auto keys = keys_in(registry);
    const auto add = [&](Method method, std::string pattern, Access access, decltype(web::Route::handler) handler) {
        registry.add(web::Route{.method = method, .pattern = std::move(pattern), .access = access, .handler = std::move(handler)});
    };
    add(Method::Get, std::string(kPath), Access::SignedIn, [keys](const Request&, Work& work) { return show(*keys, work); });
    add(Method::Post, std::string(kPath), Access::SignedIn,
        [keys](const Request& request, Work& work) { return answer(renew_feed(work, *keys, request.form.id("unit"))); });
    add(Method::Post, std::string(kPath) + "/ngung", Access::SignedIn,
        [](const Request& request, Work& work) { return answer(end_feed(work, request.form.id("unit"))); });
    add(Method::Get, "/lich/tai/{authority}/{item}/{token:text}", Access::Public,
        [keys](const Request& request, Work& work) { return send(*keys, request, work); });
}

}  // namespace loa::monitoring
