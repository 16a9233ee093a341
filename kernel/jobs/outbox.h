// The table of mails: what waits, what was sent, what became of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/jobs/mail.h"
#include "loa/storage/work.h"

namespace loa::jobs {

inline constexpr std::string_view kSendMail = "jobs.send_mail";
inline constexpr std::string_view kDigest = "jobs.digest";  // the kind of a mail that carries the news of a day

enum class MailState { Waiting, Sending, Sent, Refused, Unknown, Cancelled };
inline constexpr MailState kMailStates[] = {MailState::Waiting, MailState::Sending,  MailState::Sent,
                                            MailState::Refused, MailState::Unknown, MailState::Cancelled};
std::string_view code(MailState state);
std::optional<MailState> mail_state_from(std::string_view code);

/// A mail to a person that carries the notices whose mail_id it is; gives its id. Its job is enqueued for `at`.
Id add_mail(Work& work, Id person, std::string_view kind, Instant at);
/// An attempt at the mail at that time; there may be several such jobs, of which one finds that its time has come.
void enqueue_attempt(Work& work, Id mail, Instant at);

struct Mail {
    Id id;
    std::string kind;
    std::optional<Id> person;
    bool is_letter = false;  // its words may hold a secret
    std::string name, address, subject;  // "" while not known, and after they were forgotten
    MailState state = MailState::Waiting;
    std::int64_t attempts = 0;
    std::optional<Instant> next_at;
    std::string answer, reason;
    Instant created_at;
    std::optional<Instant> ended_at;
};

/// Of Work::authority, newest first; of one state, or all.
std::vector<Mail> mails(Work& work, std::optional<MailState> state, int limit, int offset);
std::map<MailState, std::int64_t> mails_by_state(Work& work);
/// Sends it again, now. Conflict: it was sent, or is being sent.
Result<Done> retry_mail(Work& work, Id mail);
/// Conflict: it is being sent, or has ended.
Result<Done> cancel_mail(Work& work, Id mail);

/// "n…@hongngu.gov.vn"
std::string masked_address(std::string_view address);

}  // namespace loa::jobs
