// /danh-muc: the Topics and Channels of the authority.
#include <functional>

#include "actions.h"
#include "addresses.h"
#include "loa/identity/permissions.h"
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

struct Named {
    Catalogue catalogue;
    std::string_view heading, hint;
};
constexpr Named kCatalogues[] = {{Catalogue::Topics, "plan.topics", "plan.topics_hint"},
                                 {Catalogue::Channels, "plan.channels", "plan.channels_hint"}};

const Named* named(const Request& request) {
    for (const auto& entry : kCatalogues)
        if (address_word(entry.catalogue) == request.parameters.text("catalogue")) return &entry;
    return nullptr;
}

View line_view(const Work& work, const CatalogueLine& line, const Refused* refused) {
    View view;
    const std::string id = to_string(line.id);
    const auto* own = refused && refused->form == id ? refused : nullptr;
    view.set("id", id).set("name", shown_value(own, "name", line.name)).set("stored_name", line.name);
    view.set("version", std::to_string(line.version)).set("valid_from", line.valid_from.vietnamese());
    view.set("valid_to", line.valid_to ? line.valid_to->vietnamese() : "").flag("ended", line.valid_to.has_value());
    view.flag("open", own != nullptr);
    set_form_problems(work, view, own);
    return view;
}

Response catalogue_page(Work& work, const Refused* refused, int status) {
    View view;
    view.flag("may_manage", identity::may_throughout(work, kManageCatalogues));
    std::vector<View> catalogues;
    for (const auto& entry : kCatalogues) {
        View item;
        item.set("path", std::string(address_word(entry.catalogue))).set("heading", tr(work, entry.heading)).set("hint", tr(work, entry.hint));
        const auto* adding = refused && refused->form == address_word(entry.catalogue) ? refused : nullptr;
        View form;
        form.set("name", shown_value(adding, "name", ""));
        set_form_problems(work, form, adding);
        item.set("new_entry", std::move(form));
        std::vector<View> lines;
        for (const auto& line : catalogue_lines(work, entry.catalogue)) lines.push_back(line_view(work, line, refused));
        item.flag("none", lines.empty());
        item.set("lines", std::move(lines));
        catalogues.push_back(std::move(item));
    }
    view.set("catalogues", std::move(catalogues));
    if (refused) set_problem_list(work, view, *refused);
    return web::show({"plan/catalogues", tr(work, "plan.catalogues"), std::move(view)}, status);
}

template <class T>
Response answer(const Request& request, Work& work, const std::string& form, const Result<T>& done) {
    if (done) return web::redirect("/danh-muc#" + request.parameters.text("catalogue"));
    const auto& failure = done.failure();
    if (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict) return web::failed(failure);
    const bool adding = form == request.parameters.text("catalogue");
    const Refused refused{form, &request.form, failure, adding ? form : "m" + form, (adding ? "#moi-" : "#n") + form + "-"};
    return catalogue_page(work, &refused, failure.reason == Reason::Invalid ? 422 : 409);
}

struct EntryAct {
    std::string_view name;
    std::function<Result<>(Work&, const CatalogueRef&, const Request&)> act;
};

const std::vector<EntryAct>& entry_acts() {
    static const std::vector<EntryAct> acts{
        {"sua", [](Work& w, const CatalogueRef& entry, const Request& r) { return rename_catalogue_entry(w, entry, r.form.text("name")); }},
        {"ket-thuc", [](Work& w, const CatalogueRef& entry, const Request&) { return end_catalogue_entry(w, entry); }},
        {"dung-lai", [](Work& w, const CatalogueRef& entry, const Request&) { return revive_catalogue_entry(w, entry); }}};
    return acts;
}

void add_post(Registry& registry, const std::string& pattern, std::function<Response(const Request&, Work&)> handler) {
    registry.add(web::Route{.method = web::Method::Post,
                            .pattern = pattern,
                            .access = web::Access::Granted,
                            .verb = std::string(kManageCatalogues.name),
                            .handler = std::move(handler)});
}

}  // namespace

void join_catalogue_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/danh-muc",
                            .access = web::Access::Granted,
                            .verb = std::string(kRead.name),
                            .handler = [](const Request&, Work& work) { return catalogue_page(work, nullptr, 200); }});
    add_post(registry, "/danh-muc/{catalogue:text}", [](const Request& request, Work& work) {
        const auto* entry = named(request);
        if (!entry) return web::not_found();
        return answer(request, work, std::string(address_word(entry->catalogue)), add_catalogue_entry(work, entry->catalogue, request.form.text("name")));
    });
    for (const auto& one : entry_acts())
        add_post(registry, "/danh-muc/{catalogue:text}/{item}/" + std::string(one.name), [act = one.act](const Request& request, Work& work) {
            const auto* entry = named(request);
            if (!entry) return web::not_found();
            const CatalogueRef ref{entry->catalogue, request.id("item"), request.form.number("version").value_or(0)};
            return answer(request, work, to_string(ref.id), act(work, ref, request));
        });
    registry.add(web::NavigationEntry{"identity.section", 830, "plan.catalogues", "settings", "/danh-muc", std::string(kManageCatalogues.name)});
}

}  // namespace loa::plan
