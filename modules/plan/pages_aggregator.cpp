// /ke-hoach/{id}/co-quan-tong-hop: the drafting office hands the plan's confirming to another unit. A page of its own:
// the list of all units would weigh on every reading of the plan.
#include "actions.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

Response form_page(Work& work, const Plan& plan, const Refused* refused, int status) {
    const Id chosen = refused ? refused->typed->id("unit").value_or(plan.aggregating_unit) : plan.aggregating_unit;
    std::vector<View> units;
    for (const auto& node : identity::unit_tree(work, work.today()))
        if (!node.unit.outside()) units.push_back(choice(node.unit.id, node.unit.name, node.unit.id == chosen));
    View view;
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title).set("version", std::to_string(plan.version));
    view.set("units", std::move(units));
    set_form_problems(work, view, refused);
    if (refused) set_problem_list(work, view, *refused);
    return web::show({"plan/aggregator", tr(work, "plan.aggregating_unit_action"), std::move(view)}, status);
}

Response show_form(const Request& request, Work& work) {
    const auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    if (!may_set_aggregating_unit(work, *plan)) return web::forbidden();
    return form_page(work, *plan, nullptr, 200);
}

Response hand_over(const Request& request, Work& work) {
    const auto done = set_aggregating_unit(work, {request.id(), request.form.id("unit").value_or(Id{}), request.form.number("version").value_or(0)});
    if (done) return web::redirect(path_of(request.id()));
    const auto& failure = done.failure();
    const auto plan = plan_by_id(work, request.id());
    if (!plan || (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict)) return web::failed(failure);
    const Refused refused{"aggregator", &request.form, failure, "", "#"};
    return form_page(work, *plan, &refused, failure.reason == Reason::Invalid ? 422 : 409);
}

}  // namespace

void join_aggregator_pages(Registry& registry) {
    const auto add = [&](web::Method method, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method,
                                .pattern = "/ke-hoach/{id}/co-quan-tong-hop",
                                .access = web::Access::Granted,
                                .verb = std::string(kDraft.name),
                                .handler = handler});
    };
    add(web::Method::Get, show_form);
    add(web::Method::Post, hand_over);
}

}  // namespace loa::plan
