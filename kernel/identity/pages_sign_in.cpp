// /dang-nhap, /dang-xuat, /-/co-quan: in, out, and for whom.
#include "loa/i18n/catalogue.h"
#include "loa/identity/authorities.h"
#include "loa/identity/sign_in.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kHalfCookie = "loa_half";  // between the password and the code

Response show_sign_in(const Request& request, Work& work) {
    const std::string wanted = own_path(request.query.text("ve"));
    if (work.actor.signed_in()) return web::redirect(wanted);
    View view;
    view.set("back", wanted);
    const std::string done = request.query.text("da");
    view.set("done", done == "mat-khau" ? tr(work, "identity.password_is_set") : done == "thu" ? tr(work, "identity.address_is_confirmed") : "");
    return web::show({"identity/sign_in", tr(work, "identity.sign_in"), std::move(view), ""});
}

Response refused_form(const Request& request, std::string page, const Failure& failure) {
    const Language language = language_of(request);
    View view;
    view.set("back", own_path(request.form.text("ve")))
        .set("sign_in_name", request.form.text("sign_in_name"));
    const Problem& problem = failure.problems.front();
    view.set("problem", i18n::translate(language, problem.key, problem.args));
    Response response =
        web::show({std::move(page), i18n::translate(language, "identity.sign_in_refused_title"),
                   std::move(view), ""},
                  failure.reason == Reason::Unavailable ? 429 : 422);
    for (const auto& [name, text] : problem.args)
        if (name == "seconds") response.headers.emplace_back("Retry-After", text);
    return response;
}

Response let_in(const Request& request, const SignedIn& signed_in, const std::string& wanted) {
    Response response = web::redirect(signed_in.has_choice ? "/-/co-quan?ve=" + query_encoded(wanted) : wanted);
    set_cookie(request, response, web::kSessionCookie, signed_in.token, kSessionSeconds);
    remember_browser(request, response, signed_in.device);
    return response;
}

Response post_sign_in(const Request& request, web::Services& services) {
    const auto signed_in = sign_in(services, {.sign_in_name = request.form.text("sign_in_name"),
                                              .password = request.form.raw("password"),
                                              .address = request.remote_address,
                                              .agent = request.headers.text("user-agent"),
                                              .device = request.cookies.raw(kDeviceCookie),
                                              .replaces = request.cookies.raw(web::kSessionCookie)});
    if (!signed_in) return refused_form(request, "identity/sign_in", signed_in.failure());
    const std::string wanted = own_path(request.form.text("ve"));
    if (!signed_in->half.empty()) {
        Response response = web::redirect("/dang-nhap/ma?ve=" + query_encoded(wanted));
        set_cookie(request, response, kHalfCookie, signed_in->half, kHalfSignInSeconds);
        return response;
    }
    return let_in(request, *signed_in, wanted);
}

Response show_code(const Request& request, Work& work) {
    const std::string wanted = own_path(request.query.text("ve"));
    if (work.actor.signed_in()) return web::redirect(wanted);
    if (request.cookies.raw(kHalfCookie).empty()) return web::redirect("/dang-nhap?ve=" + query_encoded(wanted));
    View view;
    view.set("back", wanted);
    return web::show({"identity/sign_in_code", tr(work, "identity.second_step"), std::move(view), ""});
}

Response post_code(const Request& request, web::Services& services, const Keys& keys) {
    const std::string recovery = request.form.text("recovery");
    const auto signed_in = sign_in_by_code(services, keys, {.half = request.cookies.raw(kHalfCookie),
                                                            .code = recovery.empty() ? request.form.text("code") : recovery,
                                                            .address = request.remote_address,
                                                            .agent = request.headers.text("user-agent"),
                                                            .device = request.cookies.raw(kDeviceCookie),
                                                            .replaces = request.cookies.raw(web::kSessionCookie)});
    if (!signed_in) return refused_form(request, "identity/sign_in_code", signed_in.failure());
    Response response = let_in(request, *signed_in, own_path(request.form.text("ve")));
    set_cookie(request, response, kHalfCookie, "", 0);
    return response;
}

Response post_sign_out(const Request& request, Work& work) {
    // Nothing to refuse: whoever has no session is out already.
    static_cast<void>(sign_out(work, request.cookies.raw(web::kSessionCookie)));
    Response response = web::redirect("/");
    set_cookie(request, response, web::kSessionCookie, "", 0);
    return response;
}

Response show_choice(const Request& request, Work& work) {
    std::vector<View> list;
    for (const Authority& authority : authorities_of_person(work, work.actor.person)) {
        View line;
        line.set("id", to_string(authority.id)).set("name", authority.name);
        line.set("level", tr(work, "identity.level." + std::string(code(authority.level))));
        line.flag("current", authority.id == work.authority);
        list.push_back(std::move(line));
    }
    View view;
    view.flag("several", list.size() > 1);
    view.set("authorities", std::move(list)).set("back", own_path(request.query.text("ve")));
    return web::show(
        {"identity/choose_authority", tr(work, "identity.choose_authority"), std::move(view), ""});
}

Response post_choice(const Request& request, Work& work) {
    const auto authority = request.form.id("authority");
    if (!authority) return web::not_found();
    const auto chosen = choose_authority(work, request.cookies.raw(web::kSessionCookie), *authority);
    if (!chosen) return web::failed(chosen.failure());
    return web::redirect(own_path(request.form.text("ve")));
}
}  // namespace

void add_sign_in_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/dang-nhap",
                            .access = Access::Public,
                            .verb = {},
                            .handler = show_sign_in});
    registry.add(web::Endpoint{Method::Post, "/dang-nhap", post_sign_in});
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/dang-nhap/ma",
                            .access = Access::Public,
                            .verb = {},
                            .handler = show_code});
    registry.add(web::Endpoint{Method::Post, "/dang-nhap/ma",
                               [keys = keys_in(registry)](const Request& request, web::Services& services) {
                                   return post_code(request, services, *keys);
                               }});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/dang-xuat",
                            .access = Access::Public,
                            .verb = {},
                            .handler = post_sign_out});
    registry.add(
        web::Route{.method = Method::Get, .pattern = "/-/co-quan", .verb = {}, .handler = show_choice});
    registry.add(
        web::Route{.method = Method::Post, .pattern = "/-/co-quan", .verb = {}, .handler = post_choice});
}

}  // namespace loa::identity
