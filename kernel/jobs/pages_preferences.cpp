// /tai-khoan/thong-bao: which messages, by which way, at what time.
#include <fmt/format.h>

#include <charconv>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/mail.h"
#include "loa/web/route.h"
#include "message_pages.h"
#include "preferences.h"

namespace loa::jobs {

namespace {

constexpr std::string_view kPath = "/tai-khoan/thong-bao";

std::string clock_time(int minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

/// "21:30" → 1290; -1 for what is no time of day.
int minutes_in(std::string_view text) {
    const auto number = [](std::string_view digits) {
        int value = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
    };
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return -1;
    const int hour = number(text.substr(0, colon)), minute = number(text.substr(colon + 1, 2));
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

std::vector<Choice> mail_times(Language language) {
    std::vector<Choice> choices;
    for (const auto time : {MailTime::AtOnce, MailTime::InDigest, MailTime::Never})
        choices.push_back({std::string(code(time)), i18n::translate(language, fmt::format("jobs.mail_time.{}", code(time)))});
    return choices;
}

std::vector<Choice> hours() {
    std::vector<Choice> choices;
    for (int hour = 0; hour < 24; ++hour) choices.push_back({std::to_string(hour), clock_time(hour * 60)});
    return choices;
}

web::View kind_view(const MessageKind& kind, std::size_t number, const Preferences& preferences, Language language) {
    const auto found = preferences.kinds.find(kind.name);
    const auto channels = found == preferences.kinds.end() ? kind.channels : found->second;
    web::View view;
    view.set("number", std::to_string(number)).set("name", kind.name).set("label", i18n::translate(language, kind.label));
    view.flag("in_bell", channels.in_bell).set("times", choice_views(mail_times(language), code(channels.mail)));
    return view;
}

web::Response page(const Registry& registry, Work& work, const Preferences& preferences, const std::vector<Problem>& problems,
                   const web::Fields& query) {
    web::View view;
    std::vector<web::View> kinds;
    for (const auto& kind : registry.all<MessageKind>()) kinds.push_back(kind_view(kind, kinds.size() + 1, preferences, work.language));
    view.set("kinds", std::move(kinds)).set("hours", choice_views(hours(), std::to_string(preferences.digest_hour)));
    const auto& quiet = preferences.quiet;
    view.set("quiet_from", quiet ? clock_time(quiet->from) : "").set("quiet_to", quiet ? clock_time(quiet->to) : "");
    view.flag("quiet_wrong", !problems.empty()).flag("saved", query.has("da-luu")).flag("mail_off", site_address(work.db).empty());
    set_problems(view, work.language, problems);
    return web::show({"jobs/preferences", i18n::translate(work.language, "jobs.preferences"), std::move(view)}, problems.empty() ? 200 : 422);
}

/// What the form says; a quiet hour that is no time is -1, which is refused.
Preferences asked(const Registry& registry, const web::Fields& form) {
    Preferences preferences;
    const auto from = form.text("quiet_from"), to = form.text("quiet_to");
    if (!from.empty() || !to.empty()) preferences.quiet = QuietHours{minutes_in(from), minutes_in(to)};
    const auto hour = form.number("digest_hour").value_or(-1);
    preferences.digest_hour = hour >= 0 && hour < 24 ? static_cast<int>(hour) : -1;
    for (const auto& kind : registry.all<MessageKind>()) {
        const auto time = mail_time_from(form.text(fmt::format("mail_{}", kind.name)));
        const Channels channels{form.has(fmt::format("bell_{}", kind.name)), time.value_or(kind.channels.mail)};
        if (channels != kind.channels) preferences.kinds[std::string(kind.name)] = channels;
    }
    return preferences;
}

web::Response save(const Registry& registry, const web::Request& request, Work& work) {
    auto preferences = asked(registry, request.form);
    const auto done = save_preferences(work, preferences);
    if (done) return web::redirect(fmt::format("{}?da-luu=1", kPath));
    preferences.quiet.reset();
    if (preferences.digest_hour < 0) preferences.digest_hour = kDigestHour;
    return page(registry, work, preferences, done.failure().problems, request.query);
}

}  // namespace

void set_problems(web::View& view, Language language, const std::vector<Problem>& problems) {
    std::vector<web::View> views;
    for (const auto& problem : problems)
        views.push_back(web::View().set("field", problem.field).set("text", i18n::translate(language, problem.key, problem.args)));
    view.flag("has_problems", !views.empty()).set("problems", std::move(views));
}

std::vector<web::View> choice_views(const std::vector<Choice>& choices, std::string_view chosen) {
    std::vector<web::View> views;
    for (const auto& choice : choices) {
        web::View view;
        view.set("value", choice.value).set("text", choice.text).flag("chosen", choice.value == chosen);
        views.push_back(std::move(view));
    }
    return views;
}

void join_preference_page(Registry& registry) {
    using web::Access, web::Method, web::Route;
    registry.add(Route{.method = Method::Get,
                       .pattern = std::string(kPath),
                       .access = Access::SignedIn,
                       .handler = [&registry](const web::Request& request, Work& work) {
                           return page(registry, work, preferences_of(work, work.actor.person), {}, request.query);
                       }});
    registry.add(Route{.method = Method::Post,
                       .pattern = std::string(kPath),
                       .access = Access::SignedIn,
                       .handler = [&registry](const web::Request& request, Work& work) { return save(registry, request, work); }});
}

}  // namespace loa::jobs
