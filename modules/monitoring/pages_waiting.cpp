// /theo-doi/cho-xac-nhan: the evidence that waits for the office that puts a plan's work together, the oldest first.
#include <fmt/format.h>

#include <algorithm>

#include "filter_view.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "loa/identity/permissions.h"
#include "loa/identity/sheet_download.h"
#include "loa/identity/timeline.h"
#include "loa/web/panel.h"
#include "loa/web/route.h"
#include "matrix_view.h"
#include "pages.h"
#include "queries.h"
#include "waiting_evidence.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 30, kPart = 1000;
constexpr std::int64_t kMostCounted = 1000;
constexpr std::string_view kConfirm = "plan.confirm";

/// The plans in force whose evidence she may confirm.
std::vector<RunningPlan> plans_to_confirm(const Registry& registry, Work& work) {
    const auto& confirm = identity::verb_by_name(registry, kConfirm);
    if (!identity::may(work, confirm)) return {};
    auto plans = running_plans(work);
    std::erase_if(plans, [&](const RunningPlan& plan) { return !identity::may_in_unit(work, confirm, plan.aggregating_unit); });
    return plans;
}

struct AskedPieces {
    WaitingFilter filter;
    std::string query;     // what leads back to it, without "?", with a "&" before each
    std::string from, to;  // as typed
    std::optional<Id> plan;
};

AskedPieces asked_of(const Request& request, std::vector<RunningPlan> plans) {
    AskedPieces asked;
    auto& filter = asked.filter;
    filter.plans = std::move(plans);
    asked.plan = take_id(request, "ke-hoach", asked.query);
    if (asked.plan) std::erase_if(filter.plans, [&](const RunningPlan& plan) { return plan.id != *asked.plan; });
    filter.unit = take_id(request, "don-vi", asked.query);
    filter.topic = take_id(request, "noi-dung", asked.query);
    filter.channel = take_id(request, "hinh-thuc", asked.query);
    filter.from = take_day(request, "tu", asked.from, asked.query);
    filter.to = take_day(request, "den", asked.to, asked.query);
    filter.late = request.query.text("tinh-trang") == "qua-han";
    if (filter.late) asked.query += "&tinh-trang=qua-han";
    filter.after = PiecePlace::from(request.query.text("sau"));
    if (!filter.after) filter.before = PiecePlace::from(request.query.text("truoc"));
    return asked;
}

void set_filters(Work& work, View& view, const AskedPieces& asked, const std::vector<RunningPlan>& plans) {
    const auto& filter = asked.filter;
    set_choices(work, view, plans, asked.plan, filter.unit);
    set_catalogue(view, "topics", topics(work), filter.topic);
    set_catalogue(view, "channels", channels(work), filter.channel);
    view.set("from", shortened(asked.from, 40)).set("to", shortened(asked.to, 40)).flag("late", filter.late).flag("filtered", !asked.query.empty());
    if (!asked.from.empty() && !filter.from) view.set("error_from", tr(work, "monitoring.unread_day"));
    if (!asked.to.empty() && !filter.to) view.set("error_to", tr(work, "monitoring.unread_day"));
    else if (filter.from && filter.to && *filter.to < *filter.from) view.set("error_to", tr(work, "monitoring.days_turned"));
}

View piece_view(const Work& work, const WaitingPiece& piece) {
    View view;
    view.set("path", fmt::format("/ke-hoach/{}/viec/{}#mc-{}", to_string(piece.plan), to_string(piece.assignment), to_string(piece.evidence)));
    view.set("what", shortened(piece.what, 110)).set("title", shortened(piece.title, 110)).set("unit", piece.unit_name).set("plan", piece.plan_name);
    view.set("done_on", piece.done_on.vietnamese()).set("submitted_at", piece.submitted_at.vietnamese());
    const auto days = work.today().days_since(piece.submitted_at.date());
    view.set("waits", days > 0 ? tr(work, "monitoring.days", {{"n", std::to_string(days)}}) : tr(work, "monitoring.today"));
    return view;
}

