// /ke-hoach/{id}/lien-ket: the links by which people without an account answer; and giving one from a line's page.
#include "actions.h"
#include "assignment_view.h"
#include "link_view.h"
#include "loa/identity/units.h"
#include "loa/jobs/mail.h"
#include "loa/web/route.h"
#include "pages.h"
#include "verbs.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

struct StateChoice {
    std::string_view code, name;
    std::optional<PersonalLink::State> state;
};
constexpr StateChoice kStates[] = {{"", "plan.link_every_state", std::nullopt},
                                   {"con-han", "plan.link_state_live", PersonalLink::State::Live},
                                   {"het-han", "plan.link_state_expired", PersonalLink::State::Expired},
                                   {"thu-hoi", "plan.link_state_revoked", PersonalLink::State::Revoked},
                                   {"khong-con", "plan.link_state_over", PersonalLink::State::Over}};

struct LinksAsked {
    std::optional<Id> unit;
    std::optional<PersonalLink::State> state;

    bool take(const PersonalLink& link) const { return unit.value_or(link.unit) == link.unit && state.value_or(link.state) == link.state; }
};

LinksAsked links_asked(const Request& request) {
    LinksAsked asked{request.query.id("don-vi"), std::nullopt};
    for (const auto& choice : kStates)
        if (choice.code == request.query.text("tinh-trang")) asked.state = choice.state;
    return asked;
}

/// Of the units that have links.
void set_filters(const Work& work, View& view, const std::vector<PersonalLink>& all, const LinksAsked& asked) {
    std::vector<View> units, states;
    Id last;
    for (const auto& link : all)
        if (link.unit != last) units.push_back(choice(last = link.unit, link.unit_name, asked.unit == link.unit));
    for (const auto& each : kStates)
        states.push_back(View().set("code", std::string(each.code)).set("name", tr(work, each.name)).flag("chosen", each.state == asked.state));
    view.set("units", std::move(units)).set("states", std::move(states)).flag("filters", all.size() > 1);
}

Response list_page(Work& work, const Plan& plan, const LinksAsked& asked, const Refused* refused, int status) {
    View view;
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title).set("links_path", links_path(plan.id));
    std::vector<View> links;
    const auto all = links_by_plan(work, plan);
    set_filters(work, view, all, asked);
    for (const auto& link : all) {
        if (!asked.take(link)) continue;
        View item = link_view(work, link, refused);
        item.set("unit", link.unit_name);
        links.push_back(std::move(item));
    }
    view.flag("none", all.empty()).flag("none_found", links.empty() && !all.empty()).set("links", std::move(links));
    if (refused) set_problem_list(work, view, *refused);
    return web::show({.name = "plan/personal_links", .title = tr(work, "plan.personal_links"), .view = std::move(view), .stands_under = "/ke-hoach"}, status);
}

Response show_list(const Request& request, Work& work) {
    const auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    if (plan->state == PlanState::Draft) return web::redirect(path_of(plan->id));  // nothing is given out yet
    return list_page(work, *plan, links_asked(request), nullptr, 200);
}

/// Of this site as the person sees it now, where nobody said how it is reached from elsewhere.
std::string whole_address(const Request& request, Work& work, const std::string& path) {
    const auto site = jobs::site_address(work.db);
    if (!site.empty()) return site + path;
    return (request.by_tls ? "https://" : "http://") + request.headers.text("host") + path;
}

/// The only page that ever shows the secret, in words that are ready to be sent.
Response given_page(const Request& request, Work& work, const GivenLink& given) {
    const auto link = link_by_id(work, given.link).value();
    const auto plan = plan_by_id(work, link.plan);
    if (!plan) return web::failed(plan.failure());
    const auto address = whole_address(request, work, answer_path(work.authority, given.secret));
    std::string office;
    for (const auto& unit : identity::units_by_ids(work, {plan->aggregating_unit})) office = unit.name;
    View view;
    view.set("plan_path", path_of(plan->id)).set("plan_title", plan->title).set("all_path", links_path(plan->id));
    view.set("holder_name", link.holder_name).set("contact", link.contact.value_or("")).set("unit", link.unit_name);
    view.set("expires_on", link.expires_on.vietnamese());
    view.set("message", tr(work, "plan.link_message_request", {{"name", link.holder_name}, {"unit", link.unit_name}, {"plan", plan->title}}) + "\n" + address + "\n" +
                            tr(work, "plan.link_message_rules", {{"day", link.expires_on.vietnamese()}, {"name", work.actor.name}, {"office", office}}));
    auto response = web::show({.name = "plan/personal_link", .title = tr(work, "plan.link_of", {{"name", link.holder_name}}), .view = std::move(view), .stands_under = "/ke-hoach"});
    // Where a second sending of the same form leads: the address is shown once, and there it can be renewed.
    response.headers.emplace_back("Location", links_path(plan->id));
    return response;
}

bool has_form(const Failure& failure) { return failure.reason == Reason::Invalid || failure.reason == Reason::Conflict; }
int status_of(const Failure& failure) { return failure.reason == Reason::Invalid ? 422 : 409; }

Response give(const Registry& registry, const Request& request, Work& work) {
    const auto given = give_link(work, {request.id(), request.id("item"), request.form.text("holder_name"), request.form.text("contact"), request.form.text("expires_on")});
    if (given) return given_page(request, work, *given);
    const auto plan = plan_by_id(work, request.id());
    if (!has_form(given.failure()) || !plan) return web::failed(given.failure());
    const auto assignment = assignment_by_id(work, *plan, request.id("item"));
    if (!assignment) return web::failed(given.failure());
    const Refused refused{"link", &request.form, given.failure(), "lk", "#l-"};
    return assignment_page(work, registry, *plan, *assignment, &refused, {}, status_of(given.failure()));
}

LinkRef link_from(const Request& request) { return {request.id(), request.id("item"), request.form.number("version").value_or(0)}; }

Response refuse(const Request& request, Work& work, const Failure& failure) {
    const auto plan = plan_by_id(work, request.id());
    if (!has_form(failure) || !plan) return web::failed(failure);
    const std::string id = to_string(request.id("item"));
    const Refused refused{"renew-" + id, &request.form, failure, "lk-" + id, "#l" + id + "-"};
    return list_page(work, *plan, {}, &refused, status_of(failure));
}

Response renew(const Request& request, Work& work) {
    const auto given = renew_link(work, link_from(request), request.form.text("expires_on"));
    return given ? given_page(request, work, *given) : refuse(request, work, given.failure());
}

Response revoke(const Request& request, Work& work) {
    const auto done = revoke_link(work, link_from(request));
    return done ? web::redirect(links_path(request.id())) : refuse(request, work, done.failure());
}

}  // namespace

void join_link_pages(Registry& registry) {
    const auto add = [&](web::Method method, const std::string& rest, decltype(web::Route::handler) handler) {
        registry.add(web::Route{.method = method, .pattern = "/ke-hoach/{id}" + rest, .access = web::Access::Granted, .verb = std::string(kGiveLinks.name), .handler = std::move(handler)});
    };
    add(web::Method::Post, "/viec/{item}/lien-ket", [&registry](const Request& request, Work& work) { return give(registry, request, work); });
    add(web::Method::Get, "/lien-ket", show_list);
    add(web::Method::Post, "/lien-ket/{item}/cap-lai", renew);
    add(web::Method::Post, "/lien-ket/{item}/thu-hoi", revoke);
}

}  // namespace loa::plan
