// /nguoi-dung/moi, /nguoi-dung/{id}: one account, from the invitation to the handover.
#include <algorithm>
#include <functional>

#include "loa/base/text.h"
#include "loa/identity/account_links.h"
#include "loa/identity/handover.h"
#include "loa/identity/people.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/mail.h"
#include "loa/web/form_view.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "timeline_quiet.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::FormView;
using web::Request;
using web::Response;
using web::View;

constexpr int kLastLines = 20;

std::string path_of(Id person, std::string_view more = "") {
    return "/nguoi-dung/" + to_string(person) + std::string(more);
}

std::vector<FormView::Option> role_options(const Work& work) {
    std::vector<FormView::Option> options;
    for (const Role role : kRoles) options.push_back({std::string(code(role)), tr(work, "identity.role." + std::string(code(role)))});
    return options;
}

std::vector<FormView::Option> scope_options(const Work& work) {
    std::vector<FormView::Option> options{{"", tr(work, "identity.scope_of_role")}};
    for (const Scope scope : {Scope::OwnUnit, Scope::Subtree})
        options.push_back({std::string(code(scope)), tr(work, "identity.scope." + std::string(code(scope)))});
    return options;
}

/// Blanks at the beginning are dropped in a list of choices: these stay.
std::string indented(const UnitNode& node) {
    std::string text;
    for (int level = 0; level < node.depth; ++level) text += "\u2003";
    return text + node.unit.name;
}

/// Units of one's own authority in which somebody may work, in the order of the tree.
std::vector<FormView::Option> unit_options(const Work& work) {
    std::vector<FormView::Option> options{{"", tr(work, "identity.choose_unit")}};
    for (const UnitNode& node : unit_tree(work, work.today()))
        if (!node.unit.outside()) options.push_back({to_string(node.unit.id), indented(node)});
    return options;
}

void add_membership_fields(const Work& work, FormView& form) {
    form.choice({.name = "unit", .label = "identity.unit"}, unit_options(work));
    form.choice({.name = "role", .label = "identity.role", .value = "clerk"}, role_options(work));
    form.choice({.name = "scope", .label = "identity.scope", .hint = "identity.scope_hint"}, scope_options(work));
    form.line({.name = "position", .label = "identity.position", .hint = "identity.position_hint", .most_characters = 200});
    form.day({.name = "valid_from", .label = "identity.from_day", .value = work.today().iso()});
    form.day({.name = "last_day", .label = "identity.valid_until", .hint = "identity.membership_last_day_hint"});
}

/// What the fields of add_membership_fields() say; problems for what is unreadable.
struct TypedMembership {
    AddMembership membership;
    std::vector<Problem> problems;
};
TypedMembership typed_membership(const Request& request, Id person) {
    TypedMembership typed;
    const auto unit = request.form.id("unit");
    const auto role = role_from(request.form.text("role"));
    const auto from = day_of(request.form, "valid_from"), last_day = day_of(request.form, "last_day");
    if (!unit) typed.problems.push_back({"unit", "identity.choose_a_unit", {}});
    if (!role) typed.problems.push_back({"role", "identity.no_such_role", {}});
    if (!from) typed.problems.push_back({"valid_from", "identity.day_unreadable", {}});
    if (!last_day && !request.form.text("last_day").empty()) typed.problems.push_back({"last_day", "identity.day_unreadable", {}});
    if (!typed.problems.empty()) return typed;
    typed.membership = {.person = person,
                        .unit = *unit,
                        .role = *role,
                        .position = request.form.text("position"),
                        .valid_from = *from,
                        .valid_to = last_day ? std::optional(last_day->plus_days(1)) : std::nullopt,
                        .scope = scope_from(request.form.text("scope"))};
    return typed;
}

/// What an action says of the first day on which a membership is no more belongs beside the last day on which it is.
template <class T>
Result<T> beside_last_day(Result<T> done) {
    if (done) return done;
    Failure failure = done.failure();
    for (Problem& problem : failure.problems)
        if (problem.field == "valid_to") problem.field = "last_day";
    return failure;
}

// ---- A new account ------------------------------------------------------------------------------------------------

