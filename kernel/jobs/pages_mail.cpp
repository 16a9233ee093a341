// /quan-tri/thu-dien-tu: how this installation sends mail, and a test of it.
#include <fmt/format.h>

#include <algorithm>

#include "loa/i18n/catalogue.h"
#include "loa/jobs/acts.h"
#include "loa/jobs/mail.h"
#include "loa/web/route.h"
#include "message_pages.h"

namespace loa::jobs {

namespace {

constexpr std::string_view kPath = "/quan-tri/thu-dien-tu";
constexpr std::string_view kOutboxPath = "/quan-tri/hop-thu-di";

std::string error_of(const std::vector<Problem>& problems, std::string_view field, Language language) {
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Problem& problem) { return problem.field == field; });
    return found == problems.end() ? "" : i18n::translate(language, found->key, found->args);
}

std::vector<web::View> field_views(const MailSettings& settings, const std::vector<Problem>& problems, Language language) {
    struct Field {
        const char *name, *label, *hint;
        std::string value;
    };
    const Field fields[] = {
        {"host", "jobs.mail_host", "jobs.mail_host_hint", settings.host},
        {"port", "jobs.mail_port", "jobs.mail_port_hint", std::to_string(settings.port)},
        {"user", "jobs.mail_user", "jobs.mail_user_hint", settings.user},
        {"certificate_file", "jobs.mail_certificate_file", "jobs.mail_certificate_file_hint", settings.certificate_file},
        {"sender_name", "jobs.mail_sender_name", "jobs.mail_sender_name_hint", settings.sender_name},
        {"sender_address", "jobs.mail_sender_address", "jobs.mail_sender_address_hint", settings.sender_address},
        {"site", "jobs.mail_site", "jobs.mail_site_hint", settings.site}};
    std::vector<web::View> views;
    for (const auto& [name, label, hint, value] : fields) {
        web::View view;
        view.set("id", name).set("name", name).set("label", i18n::translate(language, label)).set("hint", i18n::translate(language, hint));
        view.set("value", value).set("error", error_of(problems, name, language));
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<Choice> securities(Language language) {
    std::vector<Choice> choices;
    for (const auto security : {MailSecurity::StartTls, MailSecurity::Tls, MailSecurity::None})
        choices.push_back({std::string(code(security)), i18n::translate(language, fmt::format("jobs.mail_security.{}", code(security)))});
    return choices;
}

web::Response page(Work& work, const MailSettings& settings, const std::vector<Problem>& problems, const web::Request& request) {
    web::View view;
    view.set("fields", field_views(settings, problems, work.language));
    view.set("securities", choice_views(securities(work.language), code(settings.security)));
    view.set("version", std::to_string(settings.version)).flag("has_password", !settings.password.empty());
    view.flag("is_set", settings.version > 0).flag("saved", request.query.has("da-luu"));
    view.set("test_address", request.form.text("test_address"));
    set_problems(view, work.language, problems);
    return web::show({"jobs/mail_settings", i18n::translate(work.language, "jobs.mail_settings"), std::move(view)},
                     problems.empty() ? 200 : 422);
}

MailSettings settings_now(const Registry& registry, Work& work) {
    return mail_settings(work.db, *keys_in(registry)).value_or(MailSettings{});
}

MailSettings asked(const web::Fields& form) {
    const auto port = form.number("port").value_or(0);
    MailSettings settings;
    settings.host = form.text("host");
    settings.port = port >= 1 && port <= 65535 ? static_cast<int>(port) : 0;
    settings.security = mail_security_from(form.text("security")).value_or(MailSecurity::StartTls);
    settings.user = form.text("user");
    settings.password = form.raw("password");
    settings.certificate_file = form.text("certificate_file");
    settings.sender_name = form.text("sender_name");
    settings.sender_address = form.text("sender_address");
    settings.site = form.text("site");
    settings.version = form.number("version").value_or(0);
    return settings;
}

/// Of a password only that it is another one.
std::vector<ActField> differences(const MailSettings& before, const MailSettings& after) {
    std::vector<ActField> fields;
    const auto add = [&](const char* field, const std::string& was, const std::string& is) {
        if (was != is) fields.push_back({field, was, is});
    };
    add("host", before.host, after.host);
    add("port", std::to_string(before.port), std::to_string(after.port));
    add("security", std::string(code(before.security)), std::string(code(after.security)));
    add("user", before.user, after.user);
    add("certificate_file", before.certificate_file, after.certificate_file);
    add("sender_name", before.sender_name, after.sender_name);
    add("sender_address", before.sender_address, after.sender_address);
    add("site", before.site, after.site);
    if (before.password != after.password) fields.push_back({"password", "", ""});
    return fields;
}

web::Response save(const Registry& registry, const web::Request& request, Work& work) {
    const auto before = settings_now(registry, work);
    const auto settings = asked(request.form);
    const auto done = save_mail_settings(work, *keys_in(registry), settings);
    if (done) {
        if (auto fields = differences(before, settings_now(registry, work)); !fields.empty())
            tell(registry, work, {"jobs.mail_settings", work.authority, "jobs.mail_settings_changed", std::move(fields)});
        return web::redirect(fmt::format("{}?da-luu=1", kPath));
    }
    if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
    return page(work, settings, done.failure().problems, request);
}

/// Through the outbox, as every mail: there the answer of the server shows.
web::Response test(const Registry& registry, const web::Request& request, Work& work) {
    const auto settings = settings_now(registry, work);
    const Letter letter{.kind = "jobs.test_mail",
                        .to = {work.actor.name, request.form.text("test_address"), work.language},
                        .subject = "jobs.test_mail",
                        .sentence = "jobs.test_mail_sentence",
                        .path = "/"};
    const auto posted = post_letter(work, *keys_in(registry), letter);
    if (posted) {
        tell(registry, work, {"jobs.mail", *posted, "jobs.test_mail_posted"});
        return web::redirect(fmt::format("{}?da-gui-thu=1", kOutboxPath));
    }
    return page(work, settings, {{"test_address", "jobs.no_mail_address", {}}}, request);
}

}  // namespace

void join_mail_pages(Registry& registry) {
    using web::Access, web::Method, web::Route;
    const std::string verb(kManageSettings);
    registry.add(Route{.method = Method::Get,
                       .pattern = std::string(kPath),
                       .access = Access::Granted,
                       .verb = verb,
                       .handler = [&registry](const web::Request& request, Work& work) {
                           return page(work, settings_now(registry, work), {}, request);
                       }});
    registry.add(Route{.method = Method::Post,
                       .pattern = std::string(kPath),
                       .access = Access::Granted,
                       .verb = verb,
                       .handler = [&registry](const web::Request& request, Work& work) { return save(registry, request, work); }});
    registry.add(Route{.method = Method::Post,
                       .pattern = fmt::format("{}/thu", kPath),
                       .access = Access::Granted,
                       .verb = verb,
                       .handler = [&registry](const web::Request& request, Work& work) { return test(registry, request, work); }});
}

}  // namespace loa::jobs
