// /tai-khoan/thay-mat: for whom I act, and who acts for me.
#include "loa/identity/deputies.h"
#include "loa/identity/people.h"
#include "loa/web/form_view.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kHere = "/tai-khoan/thay-mat";

std::string token_of(const Request& request) {
    return request.cookies.raw(web::kSessionCookie);
}

View deputyship_view(const Work& work, const Deputyship& each) {
    View view;
    view.set("id", to_string(each.id)).set("principal", each.principal_name).set("deputy", each.deputy_name);
    view.set("from", each.valid_from.vietnamese()).set("last_day", each.last_day().vietnamese());
    view.set("reason", each.reason).flag("today", each.in_force_on(work.today()));
    view.flag("acting_now", work.actor.acting_for == each.principal);
    return view;
}

Response show(Work& work, const web::Refusal* refusal, int status) {
    std::vector<View> for_others, for_me, others;
    const bool for_all = may_throughout(work, kAppointDeputy) && !work.actor.acting_for;
    for (const Deputyship& each : deputyships(work)) {
        if (each.deputy == work.actor.person)
            for_others.push_back(deputyship_view(work, each));
        else if (each.principal == work.actor.person)
            for_me.push_back(deputyship_view(work, each));
        else if (for_all)
            others.push_back(deputyship_view(work, each));
    }
    View view;
    view.flag("acting", static_cast<bool>(work.actor.acting_for)).set("acting_for", work.actor.acting_for_name);
    view.flag("has_for_others", !for_others.empty()).set("for_others", std::move(for_others));
    view.flag("has_for_me", !for_me.empty()).set("for_me", std::move(for_me));
    view.flag("has_others", !others.empty()).set("others", std::move(others));
    const bool may_appoint = may(work, kAppointDeputy) && !work.actor.acting_for;
    view.flag("may_appoint", may_appoint);
    if (may_appoint) {
        web::FormView form(work.language, refusal);
        if (for_all)
            form.choice({.name = "principal", .label = "identity.deputy_for", .value = to_string(work.actor.person)},
                        people_options(work, Id{}));
        form.choice({.name = "deputy", .label = "identity.deputy", .hint = "identity.deputy_hint"},
                    people_options(work, for_all ? Id{} : work.actor.person));
        form.day({.name = "from", .label = "identity.from_day", .value = work.today().iso()});
        form.day({.name = "last_day", .label = "identity.deputy_last_day", .hint = "identity.deputy_last_day_hint"});
        form.line({.name = "reason", .label = "identity.deputy_reason", .hint = "identity.deputy_reason_hint", .most_characters = 500});
        form.into(view);
    }
    return web::show({"identity/deputies", tr(work, "identity.deputies"), std::move(view), ""}, status);
}

Response show_deputies(const Request&, Work& work) {
    return show(work, nullptr, 200);
}

Response post_appoint(const Request& request, Work& work) {
    if (!may(work, kAppointDeputy)) return web::forbidden();
    std::vector<Problem> problems;
    const auto person = request.form.id("deputy");
    const auto from = day_of(request.form, "from"), last_day = day_of(request.form, "last_day");
    if (!person) problems.push_back({"deputy", "identity.choose_a_person", {}});
    if (!from) problems.push_back({"from", "identity.day_unreadable", {}});
    if (!last_day) problems.push_back({"last_day", "identity.day_unreadable", {}});
    Result<Id> done = invalid(problems);
    if (problems.empty())
        done = appoint_deputy(work, {.principal = request.form.id("principal").value_or(work.actor.person),
                                     .deputy = *person,
                                     .valid_from = *from,
                                     .last_day = *last_day,
                                     .reason = request.form.text("reason")});
    if (done) return web::redirect(std::string(kHere));
    if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
    const web::Refusal refusal{&request.form, done.failure()};
    return show(work, &refusal, 422);
}

Response answer(const Result<>& done) {
    return done ? web::redirect(std::string(kHere)) : web::failed(done.failure());
}

Response post_take_place(const Request& request, Work& work) {
    const auto done = take_place(work, token_of(request), request.id());
    return done ? web::redirect("/") : web::failed(done.failure());
}

Response post_leave_place(const Request& request, Work& work) {
    return answer(leave_place(work, token_of(request)));
}

Response post_end(const Request& request, Work& work) {
    return answer(end_deputyship(work, request.id()));
}
}  // namespace

void add_deputy_pages(Registry& registry) {
    const auto add = [&](web::Method method, std::string pattern, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method, .pattern = std::move(pattern), .verb = {}, .handler = handler});
    };
    const std::string here(kHere);
    add(web::Method::Get, here, show_deputies);
    add(web::Method::Post, here, post_appoint);
    add(web::Method::Post, here + "/{id}/bat-dau", post_take_place);
    add(web::Method::Post, here + "/{id}/ket-thuc", post_end);
    add(web::Method::Post, here + "/thoi", post_leave_place);
}

}  // namespace loa::identity
