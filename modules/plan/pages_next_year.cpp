// /ke-hoach/{id}/nam-sau: what of this year's plan goes into the next one's.
#include "loa/web/route.h"
#include "next_year.h"
#include "pages.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

View offer_view(const Work& work, const Offer& offer, const Refused* refused) {
    View view;
    const auto typed = refused ? refused->typed->ids("items") : std::vector<Id>();
    const bool ticked = refused ? std::find(typed.begin(), typed.end(), offer.item) != typed.end() : offer.proposed();
    view.set("id", to_string(offer.item)).set("label", offer.label).flag("ticked", ticked);
    view.flag("dropped", offer.dropped).flag("closed", offer.closed && !offer.dropped);
    if (offer.lines > 0)
        view.set("lines", tr(work, "plan.next_year_lines", {{"closed", std::to_string(offer.closed_lines)}, {"total", std::to_string(offer.lines)}}));
    if (offer.late_times > 0) view.set("late", tr(work, "plan.next_year_late", {{"n", std::to_string(offer.late_times)}}));
    std::vector<View> amounts;
    for (const auto& each : offer.amounts) {
        View item;
        item.set("text", tr(work, "plan.child_amount", {{"done", amount(work, each.done)}, {"needed", amount(work, each.needed)}, {"unit", each.unit_word}}));
        item.flag("short", each.done < each.needed);
        amounts.push_back(std::move(item));
    }
    view.set("amounts", std::move(amounts));
    return view;
}

Response page(Work& work, const Plan& plan, const Refused* refused, int status) {
    View view;
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title);
    std::vector<View> activities, duties;
    for (const auto& offer : next_year_offers(work, plan)) (offer.duty ? duties : activities).push_back(offer_view(work, offer, refused));
    view.flag("any_activities", !activities.empty()).flag("any_duties", !duties.empty());
    view.set("activities", std::move(activities)).set("duties", std::move(duties));
    view.set("lead", tr(work, "plan.next_year_lead", {{"n", std::to_string(years_to_next(plan))}}));
    set_form_problems(work, view, refused);
    if (refused) set_problem_list(work, view, *refused);
    return web::show({"plan/next_year", tr(work, "plan.next_year"), std::move(view)}, status);
}

Response show(const Request& request, Work& work) {
    const auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    if (!identity::may_in_unit(work, kDraft, plan->drafting_unit)) return web::forbidden();
    return may_make_next(work, *plan) ? page(work, *plan, nullptr, 200) : web::redirect(path_of(plan->id));
}

Response make(const Request& request, Work& work) {
    const auto made = make_next_year(work, request.id(), request.form.ids("items"));
    if (made) return web::redirect(path_of(*made, "/ra-soat"));
    const auto plan = plan_by_id(work, request.id());
    if (!plan || made.failure().reason != Reason::Invalid) return web::failed(made.failure());
    const Refused refused{"next_year", &request.form, made.failure(), "", "#"};
    return page(work, *plan, &refused, 422);
}

}  // namespace

void join_next_year_pages(Registry& registry) {
    const auto add = [&](web::Method method, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method, .pattern = "/ke-hoach/{id}/nam-sau", .access = web::Access::Granted, .verb = std::string(kDraft.name), .handler = handler});
    };
    add(web::Method::Get, show);
    add(web::Method::Post, make);
}

}  // namespace loa::plan
