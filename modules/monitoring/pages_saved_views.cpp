// /theo-doi/cach-xem: the ways of filtering that a person keeps. Nobody else sees them.
#include "line_view.h"
#include "loa/web/route.h"
#include "pages.h"
#include "saved_view.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kPath = "/theo-doi/cach-xem";

Response page(Work& work, const Request* request, const Failure* failure, int status) {
    View view;
    std::vector<View> views, problems;
    for (const auto& each : saved_views(work)) views.push_back(View().set("id", to_string(each.id)).set("name", each.name).set("path", each.path));
    view.flag("any", !views.empty()).set("views", std::move(views)).flag("refused", failure != nullptr);
    if (failure) {
        view.set("typed", request->form.raw("name")).set("list_path", request->form.text("path"));
        for (const auto& problem : failure->problems) {
            const auto text = tr(work, problem.key, problem.args);
            problems.push_back(View().set("text", text).set("link", "#name"));
            if (problem.field == "name") view.set("error_name", text);
        }
        view.flag("has_problems").set("problems", std::move(problems));
    }
    return web::show({"monitoring/saved_views", tr(work, "monitoring.saved_views"), std::move(view)}, status);
}

Response show(const Request&, Work& work) { return page(work, nullptr, nullptr, 200); }

Response keep(const Request& request, Work& work) {
    const auto path = request.form.text("path");
    const auto done = keep_view(work, request.form.text("name"), path);
    if (done) return web::redirect(path);
    return page(work, &request, &done.failure(), done.failure().reason == Reason::Invalid ? 422 : 409);
}

Response remove(const Request& request, Work& work) {
    const auto done = delete_view(work, request.id());
    return done ? web::redirect(std::string(kPath)) : web::failed(done.failure());
}

}  // namespace

void join_saved_view_pages(Registry& registry) {
    const auto add = [&](web::Method method, std::string_view rest, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method, .pattern = std::string(kPath) + std::string(rest), .access = web::Access::SignedIn, .handler = handler});
    };
    add(web::Method::Get, "", show);
    add(web::Method::Post, "", keep);
    add(web::Method::Post, "/{id}/xoa", remove);
}

}  // namespace loa::monitoring
