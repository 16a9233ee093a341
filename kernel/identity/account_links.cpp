#include "loa/identity/account_links.h"

#include <boost/json.hpp>

#include "account_jobs.h"
#include "codes.h"
#include "loa/base/check.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/mail.h"
#include "loa/jobs/queue.h"
#include "people_rows.h"
#include "tokens.h"

namespace loa::identity {

namespace {
constexpr std::int64_t kHour = 60 * 60;
constexpr std::int64_t kPause = 10 * 60;

constexpr Codes<LinkPurpose, 3> kCodes{
    {{LinkPurpose::Invitation, "invitation"}, {LinkPurpose::Reset, "reset"}, {LinkPurpose::Email, "email"}}};

/// How long a link of each purpose is good, and the words of its mail.
struct Kind {
    LinkPurpose purpose;
    std::int64_t seconds;
    std::string_view subject, sentence, button;  // translation keys; the subject also names the kind in the outbox
};
constexpr Kind kKinds[] = {
    {LinkPurpose::Invitation, 7 * 24 * kHour, "identity.mail_invitation", "identity.mail_invitation_text", "identity.mail_set_password"},
    {LinkPurpose::Reset, kHour, "identity.mail_reset", "identity.mail_reset_text", "identity.mail_set_password"},
    {LinkPurpose::Email, kHour, "identity.mail_confirm", "identity.mail_confirm_text", "identity.mail_confirm_button"}};

const Kind& kind_of(LinkPurpose purpose) {
    for (const Kind& kind : kKinds)
        if (kind.purpose == purpose) return kind;
    LOA_CHECK(false);
    return kKinds[0];
}

Ref ref_of(const Work& work, Id person) {
    return {"identity.person", work.authority, person};
}

/// The path of a new link; those of the same purpose before it end.
std::string new_link(Work& work, const Person& person, LinkPurpose purpose, const std::string& address) {
    const std::string token = random_token();
    const Kind& kind = kind_of(purpose);
    work.db.run("identity.end_account_links", {person.id, code(purpose)});
    work.db.run("identity.add_account_link", {token_hash(token), person.id, work.authority, code(purpose), address,
                                              work.actor.person, work.now, work.now.plus_seconds(kind.seconds)});
    return "/lien-ket/" + token;
}

Result<> post_link(Work& work, const Keys& keys, const Person& person, LinkPurpose purpose) {
    const Kind& kind = kind_of(purpose);
    const auto path = new_link(work, person, purpose, person.email);
    const auto posted = jobs::post_letter(work, keys,
                                          {.kind = std::string(kind.subject),
                                           .to = {person.name, person.email, work.language},
                                           .subject = std::string(kind.subject),
                                           .sentence = std::string(kind.sentence),
                                           .args = {{"name", person.name}, {"sign_in_name", person.sign_in_name}},
                                           .button = std::string(kind.button),
                                           .path = path});
    if (!posted) return posted.failure();
    return Done{};
}

/// A letter, because whoever used the link could read away a notice, or switch it off.
Result<> tell_owner(Work& work, const Keys& keys, Id id) {
    const auto person = person_by_id(work, id);
    if (!person || !person->email_confirmed) return Done{};
    const auto posted = jobs::post_letter(work, keys,
                                          {.kind = "identity.mail_password_set",
                                           .to = {person->name, person->email, work.language},
                                           .subject = "identity.mail_password_set",
                                           .sentence = "identity.mail_password_set_text",
                                           .args = {{"sign_in_name", person->sign_in_name}, {"at", work.now.vietnamese()}}});
    if (!posted) return posted.failure();
    return Done{};
}

/// Ends the link, and confirms the address it came from: whoever holds it reads the mail there.
enum class Use { Password, Address };
Result<AccountLink> used_link(Work& work, std::string_view token, Use use) {
    const auto link = account_link(work, token);
    const bool fits = link && (link->purpose == LinkPurpose::Email) == (use == Use::Address);
    if (!fits || work.db.run("identity.use_account_link", {token_hash(token), work.now}) == 0)
        return not_found("identity.link_not_good");
    if (!link->address.empty()) work.db.run("identity.confirm_email", {link->person, link->address, work.now});
    work.authority = link->authority;
    work.actor = {.person = link->person, .name = link->person_name};
    return *link;
}
}  // namespace

std::string_view code(LinkPurpose purpose) {
    return code_in(kCodes, purpose);
}

std::optional<AccountLink> account_link(const Work& work, std::string_view token) {
    if (token.empty()) return std::nullopt;
    const auto row = work.db.one("identity.account_link", {token_hash(token), work.now});
    if (!row) return std::nullopt;
    return AccountLink{.person = row->id("person_id"),
                       .authority = row->id("authority_id"),
                       .person_name = row->text("name"),
                       .sign_in_name = row->text("sign_in_name"),
                       .purpose = from_code(kCodes, row->text("purpose")).value_or(LinkPurpose::Reset),
                       .address = row->text("address"),
                       .expires_at = row->instant("expires_at")};
}

Result<std::string> make_password_link(Work& work, const Keys& keys, Id id, LinkPurpose purpose, LinkWay way) {
    LOA_CHECK(purpose != LinkPurpose::Email);
    const auto person = person_in_our_care(work, id);
    if (!person) return person.failure();
    if (!person->active) return conflict("identity.account_is_stopped");
    if (way == LinkWay::Mail && person->email.empty()) return invalid("email", "identity.no_address");
    const bool by_mail = way == LinkWay::Mail;
    record(work, ref_of(work, id), by_mail ? "identity.link_sent" : "identity.link_handed_over", {{"link", "", std::string(code(purpose))}});
    if (!by_mail) return new_link(work, *person, purpose, "");
    if (const auto posted = post_link(work, keys, *person, purpose); !posted) return posted.failure();
    return std::string();
}

void ask_for_reset(Work& work, std::string_view sign_in_name) {
    const boost::json::object payload{{"name", normal_sign_in_name(sign_in_name)}};
    jobs::enqueue(work, "identity.send_reset", boost::json::serialize(payload));
}

Result<> send_reset(Work& work, const Keys& keys, const std::string& payload) {
    const auto name = std::string(boost::json::parse(payload).as_object().at("name").as_string());
    const auto person = person_by_sign_in_name(work, name);
    if (!person || !person->active || person->email.empty() || !person->email_confirmed) return Done{};
    const auto last = work.db.one("identity.last_account_link", {person->id, code(LinkPurpose::Reset)});
    const auto sent = last ? last->optional_instant("created_at") : std::nullopt;
    if (sent && work.now < sent->plus_seconds(kPause)) return Done{};
    work.authority = person->home_authority;
    record(work, ref_of(work, person->id), "identity.reset_asked_for");
    return post_link(work, keys, *person, LinkPurpose::Reset);
}

Result<> ask_to_confirm_address(Work& work, const Keys& keys) {
    const auto person = person_by_id(work, work.actor.person);
    if (!person) return forbidden();
    if (person->email.empty()) return invalid("email", "identity.no_address");
    return post_link(work, keys, *person, LinkPurpose::Email);
}

Result<> tell_former_address(Work& work, const Keys& keys, const Person& before) {
    const auto now = person_by_id(work, before.id);
    if (!before.email_confirmed || (now && now->email == before.email)) return Done{};
    const auto posted = jobs::post_letter(work, keys,
                                          {.kind = "identity.mail_address_changed",
                                           .to = {before.name, before.email, work.language},
                                           .subject = "identity.mail_address_changed",
                                           .sentence = "identity.mail_address_changed_text",
                                           .args = {{"sign_in_name", before.sign_in_name}, {"at", work.now.vietnamese()}}});
    if (!posted) return posted.failure();
    return Done{};
}

Result<std::string> set_password_by_link(Work& work, const Keys& keys, std::string_view token, const PasswordHash& password) {
    const auto link = used_link(work, token, Use::Password);
    if (!link) return link.failure();
    if (const auto set = set_password(work, link->person, password); !set) return set.failure();
    if (const auto told = tell_owner(work, keys, link->person); !told) return told.failure();
    std::string device = random_token();
    work.db.run("identity.add_device", {token_hash(device), link->person, work.now});
    return device;
}

Result<> confirm_address_by_link(Work& work, std::string_view token) {
    const auto link = used_link(work, token, Use::Address);
    if (!link) return link.failure();
    record(work, ref_of(work, link->person), "identity.email_confirmed");
    return Done{};
}

}  // namespace loa::identity
