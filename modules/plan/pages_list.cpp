// /ke-hoach: the list of plans.
#include "pages_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "loa/identity/permissions.h"
#include "loa/identity/trash.h"
#include "loa/web/route.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 30;

View line_view(const Work& work, const PlanLine& line) {
    View view;
    view.set("path", path_of(line.plan.id)).set("title", line.plan.title);
    if (line.issued_number) view.set("document_number", *line.issued_number + "/" + line.symbol.value_or(""));
    if (line.issued_on) view.set("issued_on", line.issued_on->vietnamese());
    if (line.plan.year_from != 0)
        view.set("years", line.plan.year_from == line.plan.year_to
                              ? std::to_string(line.plan.year_from)
                              : fmt::format("{} - {}", line.plan.year_from, line.plan.year_to));
    view.set("changed_at", line.changed_at.vietnamese());
    set_state(work, view, line.plan, line.revision_state);
    return view;
}

std::optional<PlanState> asked_state(const std::string& text) {
    for (const auto state : {PlanState::Draft, PlanState::Issued, PlanState::Closed, PlanState::Withdrawn})
        if (text == text_of(state)) return state;
    return std::nullopt;
}

Response show_plans(const Registry& registry, const Request& request, Work& work) {
    PlanFilter filter;
    filter.state = asked_state(request.query.text("state"));
    if (const auto year = request.query.number("year"); year && *year >= 1990 && *year <= 2100)
        filter.year = static_cast<int>(*year);
    const auto page = std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, 1000);
    filter.limit = kPerPage + 1;
    filter.offset = static_cast<int>(page - 1) * kPerPage;
    auto list = plans(work, filter);
    const bool more = list.size() > kPerPage;
    if (more) list.pop_back();

    View view;
    std::vector<View> lines, states;
    for (const auto& line : list) lines.push_back(line_view(work, line));
    for (const auto state : {PlanState::Draft, PlanState::Issued, PlanState::Closed, PlanState::Withdrawn}) {
        View option;
        const std::string code(text_of(state));
        option.set("value", code).set("name", tr(work, "plan.state_" + code)).flag("chosen", filter.state == state);
        states.push_back(std::move(option));
    }
    const bool filtered = filter.state || filter.year;
    view.flag("none_at_all", lines.empty() && !filtered && page == 1);
    view.flag("none_found", lines.empty() && (filtered || page > 1)).flag("any", !lines.empty());
    view.set("plans", std::move(lines)).set("states", std::move(states));
    if (filter.year) view.set("year", std::to_string(*filter.year));
    view.flag("may_import", identity::may(work, kDraft));
    if (auto undo = identity::undo_view(work, registry, request.query.id("da-xoa"))) view.set("undo", *std::move(undo));
    const std::string kept = fmt::format("state={}&year={}", request.query.text("state").empty() || !filter.state ? "" : std::string(text_of(*filter.state)),
                                         filter.year ? std::to_string(*filter.year) : "");
    if (page > 1) view.set("newer_path", fmt::format("/ke-hoach?{}&trang={}", kept, page - 1));
    if (more) view.set("older_path", fmt::format("/ke-hoach?{}&trang={}", kept, page + 1));
    return web::show({"plan/plans", tr(work, "plan.plans"), std::move(view)});
}

}  // namespace

void join_list_page(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/ke-hoach",
                            .access = web::Access::Granted,
                            .verb = std::string(kRead.name),
                            .handler = [&registry](const Request& request, Work& work) { return show_plans(registry, request, work); }});
}

}  // namespace loa::plan
