// /quan-tri/co-quan: what an authority is, and what its administrators set for it.
#include "loa/identity/authorities.h"
#include "loa/web/form_view.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;

constexpr const char* kHere = "/quan-tri/co-quan";

Response page(Work& work, const web::Refusal* refusal, int status) {
    const auto authority = authority_by_id(work, work.authority);
    if (!authority) return web::not_found();
    web::View view;
    view.set("name", authority->name).set("short_name", authority->short_name).set("place", authority->place);
    view.set("level", tr(work, "identity.level." + std::string(code(authority->level))));
    view.set("since", authority->valid_from.vietnamese());
    web::FormView form(work.language, refusal);
    form.hidden("version", std::to_string(authority->version));
    form.line({.name = "hamlet_word", .label = "identity.hamlet_word", .value = authority->hamlet_word, .hint = "identity.hamlet_word_hint", .required = true, .most_characters = 40});
    form.line({.name = "portal_host", .label = "identity.portal_host", .value = authority->portal_host, .hint = "identity.portal_host_hint", .autocomplete = "off", .most_characters = 253});
    form.into(view);
    return web::show({"identity/authority", tr(work, "identity.authority_settings"), std::move(view), ""}, status);
}

Response save(const Request& request, Work& work) {
    const auto done = change_authority_settings(work, {.hamlet_word = request.form.text("hamlet_word"),
                                                       .portal_host = request.form.text("portal_host"),
                                                       .version = request.form.number("version").value_or(0)});
    if (done) return web::redirect(kHere);
    if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
    const web::Refusal refusal{&request.form, done.failure()};
    return page(work, &refusal, 422);
}
}  // namespace

void add_authority_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const std::string verb(kManageSettings.name);
    registry.add(web::Route{.method = Method::Get, .pattern = kHere, .access = Access::Granted, .verb = verb, .handler = [](const Request&, Work& work) { return page(work, nullptr, 200); }});
    registry.add(web::Route{.method = Method::Post, .pattern = kHere, .access = Access::Granted, .verb = verb, .handler = save});
    registry.add(web::NavigationEntry{"identity.section", 850, "identity.authority_settings", "settings", kHere, verb});
}

}  // namespace loa::identity