Response new_person_page(Work& work, const web::Refusal* refusal, int status) {
    View view;
    FormView form(work.language, refusal);
    form.line({.name = "name", .label = "identity.person_name", .autocomplete = "off", .required = true, .most_characters = 200});
    form.line({.name = "sign_in_name", .label = "identity.sign_in_name", .hint = "identity.sign_in_name_hint", .autocomplete = "off", .required = true, .most_characters = 64});
    form.email({.name = "email", .label = "identity.email", .hint = "identity.email_hint", .autocomplete = "off", .most_characters = 254});
    add_membership_fields(work, form);
    form.into(view);
    return web::show({"identity/new_person", tr(work, "identity.add_person"), std::move(view), ""}, status);
}

Response show_new_person(const Request&, Work& work) {
    return new_person_page(work, nullptr, 200);
}

Response post_new_person(const Request& request, Work& work) {
    auto typed = typed_membership(request, Id{});
    Result<Id> made = invalid(typed.problems);
    if (typed.problems.empty())
        made = beside_last_day(create_person(work, {.name = request.form.text("name"),
                                                    .sign_in_name = request.form.text("sign_in_name"),
                                                    .email = request.form.text("email"),
                                                    .unit = typed.membership.unit,
                                                    .role = typed.membership.role,
                                                    .position = typed.membership.position,
                                                    .valid_from = typed.membership.valid_from,
                                                    .valid_to = typed.membership.valid_to,
                                                    .scope = typed.membership.scope}));
    if (made) return web::redirect(path_of(*made));
    const auto reason = made.failure().reason;
    if (reason != Reason::Invalid && reason != Reason::Conflict) return web::failed(made.failure());
    const web::Refusal refusal{&request.form, made.failure()};
    return new_person_page(work, &refusal, reason == Reason::Invalid ? 422 : 409);
}

// ---- One account ----------------------------------------------------------------------------------------------------

struct Shown {
    std::string form;  // which of the page's forms was refused
    const web::Refusal* refusal = nullptr;
    std::string link;  // that was just made, to be passed on
    int status = 200;
};

/// Of the form that ends a membership: the page has one for each.
std::string end_field(Id membership) {
    return "last-" + to_string(membership);
}

View membership_view(const Work& work, const Membership& each, const Shown& shown) {
    View view;
    const bool refused = shown.form == end_field(each.id);
    view.set("last_day", refused ? shown.refusal->typed->raw("last_day") : work.today().iso());
    if (refused) view.set("problem", tr(work, shown.refusal->failure.problems.front().key, shown.refusal->failure.problems.front().args));
    if (work.today() < each.valid_from) view.set("coming", tr(work, "identity.membership_coming_hint", {{"from", each.valid_from.vietnamese()}}));
    view.set("membership", to_string(each.id)).set("unit", each.unit_name).set("position", each.position);
    view.set("role", tr(work, "identity.role." + std::string(code(each.role))));
    view.set("scope", each.scope ? tr(work, "identity.scope." + std::string(code(*each.scope))) : "");
    view.set("from", each.valid_from.vietnamese());
    view.set("until", each.valid_to ? each.valid_to->plus_days(-1).vietnamese() : "");
    return view;
}

std::vector<View> line_views(const Work& work, Id person) {
    std::vector<View> views;
    for (const TimelineLine& line : timeline_of(work, {"identity.person", work.authority, person}, kLastLines))
        views.push_back(View()
                            .set("what", capitalised(tr(work, line.event)))
                            .set("who", line.person ? line.person_name : tr(work, "identity.system_or_stranger"))
                            .set("at", line.at.vietnamese())
                            .set("at_iso", line.at.iso()));
    return views;
}

/// A form of the page, with its refusal if it was this one.
View form_view(const Work& work, const Shown& shown, std::string_view name, const std::function<void(FormView&)>& fields) {
    FormView form(work.language, shown.form == name ? shown.refusal : nullptr);
    fields(form);
    View view;
    form.into(view);
    return view;
}

