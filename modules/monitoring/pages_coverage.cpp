// /do-phu: which content was told in which form, planned and done; /do-phu/o: the pieces behind one number.
#include <fmt/format.h>

#include <algorithm>

#include "filter_view.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/web/route.h"
#include "matrix_view.h"
#include "pages.h"
#include "queries.h"
#include "scope.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 100;

/// "04/2026".
std::optional<Date> month_from(const std::string& typed) {
    const auto month = Date::parse_vietnamese("1/" + typed);
    return month && month->year() >= 1990 && month->year() <= 2100 ? month : std::nullopt;
}
std::string typed_month(Date day) { return fmt::format("{:02}/{}", day.month(), day.year()); }

struct Asked {
    CoverageFilter filter;
    std::string query;  // what leads back to it, beginning with "&"
};

/// The year of today, of everybody, where the address says nothing else.
Asked asked_of(const Request& request, Work& work) {
    const int year = work.today().year();
    Asked asked;
    asked.filter.from = month_from(request.query.text("tu")).value_or(*Date::from(year, 1, 1));
    asked.filter.to = month_from(request.query.text("den")).value_or(*Date::from(year, 12, 1)).last_of_month();
    if (asked.filter.to < asked.filter.from) asked.filter.to = asked.filter.from.last_of_month();
    asked.filter.plan = request.query.id("ke-hoach");
    asked.filter.unit = request.query.id("don-vi");
    asked.query = fmt::format("&tu={}&den={}", typed_month(asked.filter.from), typed_month(asked.filter.to));
    if (asked.filter.plan) asked.query += "&ke-hoach=" + to_string(*asked.filter.plan);
    if (asked.filter.unit) asked.query += "&don-vi=" + to_string(*asked.filter.unit);
    return asked;
}

void set_filters(Work& work, View& view, const Asked& asked) {
    set_choices(work, view, running_plans(work), asked.filter.plan, asked.filter.unit);
    set_saved_views(work, view, "/do-phu?" + asked.query.substr(1));
    view.set("from_month", typed_month(asked.filter.from)).set("to_month", typed_month(asked.filter.to));
    view.set("period", tr(work, "monitoring.period", {{"from", typed_month(asked.filter.from)}, {"to", typed_month(asked.filter.to)}}));
}

Response show(const Request& request, Work& work) {
    const Asked asked = asked_of(request, work);
    View view = matrix_view(work, coverage(work, asked.filter), asked.query);
    set_filters(work, view, asked);
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({"monitoring/coverage", tr(work, "monitoring.coverage"), std::move(view)});
}

std::string name_in(const std::vector<Entry>& entries, Id id, const std::string& otherwise) {
    for (const auto& entry : entries)
        if (entry.id == id) return entry.name;
    return otherwise;
}

/// The plans in force for which this person may draft work to fill the cell.
std::vector<View> plans_to_supplement(Work& work, const Registry& registry, const Asked& asked, Id topic, Id channel) {
    const auto& verb = identity::verb_by_name(registry, "plan.supplement");
    std::vector<View> views;
    for (const auto& plan : running_plans(work)) {
        if (asked.filter.plan && *asked.filter.plan != plan.id) continue;
        if (!identity::may_in_unit(work, verb, plan.drafting_unit) && !identity::may_in_unit(work, verb, plan.aggregating_unit)) continue;
        auto path = fmt::format("/ke-hoach/{}/nhiem-vu-bo-sung?noi-dung={}&hinh-thuc={}", to_string(plan.id), to_string(topic), to_string(channel));
        if (asked.filter.unit) path += "&don-vi=" + to_string(*asked.filter.unit);
        views.push_back(View().set("title", plan.title).set("path", path));
    }
    return views;
}

Response show_cell(const Registry& registry, const Request& request, Work& work) {
    const Asked asked = asked_of(request, work);
    const Id topic = request.query.id("noi-dung").value_or(Id{}), channel = request.query.id("hinh-thuc").value_or(Id{});
    const auto topic_name = name_in(topics(work), topic, ""), channel_name = name_in(channels(work), channel, "");
    if (topic_name.empty() || channel_name.empty()) return web::not_found();
    const Reader reader(work, registry, running_plans(work));
    View view;
    view.set("topic", topic_name).set("channel", channel_name).set("back_path", "/do-phu?" + asked.query.substr(1));
    view.set("period", tr(work, "monitoring.period", {{"from", typed_month(asked.filter.from)}, {"to", typed_month(asked.filter.to)}}));
    const Cell cell = coverage(work, asked.filter).at(topic, channel);
    view.set("done", cell.done).set("planned", cell.planned).flag("empty", cell.done == 0);
    auto plans = plans_to_supplement(work, registry, asked, topic, channel);
    view.flag("may_supplement", !plans.empty()).set("plans", std::move(plans));
    const CellAsked behind{asked.filter, topic, channel};
    const auto opened = reader.opens_every_line() ? cell.done : count_of_cell(work, behind, reader);
    const auto pages = std::max<std::int64_t>(1, (opened + kPerPage - 1) / kPerPage);
    const auto page = std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, pages);
    const std::string kept = fmt::format("/do-phu/o?noi-dung={}&hinh-thuc={}{}&trang=", to_string(topic), to_string(channel), asked.query);
    view.flag("any_other_page", pages > 1);
    if (page > 1) view.set("previous_path", kept + std::to_string(page - 1));
    if (page < pages) view.set("next_path", kept + std::to_string(page + 1));
    std::vector<View> pieces;
    for (const auto& piece : pieces_of_cell(work, behind, reader, kPerPage, static_cast<int>(page - 1) * kPerPage)) {
        View shown;
        shown.set("what", shortened(piece.what, 200)).set("unit", piece.unit_name).set("done_on", piece.done_on.vietnamese()).set("place", piece.place);
        shown.set("path", fmt::format("/ke-hoach/{0}/viec/{1}?minh-chung={2}#mc-{2}", to_string(piece.plan), to_string(piece.assignment), to_string(piece.evidence)));
        pieces.push_back(std::move(shown));
    }
    view.flag("any", !pieces.empty()).set("pieces", std::move(pieces));
    if (const auto hidden = cell.done - opened; hidden > 0) view.set("hidden", tr(work, "monitoring.pieces_hidden", {{"n", std::to_string(hidden)}}));
    return web::show({.name = "monitoring/cell", .title = tr(work, "monitoring.cell_title", {{"topic", topic_name}, {"channel", channel_name}}), .view = std::move(view), .stands_under = "/do-phu"});
}

}  // namespace

void join_coverage_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get, .pattern = "/do-phu", .access = web::Access::SignedIn, .handler = show});
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/do-phu/o",
                            .access = web::Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) { return show_cell(registry, request, work); }});
    registry.add(web::NavigationEntry{"", 50, "monitoring.coverage_short", "matrix", "/do-phu", ""});
}

}  // namespace loa::monitoring
