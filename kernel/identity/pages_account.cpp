// /tai-khoan: who I am here, my sessions, my password.
#include <fmt/format.h>

#include <algorithm>
#include <any>
#include <array>
#include <span>

#include "loa/identity/account_links.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/sign_in.h"
#include "loa/web/form_view.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "throttle.h"
#include "tokens.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

/// What the form of the password can be refused for. It is answered by a redirect, as what was typed is never
/// shown again; the address names the reason by its place here.
constexpr std::array<std::string_view, 7> kRefusals{
    "identity.password_wrong",   "identity.password_short",      "identity.password_long",
    "identity.password_common",  "identity.password_not_repeated",
    "identity.too_many_at_once", "identity.password_wait"};

std::string token_of(const Request& request) {
    return request.cookies.raw(web::kSessionCookie);
}

Response refused(std::string_view key) {
    const auto found = std::find(kRefusals.begin(), kRefusals.end(), key);
    return web::redirect(fmt::format("/tai-khoan?loi={}", found - kRefusals.begin()));
}

/// "Chrome trên Android": what its owner knows it by. Browsers name the older ones that they are like, so the
/// order matters.
std::string browser_of(const Work& work, std::string_view agent) {
    using Sign = std::pair<std::string_view, std::string_view>;
    static constexpr Sign kBrowsers[] = {{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"},
                                         {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}};
    static constexpr Sign kSystems[] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
                                        {"Mac OS", "macOS"}, {"Linux", "Linux"}};
    const auto named = [&](std::span<const Sign> signs) {
        for (const auto& [sign, name] : signs)
            if (agent.find(sign) != std::string_view::npos) return std::string(name);
        return std::string();
    };
    const std::string browser = named(kBrowsers), system = named(kSystems);
    if (browser.empty()) return tr(work, "identity.other_browser");
    return system.empty() ? browser : tr(work, "identity.browser_on", {{"browser", browser}, {"system", system}});
}

std::vector<View> session_views(const Request& request, const Work& work) {
    std::vector<View> views;
    for (const SessionLine& session : own_sessions(work, token_of(request))) {
        View view;
        view.set("seen_at", session.seen_at.vietnamese()).set("seen_at_iso", session.seen_at.iso());
        view.set("created_at", session.created_at.vietnamese()).set("address", session.address);
        view.set("browser", browser_of(work, session.agent)).set("agent", session.agent).flag("current", session.current);
        view.set("session", session.name);
        views.push_back(std::move(view));
    }
    return views;
}

/// The form of one's address as it was typed, with what was wrong beside each field; never the password.
void set_refused_address(View& view, const Work& work, const web::Refusal& refusal) {
    web::FormView(work.language, &refusal).into(view);
    for (const Problem& problem : refusal.failure.problems)
        view.set(problem.field == "email" ? "email_problem" : "email_password_problem", tr(work, problem.key, problem.args));
    view.set("typed_email", refusal.typed->text("email"));
}

Response account_page(const Request& request, Work& work, const web::Refusal* refused_address = nullptr, int status = 200) {
    View view;
    const auto person = person_by_id(work, work.actor.person);
    if (!person) return web::not_found();
    view.set("name", person->name).set("sign_in_name", person->sign_in_name).set("typed_email", person->email);
    view.set("email", person->email).flag("email_confirmed", person->email_confirmed).set("version", std::to_string(person->version));
    if (refused_address) set_refused_address(view, work, *refused_address);
    view.flag("second_factor", second_factor_of(work, person->id) == SecondFactor::On);
    view.flag("mail_sent", request.query.has("da-gui"));
    std::vector<View> memberships;
    for (const Membership& membership : memberships_of_person(work, person->id, work.today())) {
        View line;
        line.set("unit", membership.unit_name).set("position", membership.position);
        line.set("role", tr(work, "identity.role." + std::string(code(membership.role))));
        memberships.push_back(std::move(line));
    }
    auto sessions = session_views(request, work);
    view.flag("others", sessions.size() > 1);
    view.set("memberships", std::move(memberships)).set("sessions", std::move(sessions));
    view.flag("has_choice", authorities_of_person(work, person->id).size() > 1);
    const auto refusal = request.query.number("loi");
    if (refusal && *refusal >= 0 && *refusal < static_cast<std::int64_t>(kRefusals.size()))
        view.set("problem", tr(work, kRefusals[static_cast<std::size_t>(*refusal)]));
    view.flag("changed", request.query.has("da-doi"));
    return web::show({"identity/account", tr(work, "identity.account"), std::move(view), ""}, status);
}

Response show_account(const Request& request, Work& work) { return account_page(request, work); }

Response post_end_session(const Request& request, Work& work) {
    const auto done = end_own_session(work, request.parameters.text("session"));
    return done ? web::redirect("/tai-khoan") : web::failed(done.failure());
}

/// The current password in the form of the address: the page has another form that asks for it, with a field of that name.
constexpr std::string_view kAddressPassword = "email_password";

/// What her password is compared with once no transaction is open.
void look_for_hash(Request& request, Work& work) {
    const auto person = person_by_id(work, work.actor.person);
    const auto row = person ? work.db.one("identity.credential_by_name", {person->sign_in_name}) : std::nullopt;
    request.prepared = row ? row->optional_text("password_hash").value_or("") : std::string();
}