Response person_page(Work& work, const Person& person, const Shown& shown) {
    View view;
    view.set("id", to_string(person.id)).set("name", person.name).set("sign_in_name", person.sign_in_name);
    view.set("email", person.email).flag("email_confirmed", person.email_confirmed).flag("stopped", !person.active);
    view.flag("oneself", person.id == work.actor.person).set("link", shown.link);
    view.flag("has_password", work.db.one("identity.has_password", {person.sign_in_name})->flag("has_password"));
    view.flag("second_factor", second_factor_of(work, person.id) == SecondFactor::On);
    std::vector<View> memberships;
    for (const Membership& each : current_and_coming_memberships(work, person.id)) memberships.push_back(membership_view(work, each, shown));
    view.flag("no_membership", memberships.empty()).set("memberships", std::move(memberships));
    view.set("change", form_view(work, shown, "change", [&](FormView& form) {
        form.line({.name = "name", .label = "identity.person_name", .value = person.name, .required = true, .most_characters = 200});
        form.email({.name = "email", .label = "identity.email", .value = person.email, .hint = "identity.email_hint", .most_characters = 254});
        form.hidden("version", std::to_string(person.version));
    }));
    view.set("add", form_view(work, shown, "add", [&](FormView& form) { add_membership_fields(work, form); }));
    view.set("lines", line_views(work, person.id));
    if (shown.refusal) {
        FormView(work.language, shown.refusal).into(view);
        view.set("fields", std::vector<View>{});
    }
    return web::show({"identity/person", person.name, std::move(view), "", 0, "/nguoi-dung"}, shown.status);
}

/// The line says of whom: her id stands in the address.
Response show_person(const Request& request, Work& work, const Registry& registry) {
    const auto person = person_by_id(work, request.id());
    if (!person) return web::not_found();
    note_reading(registry, work, request.path);
    return person_page(work, *person, {});
}

/// Back to the page when it is done; a refusal that its person can mend beside her form.
template <class T>
Response answer(const Request& request, Work& work, std::string form, const Result<T>& done) {
    if (done) return web::redirect(path_of(request.id()));
    const auto reason = done.failure().reason;
    const auto person = person_by_id(work, request.id());
    if (!person || (reason != Reason::Invalid && reason != Reason::Conflict)) return web::failed(done.failure());
    const web::Refusal refusal{&request.form, done.failure()};
    return person_page(work, *person, {.form = std::move(form), .refusal = &refusal, .link = "", .status = reason == Reason::Invalid ? 422 : 409});
}

/// Whose letters went to another address until now is told so there: it may be that nobody asked her.
Response post_change(const Request& request, Work& work, const Keys& keys) {
    const auto before = person_by_id(work, request.id());
    const auto done = change_person(work, {.person = request.id(),
                                           .name = request.form.text("name"),
                                           .email = request.form.text("email"),
                                           .version = request.form.number("version").value_or(0)});
    if (done && before)
        if (const auto told = tell_former_address(work, keys, *before); !told) return web::failed(told.failure());
    return answer(request, work, "change", done);
}

Response post_add_membership(const Request& request, Work& work) {
    if (!person_by_id(work, request.id())) return web::not_found();
    auto typed = typed_membership(request, request.id());
    Result<Id> done = invalid(typed.problems);
    if (typed.problems.empty()) done = beside_last_day(add_membership(work, typed.membership));
    return answer(request, work, "add", done);
}

Response post_end_membership(const Request& request, Work& work) {
    const auto last_day = day_of(request.form, "last_day");
    const auto own = current_and_coming_memberships(work, request.id());
    const Id wanted = request.id("membership");
    const auto found = std::find_if(own.begin(), own.end(), [&](const Membership& each) { return each.id == wanted; });
    if (found == own.end()) return web::not_found();
    Result<> done = invalid("last_day", "identity.day_unreadable");
    if (last_day) done = end_membership(work, wanted, work.today() < found->valid_from ? found->ended_after(*last_day) : last_day->plus_days(1));
    if (done) return answer(request, work, "", done);
    // Whatever is wrong is mended in that one field.
    Failure failure = done.failure();
    for (Problem& problem : failure.problems) problem.field = end_field(wanted);
    return answer(request, work, end_field(wanted), Result<>(failure));
}

/// Of this site as the person sees it now, where nobody said how it is reached from elsewhere.
std::string whole_address(const Request& request, Work& work, const std::string& path) {
    const auto site = jobs::site_address(work.db);
    if (!site.empty()) return site + path;
    return (request.by_tls ? "https://" : "http://") + request.headers.text("host") + path;
}

Response post_link(const Request& request, Work& work, const Keys& keys) {
    const bool by_mail = request.form.text("way") == "mail";
    const auto person = person_by_id(work, request.id());
    if (!person) return web::not_found();
    const bool first = !work.db.one("identity.has_password", {person->sign_in_name})->flag("has_password");
    const auto made = make_password_link(work, keys, person->id, first ? LinkPurpose::Invitation : LinkPurpose::Reset,
                                         by_mail ? LinkWay::Mail : LinkWay::ByHand);
    if (!made || by_mail) return answer(request, work, "link", made);
    return person_page(work, *person, {.form = "", .link = whole_address(request, work, *made)});
}

