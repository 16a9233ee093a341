// /quan-tri/quyen: who can do this, what can she do, and the whole table.
#include <algorithm>

#include "loa/base/text.h"
#include "loa/i18n/collation.h"
#include "loa/identity/who_may.h"
#include "loa/web/form_view.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kHere = "/quan-tri/quyen";

std::string scope_text(const Work& work, Scope scope) {
    return tr(work, "identity.scope." + std::string(code(scope)));
}

View holding_view(const Work& work, const Holding& holding) {
    View view;
    view.set("person", holding.person_name).set("person_path", std::string(kHere) + "?nguoi=" + to_string(holding.person));
    view.set("unit", holding.by.unit_name).set("role", tr(work, "identity.role." + std::string(code(holding.by.role))));
    view.set("scope", scope_text(work, holding.scope)).flag("rests", holding.rests);
    view.set("until", holding.by.valid_to ? holding.by.valid_to->plus_days(-1).vietnamese() : "");
    view.set("for", "").set("for_until", "");
    if (holding.as_deputy)
        view.set("for", holding.as_deputy->principal_name).set("for_until", holding.as_deputy->last_day().vietnamese());
    return view;
}

std::vector<View> holding_views(const Work& work, const std::vector<Holding>& holdings) {
    std::vector<View> views;
    for (const Holding& each : holdings) views.push_back(holding_view(work, each));
    return views;
}

std::vector<web::FormView::Option> verb_options(const Work& work, const Registry& registry) {
    std::vector<web::FormView::Option> options;
    for (const auto& row : permission_table(registry)) options.push_back({row.verb, capitalised(tr(work, row.description))});
    std::sort(options.begin(), options.end(), [](const auto& a, const auto& b) { return i18n::compare(a.label, b.label) < 0; });
    options.insert(options.begin(), {"", tr(work, "identity.choose_verb")});
    return options;
}

void set_table(const Work& work, View& view, const Registry& registry) {
    std::vector<View> roles, rows;
    for (const Role role : kRoles) roles.push_back(View().set("name", tr(work, "identity.role." + std::string(code(role)))));
    for (const auto& row : permission_table(registry)) {
        std::vector<View> cells;
        for (std::size_t i = 0; i < row.scopes.size(); ++i)
            cells.push_back(View()
                                .set("role", tr(work, "identity.role." + std::string(code(kRoles[i]))))
                                .set("scope", row.scopes[i] ? scope_text(work, *row.scopes[i]) : ""));
        rows.push_back(View()
                           .set("description", capitalised(tr(work, row.description)))
                           .set("path", std::string(kHere) + "?viec=" + row.verb)
                           .set("cells", std::move(cells)));
    }
    view.set("roles", std::move(roles)).set("rows", std::move(rows));
}

Response show_permissions(const Request& request, Work& work, const Registry& registry) {
    View view;
    const std::string wanted = request.query.text("viec");
    const auto& verbs = registry.all<Verb>();
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& each) { return each.name == wanted; });
    const auto person = request.query.id("nguoi");
    const auto found = person ? person_by_id(work, *person) : std::nullopt;
    web::FormView ask_verb(work.language, nullptr), ask_person(work.language, nullptr);
    View of_verb, of_person;
    ask_verb.choice({.name = "viec", .label = "identity.verb", .value = verb == verbs.end() ? "" : wanted}, verb_options(work, registry));
    ask_verb.into(of_verb);
    ask_person.choice({.name = "nguoi", .label = "identity.person_name", .value = found ? to_string(found->id) : ""}, people_options(work, Id{}));
    ask_person.into(of_person);
    if (verb != verbs.end()) {
        auto holdings = holding_views(work, who_may(work, *verb));
        of_verb.flag("asked").set("what", tr(work, verb->description)).flag("nobody", holdings.empty());
        of_verb.set("holdings", std::move(holdings));
    }
    if (found) {
        std::vector<View> lines;
        for (const VerbHolding& each : what_may(work, registry, found->id))
            lines.push_back(View()
                                .set("description", capitalised(tr(work, each.verb->description)))
                                .set("holdings", holding_views(work, each.holdings)));
        of_person.flag("asked").set("who", found->name).flag("nothing", lines.empty()).set("verbs", std::move(lines));
    }
    view.set("of_verb", std::move(of_verb)).set("of_person", std::move(of_person));
    set_table(work, view, registry);
    return web::show({"identity/permissions", tr(work, "identity.permissions"), std::move(view), ""});
}
}  // namespace

void add_permission_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = std::string(kHere),
                            .access = web::Access::Granted,
                            .verb = std::string(kReadPermissions.name),
                            .handler = [&registry](const Request& request, Work& work) {
                                return show_permissions(request, work, registry);
                            }});
    registry.add(web::NavigationEntry{"identity.section", 815, "identity.permissions", "people", std::string(kHere),
                                      std::string(kReadPermissions.name)});
}

}  // namespace loa::identity
