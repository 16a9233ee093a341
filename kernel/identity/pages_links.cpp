// /lien-ket/…: invitations, resets, addresses; /quen-mat-khau: a stranger asks for a reset.
#include "loa/i18n/catalogue.h"
#include "loa/identity/account_links.h"
#include "loa/identity/people.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "people_rows.h"
#include "throttle.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr std::pair<LinkPurpose, std::string_view> kTitles[] = {{LinkPurpose::Invitation, "identity.link_invitation"},
                                                               {LinkPurpose::Reset, "identity.link_reset"},
                                                               {LinkPurpose::Email, "identity.link_email"}};

std::string title_of(Language language, LinkPurpose wanted) {
    for (const auto& [purpose, title] : kTitles)
        if (purpose == wanted) return i18n::translate(language, title);
    return {};
}

Response page_of(Language language, const std::string& token, const AccountLink& link, std::string_view problem) {
    View view;
    view.set("token", token).set("name", link.person_name).set("sign_in_name", link.sign_in_name);
    view.set("address", link.address).flag("for_password", link.purpose != LinkPurpose::Email);
    view.set("until", link.expires_at.vietnamese());
    view.set("problem", problem.empty() ? "" : i18n::translate(language, problem));
    return web::show({"identity/account_link", title_of(language, link.purpose), std::move(view), ""}, problem.empty() ? 200 : 422);
}

Response show_link(const Request& request, Work& work) {
    const std::string token = request.parameters.text("token");
    const auto link = account_link(work, token);
    return link ? page_of(work.language, token, *link, "") : web::failed(not_found("identity.link_not_good"));
}

/// Hashing happens between two transactions; only the second one uses the link up.
Response post_link(const Request& request, web::Services& services, const Keys& keys) {
    const std::string token = request.parameters.text("token");
    const auto work_in = [&](storage::Transaction& db) {
        return Work{.db = db, .ids = services.ids, .now = services.clock.now(), .authority = {}, .actor = {}, .request_id = {}};
    };
    const auto link = services.database.read([&](storage::Transaction& db) { return account_link(work_in(db), token); });
    if (!link) return web::failed(not_found("identity.link_not_good"));
    if (link->purpose == LinkPurpose::Email) {
        const auto done = services.database.write([&](storage::Transaction& db) {
            Work work = work_in(db);
            return confirm_address_by_link(work, token);
        });
        return done ? web::redirect("/dang-nhap?da=thu") : web::failed(done.failure());
    }
    const Language language = language_of(request);
    const std::string password = request.form.raw("password");
    if (password != request.form.raw("password_again")) return page_of(language, token, *link, "identity.password_not_repeated");
    const auto hash = hash_password(password, link->sign_in_name);
    if (!hash) return page_of(language, token, *link, hash.failure().problems.front().key);
    const auto done = services.database.write([&](storage::Transaction& db) {
        Work work = work_in(db);
        return set_password_by_link(work, keys, token, *hash);
    });
    if (!done) return web::failed(done.failure());
    // The session of whoever is signed in here is not touched: it may be somebody else's.
    Response response = web::redirect("/dang-nhap?da=mat-khau");
    remember_browser(request, response, *done);
    return response;
}

Response show_forgotten(const Request& request, Work& work) {
    View view;
    view.flag("asked", request.query.has("da-gui"));
    return web::show({"identity/forgotten", tr(work, "identity.forgotten"), std::move(view), ""});
}

Response wait_to_ask(const Request& request, const Work& work, std::int64_t seconds) {
    View view;
    view.set("problem", tr(work, "identity.forgotten_wait", {{"seconds", std::to_string(seconds)}}));
    view.set("sign_in_name", request.form.text("sign_in_name"));
    Response response = web::show({"identity/forgotten", tr(work, "identity.forgotten"), std::move(view), ""}, 429);
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
}

/// The answer is the same for every name, there or not.
Response post_forgotten(const Request& request, Work& work) {
    const std::string name = normal_sign_in_name(request.form.text("sign_in_name"));
    const auto person = person_by_sign_in_name(work, name);
    const auto device = known_device(work, request.cookies.raw(kDeviceCookie), person ? person->id : Id{});
    if (const auto wait = Throttle::of_resets(name, request.remote_address, device).begin(work); wait > 0)
        return wait_to_ask(request, work, wait);
    ask_for_reset(work, name);
    return web::redirect("/quen-mat-khau?da-gui=1");
}
}  // namespace

void add_link_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get, .pattern = "/lien-ket/{token:text}", .access = Access::Public, .verb = {}, .handler = show_link});
    registry.add(web::Endpoint{Method::Post, "/lien-ket/{token:text}", [keys = keys_in(registry)](const Request& request, web::Services& services) {
                                   return post_link(request, services, *keys);
                               }});
    registry.add(web::Route{.method = Method::Get, .pattern = "/quen-mat-khau", .access = Access::Public, .verb = {}, .handler = show_forgotten});
    registry.add(web::Route{.method = Method::Post, .pattern = "/quen-mat-khau", .access = Access::Public, .verb = {}, .handler = post_forgotten});
}

}  // namespace loa::identity
