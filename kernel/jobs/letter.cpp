#include "letter.h"

#include <boost/json.hpp>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/web/templates.h"

namespace loa::jobs {

namespace json = boost::json;

namespace {

constexpr std::string_view kPurpose = "jobs.letter";

/// Of all templates the one that is no page, loaded at the first mail.
const web::Templates& templates() {
    static const web::Assets no_assets(std::vector<EmbeddedFile>{});
    static const web::Templates loaded = [] {
        auto sources = web::Templates::embedded_sources();
        std::erase_if(sources, [](const auto& source) { return source.name != "jobs/letter"; });
        sources.push_back({"web/layout_plain", "{{{body}}}"});  // each page wants a shell; a mail stands in none
        return web::Templates(std::move(sources),
                              [](Language language, std::string_view key) { return i18n::Catalogue::embedded().text(language, key); },
                              no_assets);
    }();
    return loaded;
}

web::View view_of(const LetterLine& line, const std::string& button) {
    web::View view;
    view.set("sentence", line.sentence).set("deadline", line.deadline).set("link", line.link).set("button", button);
    return view;
}

web::View view_of(const LetterPart& part, const std::string& button) {
    std::vector<web::View> lines;
    for (const auto& line : part.lines) lines.push_back(view_of(line, button));
    web::View view;
    view.set("heading", part.heading).set("lines", std::move(lines));
    return view;
}

}  // namespace

std::string html_of(const LetterWords& words) {
    std::vector<web::View> parts;
    for (const auto& part : words.parts) parts.push_back(view_of(part, words.button));
    web::View view;
    view.set("language", code(words.language)).set("subject", words.subject).set("authority", words.authority);
    view.set("name", words.name).set("parts", std::move(parts)).set("unsubscribe", words.unsubscribe);
    return templates().render_bare("jobs/letter", words.language, view);
}

std::string text_of(const LetterWords& words) {
    const auto say = [&](std::string_view key, const i18n::Arguments& args = {}) { return i18n::translate(words.language, key, args); };
    std::string text;
    if (!words.name.empty()) text += say("jobs.mail_greeting", {{"name", words.name}}) + "\n\n";
    for (const auto& part : words.parts) {
        if (!part.heading.empty()) text += part.heading + "\n" + std::string(length(part.heading), '-') + "\n\n";
        for (const auto& line : part.lines) text += short_text(line) + "\n\n";
    }
    text += "-- \n" + say("jobs.mail_automatic", {{"authority", words.authority}}) + "\n";
    if (!words.unsubscribe.empty()) text += say("jobs.mail_choose") + ": " + words.unsubscribe + "\n";
    return text;
}

LetterLine line_of(const Message& message, Language language, const std::string& site) {
    LetterLine line{text_of(message, language), "", ""};
    if (message.deadline) line.deadline = i18n::translate(language, "jobs.deadline", {{"day", message.deadline->vietnamese()}});
    if (!message.path.empty() && !site.empty()) line.link = site + message.path;
    return line;
}

std::string short_text(const LetterLine& line) {
    std::string text = line.sentence;
    if (!line.deadline.empty()) text += "\n" + line.deadline;
    if (!line.link.empty()) text += "\n" + line.link;
    return text;
}

std::string sealed_letter(const Keys& keys, Id mail, const Letter& letter) {
    json::array args;
    for (const auto& [name, text] : letter.args) args.push_back(json::array{name, text});
    const json::object all{{"kind", letter.kind},         {"name", letter.to.name},        {"address", letter.to.address},
                           {"language", code(letter.to.language)}, {"subject", letter.subject}, {"sentence", letter.sentence},
                           {"args", args},                {"button", letter.button},       {"path", letter.path}};
    return keys.seal(kPurpose, to_string(mail), json::serialize(all));
}

std::optional<Letter> opened_letter(const Keys& keys, Id mail, const std::string& sealed) {
    const auto opened = keys.unseal(kPurpose, to_string(mail), sealed);
    if (!opened) return std::nullopt;
    const auto value = json::parse(*opened);
    const auto& all = value.as_object();
    const auto text = [&](std::string_view name) { return std::string(all.at(name).as_string()); };
    Letter letter{.kind = text("kind"),
                  .to = {text("name"), text("address"), text("language") == "en" ? Language::English : Language::Vietnamese},
                  .subject = text("subject"),
                  .sentence = text("sentence"),
                  .args = {},
                  .button = text("button"),
                  .path = text("path")};
    for (const auto& pair : all.at("args").as_array())
        letter.args.emplace_back(std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string()));
    return letter;
}

LetterWords words_of(const Letter& letter, const std::string& authority, const std::string& site) {
    const auto say = [&](const std::string& key) { return i18n::translate(letter.to.language, key, letter.args); };
    const auto line = line_of({.key = letter.sentence, .args = letter.args, .path = letter.path}, letter.to.language, site);
    return {.language = letter.to.language,
            .subject = say(letter.subject),
            .authority = authority,
            .name = letter.to.name,
            .parts = {{"", {line}}},
            .button = letter.button.empty() ? i18n::translate(letter.to.language, "jobs.mail_open") : say(letter.button),
            .unsubscribe = ""};
}

}  // namespace loa::jobs
