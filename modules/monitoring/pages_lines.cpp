// /theo-doi/viec: every line of the plans in force, filtered; the same as a spreadsheet.
#include <fmt/format.h>

#include <algorithm>

#include "filter_view.h"
#include "line_list.h"
#include "line_pages.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/sheet_download.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "matrix_view.h"
#include "pages.h"
#include "queries.h"
#include "scope.h"

namespace loa::monitoring {

namespace {

using formats::CellKind;
using formats::SheetTable;
using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 30;
constexpr std::string_view kPath = "/theo-doi/viec", kInherited = "ke-thua", kClosedToo = "ca-ket-thuc", kYes = "1";

struct StateChoice {
    LineState state;
    std::string_view code, name;
};
constexpr StateChoice kStates[] = {{LineState::Any, "", "monitoring.every_state"},
                                   {LineState::Open, "dang-thuc-hien", "monitoring.state_open"},
                                   {LineState::Late, "qua-han", "monitoring.state_late"},
                                   {LineState::Reported, "cho-xac-nhan", "monitoring.state_reported"},
                                   {LineState::Closed, "da-xong", "monitoring.state_closed"}};

/// What a figure elsewhere counts, so that it can lead to its lines; nobody chooses it here.
struct Counted {
    std::string_view parameter, code, name;
    LineState line_state;
    std::optional<int> on_time;
};
constexpr Counted kCounted[] = {{"viec", "dang-thuc-hien", "monitoring.counted_open", LineState::Open, std::nullopt},
                                {"viec", "cho-xac-nhan", "monitoring.counted_reported", LineState::Reported, std::nullopt},
                                {"viec", "da-xong", "monitoring.counted_closed", LineState::Closed, std::nullopt},
                                {"bao-cao", "dung-han", "monitoring.counted_on_time", LineState::Any, 1},
                                {"bao-cao", "tre-han", "monitoring.counted_reported_late", LineState::Any, 0}};

const StateChoice& state_of(const std::string& code) {
    for (const auto& choice : kStates)
        if (choice.code == code) return choice;
    return kStates[0];
}

struct Asked {
    LineFilter filter;
    std::string query;       // what leads back to it, without "?"
    std::string from, to;  // as typed, where it is a day or not
    const Counted* counted = nullptr;
};

Asked asked_of(const Request& request, Work& work) {
    Asked asked;
    LineFilter& filter = asked.filter;
    filter.unit = request.query.id("don-vi");
    filter.scope = scope_of(request, work);
    // Who asks for another unit looks beyond her own.
    if (filter.unit && std::find(filter.scope.units.begin(), filter.scope.units.end(), *filter.unit) == filter.scope.units.end()) filter.scope = {};
    const auto& state = state_of(request.query.text("tinh-trang"));
    filter.state = state.state;
    asked.query = "pham-vi=" + code_of(filter.scope);
    if (!state.code.empty()) asked.query += fmt::format("&tinh-trang={}", state.code);
    filter.plan = take_id(request, "ke-hoach", asked.query);
    filter.unit = take_id(request, "don-vi", asked.query);
    filter.due_unit = take_id(request, "don-vi-cu", asked.query);
    if (filter.unit && request.query.text(kInherited) == kYes) {
        filter.formers = counted_for(work, *filter.unit);
        asked.query += fmt::format("&{}={}", kInherited, kYes);
    }
    filter.of_closed_plans = request.query.text(kClosedToo) == kYes;
    if (filter.of_closed_plans) asked.query += fmt::format("&{}={}", kClosedToo, kYes);
    filter.topic = take_id(request, "noi-dung", asked.query);
    filter.channel = take_id(request, "hinh-thuc", asked.query);
    for (const auto& each : kCounted) {
        if (request.query.text(std::string(each.parameter)) != each.code) continue;
        asked.counted = &each;
        filter.line_state = each.line_state;
        filter.on_time = each.on_time;
        asked.query += fmt::format("&{}={}", each.parameter, each.code);
        break;
    }
    filter.from = take_day(request, "tu", asked.from, asked.query);
    filter.to = take_day(request, "den", asked.to, asked.query);
    return asked;
}

std::string period_of(const Work& work, const ListedLine& line) {
    if (!line.from || !line.to) return "";
    return tr(work, "monitoring.line_period", {{"from", line.from->vietnamese()}, {"to", line.to->vietnamese()}});
}

/// What DueLine's view says, and the plan, the period; of what has no day neither day nor lateness.
View view_of(const Work& work, const Reader& reader, const ListedLine& line) {
    View view = line_view(work, reader, due_line(line, work.today()));
    view.set("plan", line.plan_name).set("period", period_of(work, line));
    if (!line.due_on) view.set("due_on", "");
    return view;
}

Response show(const Registry& registry, const Request& request, Work& work) {
    const Asked asked = asked_of(request, work);
    auto plans = running_plans(work);
    if (asked.filter.of_closed_plans)
        for (auto& plan : closed_plans(work)) plans.push_back(std::move(plan));
    const Reader reader(work, registry, plans);
    View view;
    if (asked.counted) {
        const auto of = fmt::format("&{}={}", asked.counted->parameter, asked.counted->code);
        auto without = asked.query;
        without.erase(without.find(of), of.size());
        view.set("counted", View().set("name", tr(work, asked.counted->name)).set("parameter", std::string(asked.counted->parameter))
                                .set("code", std::string(asked.counted->code)).set("path", fmt::format("{}?{}", kPath, without)));
    }
    view.flag("closed_too", asked.filter.of_closed_plans).flag("inherited", !asked.filter.formers.empty());
    set_scope(work, asked.filter.scope, kPath, view);
    set_choices(work, view, plans, asked.filter.plan, asked.filter.unit);
    set_catalogue(view, "topics", topics(work), asked.filter.topic);
    set_catalogue(view, "channels", channels(work), asked.filter.channel);
    set_saved_views(work, view, std::string(kPath) + "?" + asked.query);
    if (asked.filter.due_unit)
        if (const auto unit = identity::unit_by_id(work, *asked.filter.due_unit))
            view.set("due_unit", View().set("id", to_string(unit->id)).set("name", unit->name).set("path", fmt::format("{}?pham-vi={}", kPath, code_of(asked.filter.scope))));
    std::vector<View> states, lines;
    for (const auto& state : kStates)
        states.push_back(View().set("code", std::string(state.code)).set("name", tr(work, state.name)).flag("chosen", state.state == asked.filter.state));
    view.set("states", std::move(states)).set("download", fmt::format("{}/xuat?{}", kPath, asked.query));
    view.set("from", shortened(asked.from, 40)).set("to", shortened(asked.to, 40));
    if (!asked.from.empty() && !asked.filter.from) view.set("error_from", tr(work, "monitoring.unread_day"));
    if (!asked.to.empty() && !asked.filter.to) view.set("error_to", tr(work, "monitoring.unread_day"));
    else if (asked.filter.from && asked.filter.to && *asked.filter.to < *asked.filter.from) view.set("error_to", tr(work, "monitoring.days_turned"));

    const auto shown = line_page(request, LineList(work, asked.filter), kPerPage);
    for (const auto& line : shown.lines) lines.push_back(view_of(work, reader, line));
    set_page_paths(view, fmt::format("{}?{}", kPath, asked.query), shown);
    view.flag("any", !lines.empty()).flag("no_plans", plans.empty()).set("lines", std::move(lines));
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({"monitoring/lines", tr(work, "monitoring.line_list"), std::move(view)});
}

std::string day_text(std::optional<Date> day) { return day ? day->vietnamese() : ""; }

SheetTable table_of(const Work& work) {
    return identity::sheet_table(work, "monitoring.line_list", {{"monitoring.plan", CellKind::Text, 16},
                                                               {"monitoring.line", CellKind::Text, 60},
                                                               {"monitoring.unit", CellKind::Text, 32},
                                                               {"monitoring.period_from", CellKind::Day, 12},
                                                               {"monitoring.period_to", CellKind::Day, 12},
                                                               {"monitoring.due", CellKind::Day, 12},
                                                               {"monitoring.state", CellKind::Text, 18},
                                                               {"monitoring.reported_on", CellKind::Day, 12},
                                                               {"monitoring.closed_on", CellKind::Day, 12},
                                                               // By which a table that was filled in comes back (plan's progress import).
                                                               {"monitoring.line_code"}});
}

/// All that the filter finds, whatever page was shown.
Response send(const Request& request, Work& work) {
    LineList list(work, asked_of(request, work).filter);
    std::unordered_map<std::string, std::string> states;
    for (const char* state : {"open", "reported", "closed", "late"}) states[state] = tr(work, std::string("monitoring.state_") + state);
    const auto next = [&]() -> std::optional<std::vector<std::string>> {
        const auto line = list.next();
        if (!line) return std::nullopt;
        const bool late = line->state == "open" && line->due_on && *line->due_on < work.today();
        return std::vector<std::string>{line->plan_name,       line->title,           line->unit_name,
                                        day_text(line->from),  day_text(line->to),    day_text(line->due_on),
                                        states[late ? "late" : line->state], day_text(line->reported_on), day_text(line->closed_on), to_string(line->assignment)};
    };
    return identity::send_table(table_of(work), next, "viec-" + work.today().iso(), identity::sheet_format(request));
}

}  // namespace

void join_line_list_pages(Registry& registry) {
    const auto add = [&](std::string path, decltype(web::Route::handler) handler) {
        registry.add(web::Route{.method = web::Method::Get, .pattern = std::move(path), .access = web::Access::SignedIn, .handler = std::move(handler)});
    };
    add(std::string(kPath), [&registry](const Request& request, Work& work) { return show(registry, request, work); });
    add(std::string(kPath) + "/xuat", send);
    registry.add(web::NavigationEntry{"", 35, "monitoring.line_list", "tasks", std::string(kPath), ""});
}

}  // namespace loa::monitoring