std::any compare_password(const Request& request) {
    return password_matches(PasswordHash::stored(std::any_cast<const std::string&>(request.prepared)), request.form.raw(kAddressPassword));
}

/// Whoever found a browser open does not have the password, and her tries count like those at the form of the password.
std::optional<Failure> refusal_of_password(Work& work, const Request& request) {
    const Throttle throttle("", "", token_hash(token_of(request)));
    if (throttle.begin(work) > 0) return invalid(std::string(kAddressPassword), "identity.password_wait");
    const auto& matches = std::any_cast<const Result<bool>&>(request.prepared);
    if (!matches) return invalid(std::string(kAddressPassword), matches.failure().problems.front().key);
    if (!*matches) return invalid(std::string(kAddressPassword), "identity.password_wrong");
    throttle.succeeded(work);
    return std::nullopt;
}

Response refused_address(const Request& request, Work& work, const Failure& failure) {
    const web::Refusal refusal{&request.form, failure};
    Response response = account_page(request, work, &refusal, 422);
    response.counts = true;
    return response;
}

/// One's own address: kept, a link sent there that confirms it, and a letter to the confirmed one that it takes the place of.
Response post_email(const Request& request, Work& work, const Keys& keys) {
    const auto person = person_by_id(work, work.actor.person);
    if (!person) return web::not_found();
    if (const auto refusal = refusal_of_password(work, request)) return refused_address(request, work, *refusal);
    const auto changed = change_person(work, {.person = person->id,
                                              .name = person->name,
                                              .email = request.form.text("email"),
                                              .version = request.form.number("version").value_or(0)});
    if (!changed) {
        if (changed.failure().reason != Reason::Invalid) return web::failed(changed.failure());
        return refused_address(request, work, changed.failure());
    }
    if (const auto told = tell_former_address(work, keys, *person); !told) return web::failed(told.failure());
    if (request.form.text("email").empty()) return web::redirect("/tai-khoan#thu");
    const auto asked = ask_to_confirm_address(work, keys);
    return asked ? web::redirect("/tai-khoan?da-gui=1#thu") : web::failed(asked.failure());
}

Response post_sign_out_everywhere(const Request& request, Work& work) {
    const auto done = sign_out_everywhere(work, token_of(request));
    return done ? web::redirect("/tai-khoan") : web::failed(done.failure());
}

/// What the endpoint learns in its first transaction.
struct Asking {
    Id person;
    Id authority;
    std::string sign_in_name;
    std::string hash;
    std::int64_t wait = 0;
};

Work work_in(storage::Transaction& db, web::Services& services) {
    return {.db = db,
            .ids = services.ids,
            .now = services.clock.now(),
            .authority = {},
            .actor = {},
            .request_id = {}};
}

/// Guesses of the current password count against the session that makes them: whoever found a browser open.
std::optional<Asking> ask(web::Services& services, const Request& request) {
    return services.database.write([&](storage::Transaction& db) -> std::optional<Asking> {
        Work work = work_in(db, services);
        if (!sign_in_work(work, token_of(request))) return std::nullopt;
        const auto person = person_by_id(work, work.actor.person);
        const auto row = db.one("identity.credential_by_name", {person->sign_in_name});
        return Asking{person->id, work.authority, person->sign_in_name, row->text("password_hash"),
                      Throttle("", "", token_hash(token_of(request))).begin(work)};
    });
}

Response post_password(const Request& request, web::Services& services) {
    const auto asking = ask(services, request);
    if (!asking) return web::redirect("/dang-nhap?ve=/tai-khoan");
    if (asking->wait > 0) return refused("identity.password_wait");
    const auto matches =
        password_matches(PasswordHash::stored(asking->hash), request.form.raw("current_password"));
    if (!matches) return refused(matches.failure().problems.front().key);
    if (!*matches) return refused("identity.password_wrong");
    const std::string password = request.form.raw("password");
    if (password != request.form.raw("password_again")) return refused("identity.password_not_repeated");
    const auto hash = hash_password(password, asking->sign_in_name);
    if (!hash) return refused(hash.failure().problems.front().key);
    return services.database.write([&](storage::Transaction& db) {
        Work work = work_in(db, services);
        if (!sign_in_work(work, token_of(request))) return web::redirect("/dang-nhap?ve=/tai-khoan");
        Throttle("", "", token_hash(token_of(request))).succeeded(work);
        const auto done = set_password(work, work.actor.person, *hash, token_of(request));
        return done ? web::redirect("/tai-khoan?da-doi=1") : web::failed(done.failure());
    });
}
}  // namespace

void add_account_pages(Registry& registry) {
    using web::Method;
    registry.add(
        web::Route{.method = Method::Get, .pattern = "/tai-khoan", .verb = {}, .handler = show_account});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/tai-khoan/thoat-noi-khac",
                            .verb = {},
                            .handler = post_sign_out_everywhere});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/tai-khoan/phien/{session:text}/ket-thuc",
                            .verb = {},
                            .handler = post_end_session});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/tai-khoan/thu",
                            .verb = {},
                            .handler = [keys = keys_in(registry)](const Request& request, Work& work) {
                                return post_email(request, work, *keys);
                            },
                            .prepare = compare_password,
                            .look = look_for_hash});
    registry.add(web::Endpoint{Method::Post, "/tai-khoan/mat-khau", post_password});
}

}  // namespace loa::identity