Response post_reset_second_factor(const Request& request, Work& work) {
    return answer(request, work, "second_factor", reset_second_factor(work, request.id()));
}

Response post_stop(const Request& request, Work& work) {
    return answer(request, work, "stop", deactivate_person(work, request.id()));
}

Response post_reopen(const Request& request, Work& work) {
    return answer(request, work, "stop", reactivate_person(work, request.id()));
}

// ---- Handover ---------------------------------------------------------------------------------------------------------

Response handover_page(Work& work, const Registry& registry, const Person& person, const web::Refusal* refusal, int status) {
    View view;
    std::vector<View> lines;
    for (const HandoverLine& line : handover_preview(work, registry, person.id))
        lines.push_back(View().set("label", tr(work, line.label)).set("count", line.count));
    view.set("id", to_string(person.id)).set("name", person.name).set("lines", std::move(lines));
    FormView form(work.language, refusal);
    form.choice({.name = "to", .label = "identity.handover_to"}, people_options(work, person.id));
    form.day({.name = "last_day", .label = "identity.handover_last_day", .value = work.today().iso()});
    form.check({.name = "roles", .label = "identity.handover_roles", .hint = "identity.handover_roles_hint"});
    form.into(view);
    return web::show({"identity/handover", tr(work, "identity.handover"), std::move(view), "", 0, "/nguoi-dung"}, status);
}

Response show_handover(const Request& request, Work& work, const Registry& registry) {
    const auto person = person_by_id(work, request.id());
    return person ? handover_page(work, registry, *person, nullptr, 200) : web::not_found();
}

Response post_handover(const Request& request, Work& work, const Registry& registry) {
    const auto person = person_by_id(work, request.id());
    if (!person) return web::not_found();
    std::vector<Problem> problems;
    const auto to = request.form.id("to");
    const auto last_day = day_of(request.form, "last_day");
    if (!to) problems.push_back({"to", "identity.choose_a_person", {}});
    if (!last_day) problems.push_back({"last_day", "identity.day_unreadable", {}});
    Result<std::vector<HandoverLine>> done = invalid(problems);
    if (problems.empty())
        done = hand_over(work, registry, {.from = person->id,
                                          .to = *to,
                                          .last_day = *last_day,
                                          .roles = request.form.has("roles") ? LeaverRoles::GoOver : LeaverRoles::End});
    if (done) return web::redirect(path_of(person->id));
    const auto reason = done.failure().reason;
    if (reason != Reason::Invalid && reason != Reason::Conflict) return web::failed(done.failure());
    const web::Refusal refusal{&request.form, done.failure()};
    return handover_page(work, registry, *person, &refusal, reason == Reason::Invalid ? 422 : 409);
}
}  // namespace

void add_person_pages(Registry& registry) {
    using web::Method;
    const auto add = [&](Method method, std::string pattern, PageHandler handler) {
        registry.add(route_of_people(method, std::move(pattern), std::move(handler)));
    };
    add(Method::Get, "moi", show_new_person);
    add(Method::Post, "moi", post_new_person);
    auto shown = route_of_people(Method::Get, "{id}", [&registry](const Request& request, Work& work) { return show_person(request, work, registry); });
    shown.verb = kReadPersonal.name;
    registry.add(std::move(shown));
    add(Method::Post, "{id}/sua", [keys = keys_in(registry)](const Request& request, Work& work) { return post_change(request, work, *keys); });
    add(Method::Post, "{id}/vai-tro", post_add_membership);
    add(Method::Post, "{id}/vai-tro/{membership}/ket-thuc", post_end_membership);
    add(Method::Post, "{id}/lien-ket", [keys = keys_in(registry)](const Request& request, Work& work) {
        return post_link(request, work, *keys);
    });
    add(Method::Post, "{id}/hai-lop/dat-lai", post_reset_second_factor);
    add(Method::Post, "{id}/ngung", post_stop);
    add(Method::Post, "{id}/mo-lai", post_reopen);
    add(Method::Get, "{id}/ban-giao", [&registry](const Request& request, Work& work) { return show_handover(request, work, registry); });
    add(Method::Post, "{id}/ban-giao", [&registry](const Request& request, Work& work) { return post_handover(request, work, registry); });
}

}  // namespace loa::identity
