#include "outbox.h"

#include <boost/json.hpp>

#include "letter.h"
#include "loa/jobs/queue.h"

namespace loa::jobs {

std::string_view code(MailState state) {
    switch (state) {
        case MailState::Waiting: return "waiting";
        case MailState::Sending: return "sending";
        case MailState::Sent: return "sent";
        case MailState::Refused: return "refused";
        case MailState::Unknown: return "unknown";
        case MailState::Cancelled: return "cancelled";
    }
    return "waiting";
}

std::optional<MailState> mail_state_from(std::string_view text) {
    for (const auto state : kMailStates)
        if (code(state) == text) return state;
    return std::nullopt;
}

void enqueue_attempt(Work& work, Id mail, Instant at) {
    enqueue(work, kSendMail, boost::json::serialize(boost::json::object{{"mail", to_string(mail)}}), {.unique_key = {}, .run_at = at});
}

Id add_mail(Work& work, Id person, std::string_view kind, Instant at) {
    const Id id = work.new_id();
    const auto nothing = std::optional<std::string>();
    work.db.run("jobs.add_mail", {work.authority, id, kind, person, nothing, nothing, nothing, at, work.now});
    enqueue_attempt(work, id, at);
    return id;
}

Result<Id> post_letter(Work& work, const Keys& keys, const Letter& letter) {
    if (!mail_address(letter.to.address)) return invalid("address", "jobs.no_mail_address");
    const Id id = work.new_id();
    const auto none = std::optional<Id>();
    work.db.run("jobs.add_mail", {work.authority, id, letter.kind, none, sealed_letter(keys, id, letter), letter.to.name,
                                  letter.to.address, work.now, work.now});
    enqueue_attempt(work, id, work.now);
    return id;
}

std::vector<Mail> mails(Work& work, std::optional<MailState> state, int limit, int offset) {
    storage::ListRequest request{.filters = {}, .order = "newest", .limit = limit, .offset = offset};
    if (state) request.filters.emplace_back("state", code(*state));
    std::vector<Mail> list;
    for (const auto& row : work.db.list("jobs.mails", {work.authority}, request))
        list.push_back({.id = row.id("id"),
                        .kind = row.text("kind"),
                        .person = row.optional_id("person_id"),
                        .is_letter = !row.optional_id("person_id"),
                        .name = row.optional_text("name").value_or(""),
                        .address = row.optional_text("address").value_or(""),
                        .subject = row.optional_text("subject").value_or(""),
                        .state = *mail_state_from(row.text("state")),
                        .attempts = row.number("attempts"),
                        .next_at = row.optional_instant("next_at"),
                        .answer = row.optional_text("answer").value_or(""),
                        .reason = row.optional_text("reason").value_or(""),
                        .created_at = row.instant("created_at"),
                        .ended_at = row.optional_instant("ended_at")});
    return list;
}

std::map<MailState, std::int64_t> mails_by_state(Work& work) {
    std::map<MailState, std::int64_t> counts;
    for (const auto& row : work.db.query("jobs.mails_by_state", {work.authority}))
        counts[*mail_state_from(row.text("state"))] = row.number("mails");
    return counts;
}

Result<Done> retry_mail(Work& work, Id mail) {
    if (work.db.run("jobs.retry_mail", {work.authority, mail, work.now}) == 0) return conflict("jobs.mail_cannot_be_retried");
    enqueue_attempt(work, mail, work.now);
    return Done{};
}

Result<Done> cancel_mail(Work& work, Id mail) {
    if (work.db.run("jobs.cancel_mail", {work.authority, mail, work.now, "jobs.mail_cancelled_by_hand"}) == 0) return conflict("jobs.mail_cannot_be_cancelled");
    return Done{};
}

std::string masked_address(std::string_view address) {
    const auto at = address.rfind('@');
    if (at == std::string_view::npos || at == 0) return "";
    return std::string(address.substr(0, 1)) + "…" + std::string(address.substr(at));
}

}  // namespace loa::jobs
