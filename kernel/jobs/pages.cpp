// /thong-bao: what happened since, for the person who is signed in.
#include <fmt/format.h>

#include "attempt_mail.h"
#include "commands_mail.h"
#include "digest.h"
#include "letter.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/mail.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/queue.h"
#include "loa/storage/sealed.h"
#include "loa/storage/snapshot.h"
#include "loa/web/route.h"
#include "message_pages.h"
#include "pages_jobs.h"

namespace loa::jobs {

namespace {

constexpr int kPerPage = 50;
constexpr std::string_view kNoticesPath = "/thong-bao";

web::View shown(const Notice& notice, Language language, const std::string& site) {
    web::View view;
    view.set("id", to_string(notice.id));
    const auto line = line_of(notice.message, language, site);
    view.set("sentence", line.sentence).set("deadline", line.deadline).set("short_text", short_text(line));
    view.set("created_at", notice.created_at.vietnamese());
    view.set("created_at_iso", notice.created_at.iso());
    view.flag("unread", !notice.read_at);
    view.flag("leads_somewhere", !notice.message.path.empty());
    view.flag("openable", !notice.message.path.empty() || !notice.read_at);
    return view;
}

int page_number(const web::Request& request) {
    const auto asked = request.query.number("trang").value_or(1);
    return asked >= 1 && asked <= 10000 ? static_cast<int>(asked) : 1;
}

web::Response show_notices(const web::Request& request, Work& work) {
    const int page = page_number(request);
    auto list = notices(work, kPerPage + 1, (page - 1) * kPerPage);
    const bool more = list.size() > kPerPage;
    if (more) list.pop_back();

    const auto site = site_address(work.db);
    std::vector<web::View> lines;
    for (const auto& notice : list) lines.push_back(shown(notice, work.language, site));
    web::View view;
    view.flag("empty", list.empty() && page == 1);
    view.flag("any", !list.empty());
    view.set("notices", std::move(lines));
    const auto unread = unread_notices(work);
    view.set("unread", unread);
    view.flag("any_unread", unread > 0);
    if (page > 1) view.set("newer_path", fmt::format("{}?trang={}", kNoticesPath, page - 1));
    if (more) view.set("older_path", fmt::format("{}?trang={}", kNoticesPath, page + 1));
    return web::show({"jobs/notices", i18n::translate(work.language, "jobs.notices"), std::move(view), ""});
}

web::Response open_notice(const web::Request& request, Work& work) {
    const auto notice = read_notice(work, request.id());
    if (!notice) return web::failed(notice.failure());
    return web::redirect(notice->message.path.empty() ? std::string(kNoticesPath) : notice->message.path);
}

web::Response open_all_notices(const web::Request&, Work& work) {
    read_all_notices(work);
    return web::redirect(std::string(kNoticesPath));
}

}  // namespace

void join(Registry& registry) {
    using web::Access, web::Method, web::Route;
    registry.add(Route{Method::Get, "/thong-bao", Access::SignedIn, "", show_notices});
    registry.add(Route{Method::Post, "/thong-bao/{id}/doc", Access::SignedIn, "", open_notice});
    registry.add(Route{Method::Post, "/thong-bao/doc-het", Access::SignedIn, "", open_all_notices});
    join_preference_page(registry);
    join_mail_pages(registry);
    join_outbox_page(registry);
    join_forgetting(registry);
    join_mail_commands(registry);
    join_sending(registry);
    join_digest(registry);
    add_job_pages(registry);
    add_job_commands(registry);
    registry.add(storage::SealedValues{"jobs.mail_server_password", [](const Work& work, const Keys& keys) {
                                           return std::int64_t{mail_password_is_unreadable(work.db, keys)};
                                       }});
    registry.add(storage::LeftOut{"jobs_schedule", "schedules are entered anew, and what was due meanwhile runs once"});
    // A job was in the snapshot, so its effects in the database were not: it is done again.
    // A mail that waited then may have been sent since: a person decides whether it goes again.
    registry.add(storage::AfterRestore{"jobs.hold_mails", [](const Registry&, Work& work) { work.db.run("jobs.hold_mails", {"jobs.mail_restored"}); }});
    registry.add(storage::AfterRestore{"jobs.release_leases", [](const Registry&, Work& work) { work.db.run("jobs.release_leases"); }});
}

}  // namespace loa::jobs
