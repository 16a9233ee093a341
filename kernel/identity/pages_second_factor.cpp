// /tai-khoan/hai-lop: a second factor is turned on, renewed, turned off.
#include <algorithm>

#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/second_factor.h"
#include "loa/web/form_view.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "qr.h"
#include "totp.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kHere = "/tai-khoan/hai-lop";
constexpr std::int64_t kFewCodes = 3;

bool has_resting_keys(const Work& work) {
    const auto& grants = work.actor.grants;
    return std::any_of(grants.begin(), grants.end(), [](const Grant& grant) { return grant.role == kRestingAdministrator; });
}

void set_picture(const Work& work, View& view, const std::string& secret) {
    const auto person = person_by_id(work, work.actor.person);
    const auto authority = authority_by_id(work, work.authority);
    const auto address = totp_address(secret, person->sign_in_name, "Loa " + authority->short_name);
    const auto picture = qr_picture(address);
    view.flag("begun").set("secret", secret).set("address", address);
    view.set("size", std::to_string(picture.size)).set("squares", picture.squares);
}

struct Shown {
    const web::Refusal* refusal = nullptr;
    const std::vector<std::string>* codes = nullptr;
    int status = 200;
};

Response show(Work& work, const Keys& keys, const Shown& shown) {
    View view;
    web::FormView form(work.language, shown.refusal);
    const auto state = second_factor_of(work, work.actor.person);
    const auto secret = state == SecondFactor::Begun ? begun_secret(work, keys) : std::nullopt;
    // One that was begun under other keys of the installation is begun again.
    view.flag("off", !shown.codes && state != SecondFactor::On && !secret).flag("must", has_resting_keys(work));
    if (secret) set_picture(work, view, *secret);
    if (state == SecondFactor::On && !shown.codes) {
        const auto left = recovery_codes_left(work, work.actor.person);
        view.flag("on").set("codes_left", left == 0 ? "0" : std::to_string(left)).flag("few", left < kFewCodes);
    }
    web::Field code{.name = "code", .label = "identity.code", .hint = "identity.code_hint", .autocomplete = "one-time-code", .most_characters = 20};
    if (!secret) code.hint = "identity.code_or_recovery_hint";
    secret ? form.number(code) : form.line(code);
    form.into(view);
    if (shown.codes) {
        std::vector<View> lines;
        for (const auto& each : *shown.codes) lines.push_back(View().set("code", each));
        view.set("codes", View().set("lines", std::move(lines)));
    }
    return web::show({"identity/second_factor", tr(work, "identity.second_factor"), std::move(view), ""}, shown.status);
}

/// A form that holds a code: its refusal stands beside the field.
template <class T>
Response refused(const Request& request, Work& work, const Keys& keys, const Result<T>& done) {
    if (done.failure().reason == Reason::Conflict) return web::failed(done.failure());
    const web::Refusal refusal{&request.form, done.failure()};
    Response response = show(work, keys, {.refusal = &refusal, .status = done.failure().reason == Reason::Unavailable ? 429 : 422});
    response.counts = true;
    return response;
}

Response post_begin(const Request&, Work& work, const Keys& keys) {
    const auto begun = begin_second_factor(work, keys);
    return begun ? web::redirect(std::string(kHere)) : web::failed(begun.failure());
}

Response post_confirm(const Request& request, Work& work, const Keys& keys) {
    const auto codes =
        confirm_second_factor(work, keys, request.form.text("code"), request.cookies.raw(web::kSessionCookie));
    return codes ? show(work, keys, {.codes = &*codes}) : refused(request, work, keys, codes);
}

Response post_renew(const Request& request, Work& work, const Keys& keys) {
    const auto codes = renew_recovery_codes(work, keys, request.form.text("code"));
    return codes ? show(work, keys, {.codes = &*codes}) : refused(request, work, keys, codes);
}

Response post_turn_off(const Request& request, Work& work, const Keys& keys) {
    const auto done = turn_off_second_factor(work, keys, request.form.text("code"));
    return done ? web::redirect(std::string(kHere)) : refused(request, work, keys, done);
}
}  // namespace

void add_second_factor_pages(Registry& registry) {
    using Handler = Response (*)(const Request&, Work&, const Keys&);
    const auto add = [&](web::Method method, std::string pattern, Handler handler) {
        registry.add(web::Route{.method = method,
                                .pattern = std::move(pattern),
                                .verb = {},
                                .handler = [handler, keys = keys_in(registry)](const Request& request, Work& work) {
                                    return handler(request, work, *keys);
                                }});
    };
    const std::string here(kHere);
    add(web::Method::Get, here, [](const Request&, Work& work, const Keys& keys) { return show(work, keys, {}); });
    add(web::Method::Post, here + "/bat", post_begin);
    add(web::Method::Post, here + "/xac-nhan", post_confirm);
    add(web::Method::Post, here + "/ma-du-phong", post_renew);
    add(web::Method::Post, here + "/tat", post_turn_off);
}

}  // namespace loa::identity