/// One page of it, with the ways to those around it.
std::vector<WaitingPiece> page_of(Work& work, const AskedPieces& asked, View& view) {
    bool before = asked.filter.after.has_value(), after = asked.filter.before.has_value();
    auto pieces = asked.filter.plans.empty() ? std::vector<WaitingPiece>() : waiting_pieces(work, asked.filter, kPerPage + 1);
    if (pieces.size() > kPerPage) {
        (asked.filter.before ? before : after) = true;
        pieces.erase(asked.filter.before ? pieces.begin() : pieces.end() - 1);
    }
    const auto path = [&](const char* side, const WaitingPiece& piece) {
        return fmt::format("{}?{}={}{}", kWaitingPath, side, PiecePlace{piece.submitted_at, piece.evidence}.text(), asked.query);
    };
    if (before && !pieces.empty()) view.set("previous_path", path("truoc", pieces.front()));
    if (after && !pieces.empty()) view.set("next_path", path("sau", pieces.back()));
    view.flag("any_other_page", (before || after) && !pieces.empty());
    return pieces;
}

/// "hơn 1.000" where nobody counts farther.
std::string counted(const Work& work, std::int64_t pieces) {
    const bool more = pieces > kMostCounted;
    const auto number = i18n::number(work.language, more ? kMostCounted : pieces);
    return more ? tr(work, "monitoring.more_than", {{"n", number}}) : number;
}

Response show(const Registry& registry, const Request& request, Work& work) {
    const auto plans = plans_to_confirm(registry, work);
    const auto asked = asked_of(request, plans);
    View view;
    set_filters(work, view, asked, plans);
    std::vector<View> rows;
    for (const auto& piece : page_of(work, asked, view)) rows.push_back(piece_view(work, piece));
    view.set("count", counted(work, waiting_figures(work, plans, kMostCounted + 1).pieces));
    view.flag("none", rows.empty()).flag("no_plans", plans.empty()).set("pieces", std::move(rows));
    view.set("download", fmt::format("{}/xuat?{}", kWaitingPath, asked.query.empty() ? "" : asked.query.substr(1)));
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({.name = "monitoring/waiting", .title = tr(work, "monitoring.waiting_evidence"), .view = std::move(view), .stands_under = "/tong-quan"});
}

/// All that the filter finds, whatever page was shown.
Response send(const Registry& registry, const Request& request, Work& work) {
    auto filter = asked_of(request, plans_to_confirm(registry, work)).filter;
    filter.after.reset();
    filter.before.reset();
    const auto table = identity::sheet_table(work, "monitoring.sheet_waiting", {{"monitoring.piece", formats::CellKind::Text, 60},
                                                                               {"monitoring.line", formats::CellKind::Text, 60},
                                                                               {"monitoring.unit", formats::CellKind::Text, 32},
                                                                               {"monitoring.plan", formats::CellKind::Text, 16},
                                                                               {"monitoring.done_on", formats::CellKind::Day, 12},
                                                                               {"monitoring.submitted_at", formats::CellKind::Day, 12}});
    const auto part = [&] {
        auto found = filter.plans.empty() ? std::vector<WaitingPiece>() : waiting_pieces(work, filter, kPart);
        if (!found.empty()) filter.after = PiecePlace{found.back().submitted_at, found.back().evidence};
        return found;
    };
    const auto row = [](const WaitingPiece& piece) {
        return std::vector<std::string>{piece.what, piece.title, piece.unit_name, piece.plan_name, piece.done_on.vietnamese(), piece.submitted_at.date().vietnamese()};
    };
    return identity::send_table(table, identity::rows_by_part(part, row), "cho-xac-nhan-" + work.today().iso(), identity::sheet_format(request));
}

/// How much waits for her, on the page that she starts from.
std::optional<View> panel(const Registry& registry, Work& work) {
    const auto waits = waiting_figures(work, plans_to_confirm(registry, work), kMostCounted + 1);
    if (waits.pieces == 0) return std::nullopt;
    View view;
    view.set("path", std::string(kWaitingPath));
    view.set("text", tr(work, "monitoring.evidence_waits", {{"n", counted(work, waits.pieces)}, {"m", std::to_string(waits.units)}, {"day", waits.oldest->date().vietnamese()}}));
    return view;
}

}  // namespace

void join_waiting_page(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = std::string(kWaitingPath),
                            .access = web::Access::Granted,
                            .verb = std::string(kConfirm),
                            .handler = [&registry](const Request& request, Work& work) { return show(registry, request, work); }});
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = std::string(kWaitingPath) + "/xuat",
                            .access = web::Access::Granted,
                            .verb = std::string(kConfirm),
                            .handler = [&registry](const Request& request, Work& work) { return send(registry, request, work); }});
    registry.add(web::Panel{"overview", "monitoring_waiting", [&registry](const Request&, Work& work) { return panel(registry, work); }});
}

}  // namespace loa::monitoring
