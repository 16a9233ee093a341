#include "attempt_mail.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "letter.h"
#include "loa/base/fault.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/queue.h"
#include "mime.h"
#include "outbox.h"
#include "preferences.h"
#include "smtp.h"

namespace loa::jobs {

namespace {

using Fate = MailAnswer::Fate;

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kTalkSeconds = 300;           // an attempt that began longer ago lives no more
constexpr std::int64_t kFirstDelay = 60;             // before the second attempt; doubles
constexpr std::int64_t kLongestDelay = 4 * 3600;
constexpr std::int64_t kGiveUpAfter = 4 * kDay;      // RFC 5321, 4.5.4.1
constexpr std::int64_t kAskAgainSeconds = 3600;      // whether there are mail settings by now
constexpr std::int64_t kBodiesKept = 30 * kDay;
constexpr std::int64_t kMailsKept = 365 * kDay;
constexpr int kMostUnknowns = 2;                     // a mail of unknown fate is sent once more, not twice

Id mail_in(const Job& job) {
    const auto id = parse_id(std::string_view(boost::json::parse(job.payload).at("mail").as_string()));
    LOA_CHECK(id.has_value());
    return *id;
}

/// What is sent, and to whom.
struct Content {
    Addressee to;
    LetterWords words;
};

/// Why there is nothing to send now: the state that the mail takes instead.
struct Instead {
    MailState state = MailState::Cancelled;
    std::string_view reason;
    std::optional<Instant> next_at = std::nullopt;
};

/// An attempt that has begun: what is left to do is to send it.
struct Begun {
    MailSettings settings;
    std::string address;
    std::string message;
};

MailText mail_text(const MailSettings& settings, const Content& content, std::string message_id, Instant dated_at) {
    return {.sender_name = settings.sender_name.empty() ? content.words.authority : settings.sender_name,
            .sender_address = settings.sender_address,
            .name = content.to.name,
            .address = *mail_address(content.to.address),
            .subject = content.words.subject,
            .text = text_of(content.words),
            .html = html_of(content.words),
            .message_id = std::move(message_id),
            .date = dated_at,
            .unsubscribe = content.words.unsubscribe,
            .language = content.to.language};
}

class Attempt {
  public:
    Attempt(const Registry& registry, Work& work, const Job& job) : registry_(registry), work_(work), job_(job), mail_(mail_in(job)) {}

    std::optional<Begun> begin() {
        const auto row = work_.db.one("jobs.mail_to_send", {work_.authority, mail_});
        if (!row || !is_ours(*row)) return std::nullopt;
        const auto unknowns = row->number("unknowns") + (row->text("state") == code(MailState::Sending) ? 1 : 0);
        if (unknowns >= kMostUnknowns) return settle({MailState::Unknown, "jobs.mail_unknown_twice"}, unknowns);
        auto settings = mail_settings(work_.db, *keys_in(registry_));
        if (!settings) return settle({MailState::Waiting, "jobs.mail_not_set", work_.now.plus_seconds(kAskAgainSeconds)}, unknowns);
        Instead instead;
        auto content = row->optional_id("person_id") ? news(*row, *settings, instead) : letter(*row, *settings, instead);
        if (!content) return settle(instead, unknowns);
        return start(*std::move(settings), *content, unknowns);
    }

    void end(const MailAnswer& answer) {
        const auto row = work_.db.one("jobs.mail_to_send", {work_.authority, mail_});
        if (!row) return;
        const auto unknowns = row->number("unknowns") + (answer.fate == Fate::Unknown ? 1 : 0);
        const auto instead = after(*row, answer, unknowns);
        if (work_.db.run("jobs.end_mail", {work_.authority, mail_, job_.id, code(instead.state), instead.next_at, unknowns, answer.answer,
                                           reason_of(instead), end_of(instead)}) == 0)
            return;
        if (instead.next_at) enqueue_attempt(work_, mail_, *instead.next_at);
        if (instead.state == MailState::Refused) show_in_bell();
    }

  private:
    /// Is it this job's turn? A mail that is being sent by this very job was left so by an attempt that did not live
    /// to tell what became of it.
    bool is_ours(const storage::Row& row) const {
        const auto state = mail_state_from(row.text("state"));
        if (state == MailState::Sending) return row.optional_id("attempt_job") == job_.id;
        const auto next = row.optional_instant("next_at");
        return (state == MailState::Waiting || state == MailState::Unknown) && next && *next <= work_.now;
    }

