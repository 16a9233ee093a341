// /do-phu: which content was told in which form, planned and done; /do-phu/o: the pieces behind one number.
#include <fmt/format.h>

#include <algorithm>

#include "filter_view.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/sheet_download.h"
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

constexpr int kPerPage = 100, kPart = 1000;

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
    view.set("feed", identity::change_stamp(work.db, work.authority)).set("download", "/do-phu/xuat?" + asked.query.substr(1));
    return web::show({"monitoring/coverage", tr(work, "monitoring.coverage"), std::move(view)});
}

Response send_matrix(const Request& request, Work& work) {
    return identity::send_tables(matrix_tables(work, coverage(work, asked_of(request, work).filter)), "do-phu-" + work.today().iso(), identity::sheet_format(request));
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

/// A number of the matrix: of a cell, the sum of a Channel, of what names none, or of all of it.
struct AskedCell {
    CellAsked behind;
    std::string topic, channel;  // their names
    std::string query;           // what leads back to it, without "?"

    /// Of a sum nothing is planned.
    bool is_cell() const { return behind.topic.has_value(); }
};

std::optional<AskedCell> cell_asked(const Request& request, Work& work, const Asked& asked) {
    AskedCell cell;
    const std::string typed = request.query.text("hinh-thuc");
    cell.behind.filter = asked.filter;
    cell.behind.no_channel = typed == "0";
    cell.behind.topic = request.query.id("noi-dung");
    if (!cell.behind.no_channel) cell.behind.channel = request.query.id("hinh-thuc");
    cell.topic = cell.behind.topic ? name_in(topics(work), *cell.behind.topic, "") : tr(work, "monitoring.every_topic");
    cell.channel = cell.behind.channel       ? name_in(channels(work), *cell.behind.channel, "")
                   : cell.behind.no_channel ? tr(work, "monitoring.no_channel")
                                            : tr(work, "monitoring.every_channel");
    if (cell.topic.empty() || cell.channel.empty() || (cell.is_cell() && !cell.behind.channel)) return std::nullopt;
    cell.query = fmt::format("noi-dung={}&hinh-thuc={}{}", cell.is_cell() ? to_string(*cell.behind.topic) : "",
                             cell.behind.channel ? to_string(*cell.behind.channel) : cell.behind.no_channel ? "0" : "", asked.query);
    return cell;
}

Response show_cell(const Registry& registry, const Request& request, Work& work) {
    const Asked asked = asked_of(request, work);
    const auto cell = cell_asked(request, work, asked);
    if (!cell) return web::not_found();
    const auto& behind = cell->behind;
    const Reader reader(work, registry, running_plans(work));
    View view;
    view.set("topic", cell->topic).set("channel", cell->channel).set("back_path", "/do-phu?" + asked.query.substr(1));
    view.set("period", tr(work, "monitoring.period", {{"from", typed_month(asked.filter.from)}, {"to", typed_month(asked.filter.to)}}));
    const Coverage all = coverage(work, asked.filter);
    const Cell figures = behind.channel || behind.no_channel ? all.at(behind.topic.value_or(Id{}), behind.channel.value_or(Id{})) : Cell{all.pieces(), 0};
    view.set("done", figures.done).flag("empty", figures.done == 0);
    if (cell->is_cell()) {
        view.set("planned", std::to_string(figures.planned));
        auto plans = plans_to_supplement(work, registry, asked, *behind.topic, *behind.channel);
        view.flag("may_supplement", !plans.empty()).set("plans", std::move(plans));
    }
    const auto opened = reader.opens_every_line() ? figures.done : count_of_cell(work, behind, reader);
    const auto pages = std::max<std::int64_t>(1, (opened + kPerPage - 1) / kPerPage);
    const auto page = std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, pages);
    const std::string kept = fmt::format("/do-phu/o?{}&trang=", cell->query);
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
    view.flag("any", !pieces.empty()).set("pieces", std::move(pieces)).set("download", "/do-phu/o/xuat?" + cell->query);
    if (const auto hidden = figures.done - opened; hidden > 0) view.set("hidden", tr(work, "monitoring.pieces_hidden", {{"n", std::to_string(hidden)}}));
    return web::show({.name = "monitoring/cell", .title = tr(work, "monitoring.cell_title", {{"topic", cell->topic}, {"channel", cell->channel}}), .view = std::move(view), .stands_under = "/do-phu"});
}

/// All of them that open for her, whatever page was shown.
Response send_cell(const Registry& registry, const Request& request, Work& work) {
    const auto cell = cell_asked(request, work, asked_of(request, work));
    if (!cell) return web::not_found();
    const Reader reader(work, registry, running_plans(work));
    const auto table = identity::sheet_table(work, "monitoring.pieces", {{"monitoring.day", formats::CellKind::Day, 12},
                                                                        {"monitoring.piece", formats::CellKind::Text, 60},
                                                                        {"monitoring.unit", formats::CellKind::Text, 32},
                                                                        {"monitoring.place", formats::CellKind::Text, 32}});
    std::optional<PieceBehind> last;
    const auto part = [&] {
        auto found = pieces_behind(work, cell->behind, reader, last, kPart);
        if (!found.empty()) last = PieceBehind{found.back().done_on, found.back().evidence};
        return found;
    };
    const auto row = [](const Piece& piece) { return std::vector<std::string>{piece.done_on.vietnamese(), piece.what, piece.unit_name, piece.place}; };
    return identity::send_table(table, identity::rows_by_part(part, row), "minh-chung-" + work.today().iso(), identity::sheet_format(request));
}

}  // namespace

void join_coverage_pages(Registry& registry) {
    const auto add = [&](const char* pattern, decltype(web::Route::handler) handler) {
        registry.add(web::Route{.method = web::Method::Get, .pattern = pattern, .access = web::Access::SignedIn, .handler = std::move(handler)});
    };
    add("/do-phu", show);
    add("/do-phu/xuat", send_matrix);
    add("/do-phu/o", [&registry](const Request& request, Work& work) { return show_cell(registry, request, work); });
    add("/do-phu/o/xuat", [&registry](const Request& request, Work& work) { return send_cell(registry, request, work); });
    registry.add(web::NavigationEntry{"", 50, "monitoring.coverage_short", "matrix", "/do-phu", ""});
}

}  // namespace loa::monitoring
