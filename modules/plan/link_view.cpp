#include "link_view.h"

#include "loa/identity/people.h"
#include "rights.h"

namespace loa::plan {

using web::View;

namespace {

struct StateWords {
    PersonalLink::State state;
    const char *text, *tag;
};
constexpr StateWords kStates[] = {{PersonalLink::State::Live, "plan.link_state_live", "tag--ok"},
                                  {PersonalLink::State::Expired, "plan.link_state_expired", "tag--off"},
                                  {PersonalLink::State::Revoked, "plan.link_state_revoked", "tag--off"},
                                  {PersonalLink::State::Over, "plan.link_state_over", "tag--off"}};

/// The form with a last day; what it is usually stands there.
View day_form(const Work& work, const Refused* refused, Date usual) {
    View form;
    form.set("typed_day", shown_value(refused, "expires_on", usual.vietnamese())).set("error_expires_on", "").flag("open", refused != nullptr);
    set_form_problems(work, form, refused);
    return form;
}

}  // namespace

std::string links_path(Id plan) { return path_of(plan, "/lien-ket"); }

View link_view(const Work& work, const PersonalLink& link, const Refused* refused) {
    View view;
    const std::string id = to_string(link.id);
    view.set("id", id).set("link_version", std::to_string(link.version)).set("link_path", links_path(link.plan) + "/" + id);
    view.set("holder_name", link.holder_name).set("contact", link.contact ? masked(*link.contact) : "");
    view.set("expires_on", link.expires_on.vietnamese()).set("given_at", link.given_at.vietnamese()).set("given_by", link.given_by_name);
    view.set("unit", "");  // on a line's page it is the line's
    view.set("last_used", link.last_used_at ? link.last_used_at->vietnamese() : "");
    for (const auto& words : kStates)
        if (words.state == link.state) view.set("link_state", tr(work, words.text)).set("link_tag", words.tag);
    if (link.state != PersonalLink::State::Over) view.set("renew_form", day_form(work, refused_for(refused, "renew-" + id), std::max(link.expires_on, work.today())));
    view.flag("may_revoke", link.state == PersonalLink::State::Live || link.state == PersonalLink::State::Expired);
    return view;
}

void set_links(Work& work, View& view, const Plan& plan, const Assignment& assignment, const Refused* refused) {
    if (plan.state != PlanState::Issued || assignment.state == AssignmentState::Ended) return;
    const auto all = links_by_plan(work, plan, assignment.unit);
    const bool may_give = may_give_link(work, plan, assignment.unit) && identity::people_of_unit(work, assignment.unit).empty();
    if (all.empty() && !may_give) return;
    View links;
    std::vector<View> views;
    for (const auto& link : all) views.push_back(link_view(work, link, nullptr));
    links.set("all_path", links_path(plan.id)).flag("none", views.empty()).set("items", std::move(views));
    if (may_give) {
        const auto* own = refused_for(refused, "link");
        View form = day_form(work, own, usual_end(work, plan.id, assignment.unit));
        form.set("typed_name", shown_value(own, "holder_name", "")).set("typed_contact", shown_value(own, "contact", ""));
        links.set("give_form", std::move(form));
    }
    view.set("links", std::move(links));
}

}  // namespace loa::plan