    /// Null where the server's own words say it all.
    static storage::Value reason_of(const Instead& instead) {
        if (instead.reason.empty()) return {};
        return instead.reason;
    }
    /// Null while there is another attempt to come.
    storage::Value end_of(const Instead& instead) const {
        if (instead.next_at) return {};
        return work_.now;
    }

    std::optional<Begun> settle(const Instead& instead, std::int64_t unknowns) {
        work_.db.run("jobs.settle_mail", {work_.authority, mail_, code(instead.state), instead.next_at, reason_of(instead), end_of(instead),
                                          unknowns});
        if (instead.next_at) enqueue_attempt(work_, mail_, *instead.next_at);
        return std::nullopt;
    }

    Begun start(MailSettings settings, const Content& content, std::int64_t unknowns) {
        const auto domain = settings.sender_address.substr(settings.sender_address.rfind('@') + 1);
        const auto message_id = fmt::format("{}.{}@{}", to_string(mail_), random_token(6), domain);
        const auto row = work_.db.one("jobs.begin_mail", {work_.authority, mail_, job_.id, unknowns, work_.now.plus_seconds(kTalkSeconds),
                                                          content.to.name, content.to.address, content.words.subject, message_id, work_.now});
        // Here, so that words which can't be put together leave the mail as it was, not half sent.
        const auto mail = mail_text(settings, content, row->text("message_id"), row->instant("dated_at"));
        return {std::move(settings), mail.address, mime_message(mail)};
    }

    std::string authority_name(Id authority, const MailSettings& settings) {
        for (const auto& name_of : registry_.all<AuthorityNameOf>())
            if (auto name = name_of(work_, authority); !name.empty()) return name;
        return settings.sender_name;
    }

    std::optional<Content> letter(const storage::Row& row, const MailSettings& settings, Instead& instead) {
        const auto sealed = row.optional_text("letter");
        const auto opened = sealed ? opened_letter(*keys_in(registry_), mail_, *sealed) : std::nullopt;
        if (!opened) {
            instead.reason = sealed ? "jobs.mail_other_keys" : "jobs.mail_forgotten";
            return std::nullopt;
        }
        return Content{opened->to, words_of(*opened, authority_name(work_.authority, settings), settings.site)};
    }

    /// To a person: not while it is quiet, not what she has read by now, and the bell where there is no address.
    std::optional<Content> news(const storage::Row& row, const MailSettings& settings, Instead& instead) {
        const Id person = *row.optional_id("person_id");
        if (const auto at = when_not_quiet(preferences_of(work_, person).quiet, work_.now); at > work_.now) {
            instead = {MailState::Waiting, "jobs.mail_quiet", at};
            return std::nullopt;
        }
        auto unread = work_.db.query("jobs.notices_of_mail", {mail_});
        std::erase_if(unread, [](const storage::Row& notice) { return notice.optional_instant("read_at").has_value(); });
        auto to = addressee(person);
        if (unread.empty() || !to) {
            instead.reason = unread.empty() ? "jobs.mail_read_already" : "jobs.mail_no_address_known";
            show_in_bell();
            return std::nullopt;
        }
        auto words = news_words(row.text("kind"), unread, to->language, settings);
        words.name = to->name;
        return Content{*std::move(to), std::move(words)};
    }

    std::optional<Addressee> addressee(Id person) {
        for (const auto& addressee_of : registry_.all<AddresseeOf>())
            if (auto to = addressee_of(work_, person); to && mail_address(to->address)) return to;
        return std::nullopt;
    }

    LetterWords news_words(const std::string& kind, const storage::Rows& rows, Language language, const MailSettings& settings) {
        LetterWords words{.language = language,
                          .subject = "",
                          .authority = authority_name(work_.authority, settings),
                          .name = "",
                          .parts = parts_of(rows, language, settings),
                          .button = i18n::translate(language, "jobs.mail_open"),
                          .unsubscribe = settings.site + "/tai-khoan/thong-bao"};
        words.subject = kind == kDigest ? i18n::translate(language, "jobs.digest_subject",
                                                          {{"n", std::to_string(rows.size())}, {"day", work_.today().vietnamese()}})
                                        : words.parts.front().lines.front().sentence;
        return words;
    }

