// /quan-tri/hop-thu-di: the mails of the authority, what became of each, and what can be done about it.
#include <fmt/format.h>

#include <functional>

#include "letter.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/acts.h"
#include "loa/web/route.h"
#include "message_pages.h"
#include "outbox.h"

namespace loa::jobs {

namespace {

constexpr std::string_view kPath = "/quan-tri/hop-thu-di";
constexpr int kPerPage = 50;

std::string_view tag_of(MailState state) {
    switch (state) {
        case MailState::Sent: return "tag--ok";
        case MailState::Sending: return "tag--run";
        case MailState::Unknown: return "tag--warn";
        case MailState::Refused: return "tag--late";
        case MailState::Waiting:
        case MailState::Cancelled: return "";
    }
    return "";
}

std::string state_text(MailState state, Language language) {
    return i18n::translate(language, fmt::format("jobs.mail_state.{}", code(state)));
}

/// What kind of mail it is, where nobody has written its subject yet.
std::string kind_text(const Registry& registry, const Mail& mail, Language language) {
    for (const auto& kind : registry.all<MessageKind>())
        if (kind.name == mail.kind) return i18n::translate(language, kind.label);
    return i18n::translate(language, mail.kind);
}

/// Of the notices that it carries for this authority; a letter's words may hold a secret and show nowhere.
std::string short_text_of(Work& work, const Mail& mail, const std::string& site) {
    if (mail.is_letter) return "";
    std::string text;
    for (const auto& row : work.db.query("jobs.notices_of_mail", {mail.id}))
        if (row.id("authority_id") == work.authority)
            text += (text.empty() ? "" : "\n\n") + short_text(line_of(message_in(row), work.language, site));
    return text;
}

web::View view_of(const Registry& registry, Work& work, const Mail& mail, const std::string& site) {
    const auto subject = mail.subject.empty() ? kind_text(registry, mail, work.language) : mail.subject;
    const auto time = [](std::optional<Instant> at) { return at ? at->vietnamese() : std::string(); };
    web::View view;
    view.set("id", to_string(mail.id)).set("subject", subject).set("sentence", subject);
    view.set("name", mail.name).set("address", masked_address(mail.address));
    view.set("state", state_text(mail.state, work.language)).set("tag", tag_of(mail.state));
    view.set("created_at", mail.created_at.vietnamese()).set("created_at_iso", mail.created_at.iso());
    view.set("attempts", mail.attempts == 0 ? ""
                                            : i18n::translate(work.language, "jobs.mail_attempts", {{"n", std::to_string(mail.attempts)}}));
    view.set("next_at", mail.state == MailState::Sending ? "" : time(mail.next_at)).set("ended_at", time(mail.ended_at));
    view.set("reason", mail.reason.empty() ? "" : i18n::translate(work.language, mail.reason)).set("answer", mail.answer);
    view.set("short_text", short_text_of(work, mail, site));
    const bool is_stuck = mail.state == MailState::Sending && mail.next_at && *mail.next_at < work.now;
    view.flag("may_retry", is_stuck || (mail.state != MailState::Sent && mail.state != MailState::Sending));
    view.flag("may_cancel", mail.state == MailState::Waiting || mail.state == MailState::Unknown);
    return view;
}

std::string address(std::optional<MailState> state, int page) {
    return fmt::format("{}?trang-thai={}&trang={}", kPath, state ? code(*state) : "", page);
}

std::vector<web::View> state_views(Work& work, std::optional<MailState> chosen) {
    const auto counts = mails_by_state(work);
    std::vector<web::View> views;
    const auto add = [&](std::optional<MailState> state, const std::string& label, std::int64_t count) {
        web::View view;
        view.set("path", state ? fmt::format("{}?trang-thai={}", kPath, code(*state)) : std::string(kPath)).set("label", label);
        view.flag("current", state == chosen).set("count", count > 0 ? i18n::translate(work.language, "jobs.mail_count", {{"n", std::to_string(count)}}) : "");
        views.push_back(std::move(view));
    };
    add(std::nullopt, i18n::translate(work.language, "jobs.mail_state.all"), 0);
    for (const auto state : kMailStates) {
        const auto found = counts.find(state);
        add(state, state_text(state, work.language), found == counts.end() ? 0 : found->second);
    }
    return views;
}

web::Response show_outbox(const Registry& registry, const web::Request& request, Work& work) {
    const auto asked = request.query.number("trang").value_or(1);
    const int page = asked >= 1 && asked <= 10'000 ? static_cast<int>(asked) : 1;
    const auto state = mail_state_from(request.query.text("trang-thai"));
    auto list = mails(work, state, kPerPage + 1, (page - 1) * kPerPage);
    const bool more = list.size() > kPerPage;
    if (more) list.pop_back();
    const auto site = site_address(work.db);
    std::vector<web::View> lines;
    for (const auto& mail : list) lines.push_back(view_of(registry, work, mail, site));
    web::View view;
    view.flag("none", lines.empty()).set("mails", std::move(lines)).set("states", state_views(work, state));
    view.flag("test_sent", request.query.has("da-gui-thu"));
    view.set("newer_path", page > 1 ? address(state, page - 1) : "").set("older_path", more ? address(state, page + 1) : "");
    return web::show({"jobs/outbox", i18n::translate(work.language, "jobs.outbox"), std::move(view)});
}

using DoToMail = Result<Done> (*)(Work&, Id);

std::function<web::Response(const web::Request&, Work&)> doing(const Registry& registry, DoToMail act, std::string_view event) {
    return [&registry, act, event](const web::Request& request, Work& work) {
        const auto done = act(work, request.id());
        if (!done) return web::failed(done.failure());
        tell(registry, work, {"jobs.mail", request.id(), event});
        return web::redirect(std::string(kPath));
    };
}

}  // namespace

void join_outbox_page(Registry& registry) {
    using web::Access, web::Method, web::Route;
    const std::string verb(kManageSettings);
    registry.add(Route{.method = Method::Get,
                       .pattern = std::string(kPath),
                       .access = Access::Granted,
                       .verb = verb,
                       .handler = [&registry](const web::Request& request, Work& work) { return show_outbox(registry, request, work); }});
    registry.add(Route{.method = Method::Post,
                       .pattern = fmt::format("{}/{{id}}/gui-lai", kPath),
                       .access = Access::Granted,
                       .verb = verb,
                       .handler = doing(registry, retry_mail, "jobs.mail_retried")});
    registry.add(Route{.method = Method::Post,
                       .pattern = fmt::format("{}/{{id}}/huy", kPath),
                       .access = Access::Granted,
                       .verb = verb,
                       .handler = doing(registry, cancel_mail, "jobs.mail_given_up_by_hand")});
    registry.add(web::NavigationEntry{"identity.section", 860, "jobs.outbox", "inbox", std::string(kPath), verb});
    registry.add(web::NavigationEntry{"identity.section", 861, "jobs.mail_settings", "settings", "/quan-tri/thu-dien-tu", verb});
}

}  // namespace loa::jobs
