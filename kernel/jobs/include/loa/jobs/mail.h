// E-mail: letters to an address, how this installation sends, and what jobs must be told of people.
// Messages to people go through notify() (notices.h). ADR 0015; docs/howto/send-mail.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/base/language.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/base/secrets.h"
#include "loa/storage/work.h"

namespace loa::jobs {

struct Addressee {
    std::string name;
    std::string address;
    Language language = Language::Vietnamese;
};

/// Where a person's mail goes, if she has an address that was verified. identity registers one.
using AddresseeOf = std::function<std::optional<Addressee>(Work&, Id person)>;
/// The short name of an authority, for the head of a mail and of a digest's parts. identity registers one.
using AuthorityNameOf = std::function<std::string(Work&, Id authority)>;

/// The address as it goes over the wire, in ASCII: "can.bo@xn--hng-ng-…". Nothing when it is no addr-spec of RFC 5321
/// that every server takes: quoted or non-ASCII local parts, line breaks, comments, literals; over 254 bytes.
std::optional<std::string> mail_address(std::string_view text);

/// A mail that no preference holds back: an invitation, a link to set a password, a failed backup. `path` may be a
/// secret: it is sealed in the outbox and shown to nobody there.
struct Letter {
    std::string kind;  // translation key of what it is: "identity.invitation"
    Addressee to;
    std::string subject;                                         // translation keys, filled from `args`
    std::string sentence;
    std::vector<std::pair<std::string, std::string>> args = {};
    std::string button = {};  // translation key of what the link says; with `path`
    std::string path = {};
};

/// Puts it in the outbox, in the transaction of the Work and its authority. Invalid: the address.
Result<Id> post_letter(Work& work, const Keys& keys, const Letter& letter);

enum class MailSecurity { StartTls, Tls, None };
std::string_view code(MailSecurity security);  // "starttls", "tls", "none"
std::optional<MailSecurity> mail_security_from(std::string_view code);

struct MailSettings {
    std::string host;
    int port = 587;
    MailSecurity security = MailSecurity::StartTls;
    std::string user = {};              // empty: no AUTH
    std::string password = {};          // never shown again
    std::string certificate_file = {};  // PEM of the authorities to trust; empty: those of the system
    std::string sender_name;
    std::string sender_address;
    std::string site;          // "https://loa.example.gov.vn": where the links of mails begin
    std::int64_t version = 0;  // 0: none yet
};

/// Is there a password that these keys do not open?
bool mail_password_is_unreadable(storage::Transaction& db, const Keys& keys);
/// Of the installation; nothing before the first save. A password that was sealed with other keys is empty, and has to be
/// entered again.
std::optional<MailSettings> mail_settings(storage::Transaction& db, const Keys& keys);
/// Where links begin, "" while there are no settings.
std::string site_address(storage::Transaction& db);
/// Invalid, by field: what is wrong. An empty password keeps the one before, but only for the same host, port, security
/// and user: who may change settings must not be able to have it sent elsewhere. Conflict: somebody else was faster.
Result<Done> save_mail_settings(Work& work, const Keys& keys, const MailSettings& settings);

/// What became of one talk with the server.
struct MailAnswer {
    enum class Fate {
        Sent,
        Refused,  // for good: the server said 5xx to this mail
        Later,    // not now: 4xx, no connection, no agreement on TLS or sign-in
        Unknown   // the connection was lost after the last dot
    } fate = Fate::Later;
    std::string answer;  // the last words of the server, or of the network; shortened, without secrets
};
/// Sends a test mail now, past the outbox; not inside a transaction. `to` must be a mail_address.
MailAnswer send_test_mail(const MailSettings& settings, const Addressee& to, Instant now);

}  // namespace loa::jobs
