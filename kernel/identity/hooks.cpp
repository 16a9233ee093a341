// What identity does for web: who is it, may they, what does the frame show, was this form handled already.
#include <algorithm>
#include <memory>
#include <utility>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/join.h"
#include "loa/identity/permissions.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/units.h"
#include "loa/jobs/notices.h"
#include "page_parts.h"
#include "session_use.h"
#include "timeline_quiet.h"
#include "tokens.h"

namespace loa::identity {

namespace {
/// The name of the host without its port; "" for what is no name.
std::string host_of(const web::Request& request) {
    const std::string host = lower(request.headers.text("host"));
    return host.substr(0, host.find(':'));
}

void set_authority(web::View& view, const std::string& short_name, const std::string& name, bool demonstration) {
    view.set("authority", short_name).set("authority_name", name);
    if (demonstration) view.flag("demonstration");
}

/// The authority whose host she asks, with what the frame will say of it: a stranger's page needs no more of us.
web::Hooks::Session stranger(const web::Request& request, Work& work) {
    web::Hooks::Session session;
    const auto row = work.db.one("identity.authority_for_host", {host_of(request), work.today()});
    if (!row) return session;
    work.authority = row->id("id");
    set_authority(session.frame, row->text("short_name"), row->text("name"), row->flag("demonstration"));
    return session;
}

web::Hooks::Session sign_in(const web::Request& request, Work& work, SessionUse& use) {
    const std::string token = request.cookies.raw(web::kSessionCookie);
    const std::string hash = token_hash(token);
    if (const auto last = use.last(hash)) read_grants_in_case(work, *last);
    if (!sign_in_work(work, token)) return stranger(request, work);
    use.note(hash, {work.now, work.actor.person, work.authority});
    return {sha256("form " + token)};
}

/// "Phan Thị Ngọc Diễm" → "PD": the first letters of the family name and of the given name.
std::string initials(const std::string& name) {
    const std::string tidy = squeezed(name);
    const auto words = split(tidy, ' ');
    const auto letter = [](std::string_view word) {
        std::string first;
        std::size_t at = 0;
        if (!word.empty()) append_code_point(first, next_code_point(word, at));
        return upper(first);
    };
    return words.size() < 2 ? letter(tidy) : letter(words.front()) + letter(words.back());
}

web::View frame(Work& work, web::View view) {
    if (work.actor.signed_in()) {
        if (!work.actor.grants.empty()) read_unit_ahead(work, work.actor.grants.front().unit);
        jobs::read_unread_notices_ahead(work);
    }
    view.set("accessibility_path", "/tro-nang");
    if (!work.actor.signed_in()) {
        view.set("sign_in_path", "/dang-nhap");
        return view;
    }
    if (const auto authority = authority_by_id(work, work.authority)) set_authority(view, authority->short_name, authority->name, authority->demonstration);
    view.set("person", work.actor.name).set("initials", initials(work.actor.name));
    if (work.actor.acting_for)
        view.set("acting_for", web::View().set("name", work.actor.acting_for_name).set("path", "/tai-khoan/thay-mat/thoi"));
    const auto& grants = work.actor.grants;
    if (std::any_of(grants.begin(), grants.end(), [](const Grant& grant) { return grant.role == kRestingAdministrator; }))
        view.set("warning", web::View()
                                .set("text", tr(work, "identity.keys_rest"))
                                .set("action", tr(work, "identity.second_factor_turn_on"))
                                .set("path", "/tai-khoan/hai-lop"));
    // Whose it is what a page keeps in the browser: hers, for this authority, in this place.
    view.set("owner", to_string(work.authority) + "-" + to_string(work.actor.person) + "-" + to_string(work.actor.acting_for));
    view.set("account_path", "/tai-khoan")
        .set("sign_out_path", "/dang-xuat")
        .set("notices_path", "/thong-bao");
    if (!work.actor.grants.empty())
        if (const auto unit = unit_by_id(work, work.actor.grants.front().unit))
            view.set("unit", unit->short_name);
    if (const auto unread = jobs::unread_notices(work); unread > 0) view.set("unread", unread);
    return view;
}

/// The claim is the lock: of two arrivals at once the second waits here until the first has committed, then
/// finds the row and is given its answer.
std::optional<std::string> answered(Work& work) {
    const storage::Values key{work.authority, work.actor.person, work.request_id};
    if (work.db.run("identity.claim_answer", {key[0], key[1], key[2], work.now}) > 0) return std::nullopt;
    const auto row = work.db.one("identity.answer", key);
    return row ? row->text("location") : std::string();
}

void remember_answer(Work& work, const std::string& location) {
    work.db.run("identity.set_answer", {work.authority, work.actor.person, work.request_id, location});
}
}  // namespace

void SessionUse::note(const std::string& token_hash, const Use& use) {
    const std::lock_guard lock(mutex_);
    seen_[token_hash] = use;
}

std::optional<SessionUse::Use> SessionUse::last(const std::string& token_hash) const {
    const std::lock_guard lock(mutex_);
    const auto found = seen_.find(token_hash);
    return found == seen_.end() ? std::nullopt : std::optional(found->second);
}

bool SessionUse::empty() const {
    const std::lock_guard lock(mutex_);
    return seen_.empty();
}

std::unordered_map<std::string, SessionUse::Use> SessionUse::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(seen_, {});
}

web::Hooks web_hooks(const Registry& registry) {
    const auto& uses = registry.all<std::shared_ptr<SessionUse>>();
    LOA_CHECK(uses.size() == 1);  // join() put it there
    web::Hooks hooks;
    hooks.sign_in_work = [use = uses.front()](const web::Request& request, Work& work) {
        return sign_in(request, work, *use);
    };
    hooks.may = [&registry](const Work& work, std::string_view verb) {
        return may(work, verb_by_name(registry, verb));
    };
    hooks.frame = frame;
    hooks.answered = answered;
    hooks.remember_answer = remember_answer;
    const auto& quiet = registry.all<std::shared_ptr<QuietActs>>();
    LOA_CHECK(quiet.size() == 1);  // join() put it there
    hooks.refused = [quiet = quiet.front()](const Work& work, std::string_view route) {
        quiet->note(work, "identity.refused", route);
    };
    return hooks;
}

}  // namespace loa::identity