    /// Under the authority, where there are several, and what they belong to.
    std::vector<LetterPart> parts_of(const storage::Rows& rows, Language language, const MailSettings& settings) {
        const bool several = rows.front().id("authority_id") != rows.back().id("authority_id");  // they come in order
        std::vector<LetterPart> parts;
        for (const auto& row : rows) {
            const auto message = message_in(row);
            std::string heading = message.about;
            if (several) heading = authority_name(row.id("authority_id"), settings) + (heading.empty() ? "" : ": " + heading);
            if (parts.empty() || parts.back().heading != heading) parts.push_back({heading, {}});
            parts.back().lines.push_back(line_of(message, language, settings.site));
        }
        return parts;
    }

    void show_in_bell() {
        for (const auto& notice : work_.db.query("jobs.notices_of_mail", {mail_}))
            work_.db.run("jobs.show_in_bell", {notice.id("authority_id"), notice.id("id")});
    }

    Instead after(const storage::Row& row, const MailAnswer& answer, std::int64_t unknowns) const {
        switch (answer.fate) {
            case Fate::Sent: return {MailState::Sent, ""};
            case Fate::Refused: return {MailState::Refused, ""};
            case Fate::Unknown:
                if (unknowns >= kMostUnknowns) return {MailState::Unknown, "jobs.mail_unknown_twice"};
                return {MailState::Unknown, "jobs.mail_unknown_once", work_.now.plus_seconds(kFirstDelay)};
            case Fate::Later: break;
        }
        if (row.instant("created_at").plus_seconds(kGiveUpAfter) <= work_.now) return {MailState::Refused, "jobs.mail_given_up"};
        return {MailState::Waiting, "", work_.now.plus_seconds(delay_before_next(row.number("attempts")))};
    }

    /// Doubles, a quarter more or less by chance, so that what failed together does not come back together.
    static std::int64_t delay_before_next(std::int64_t attempts) {
        std::int64_t delay = kFirstDelay;
        for (std::int64_t tried = 1; tried < attempts && delay < kLongestDelay; ++tried) delay *= 2;
        delay = std::min(delay, kLongestDelay);
        const auto chance = static_cast<unsigned char>(random_bytes(1).front());
        return delay - delay / 4 + delay * chance / 2 / 256;
    }

    const Registry& registry_;
    Work& work_;
    const Job& job_;
    Id mail_;
};

SmtpLimits limits_in(const Registry& registry) {
    const auto& all = registry.all<SmtpLimits>();
    return all.empty() ? SmtpLimits{} : all.back();
}

Result<std::any> talk(const Registry& registry, const Job& job, web::Services& services) {
    const auto begun = services.database.write([&](storage::Transaction& db) {
        auto work = system_work(db, services.ids, services.clock.now(), job.authority);
        return Attempt(registry, work, job).begin();
    });
    if (!begun) return std::any(std::optional<MailAnswer>());
    return std::any(std::optional(send_mail(begun->settings, limits_in(registry), begun->address, begun->message)));
}

Result<Done> note_answer(const Registry& registry, Work& work, const Job& job) {
    if (const auto& answer = std::any_cast<const std::optional<MailAnswer>&>(job.outcome)) Attempt(registry, work, job).end(*answer);
    return Done{};
}

Result<Done> forget(Work& work, const Job&) {
    work.db.run("jobs.forget_letters", {work.now.plus_seconds(-kBodiesKept)});
    work.db.run("jobs.forget_mails", {work.now.plus_seconds(-kMailsKept)});
    return Done{};
}

}  // namespace

MailAnswer send_test_mail(const MailSettings& settings, const Addressee& to, Instant now) {
    const Letter letter{.kind = "jobs.test_mail", .to = to, .subject = "jobs.test_mail", .sentence = "jobs.test_mail_sentence", .path = "/"};
    const auto domain = settings.sender_address.substr(settings.sender_address.rfind('@') + 1);
    const Content content{to, words_of(letter, settings.sender_name, settings.site)};
    return send_mail(settings, {}, *mail_address(to.address), mime_message(mail_text(settings, content, random_token(12) + "@" + domain, now)));
}

void join_sending(Registry& registry) {
    registry.add(JobKind{.name = std::string(kSendMail),
                         .handler = [&registry](Work& work, const Job& job) { return note_answer(registry, work, job); },
                         .outside = [&registry](const Job& job, web::Services& services) { return talk(registry, job, services); },
                         .retry = {},
                         .lease_seconds = kTalkSeconds,
                         .at_once = 1});
    registry.add(JobKind{.name = "jobs.forget_mails", .handler = forget});
    registry.add(Schedule{.name = "jobs.forget_mails", .job_kind = "jobs.forget_mails", .daily_at = ClockTime{3, 30}});
}

}  // namespace loa::jobs
