#include "preferences.h"

#include <algorithm>
#include <array>

#include "loa/base/text.h"
#include "path.h"

namespace loa::web {

namespace {

struct Choice {
    std::string_view field;
    std::string_view cookie;
    std::array<std::string_view, 2> values;  // anything else means: as the device has it
};
constexpr Choice kLanguageChoice{"language", "loa_language", {"vi", "en"}};
constexpr Choice kThemeChoice{"theme", "loa_theme", {"light", "dark"}};
constexpr Choice kContrastChoice{"contrast", "loa_contrast", {"more", "more"}};
constexpr Choice kKeysChoice{"keys", "loa_keys", {"off", "off"}};

std::string_view chosen(const Choice& choice, std::string_view value) {
    const auto found = std::find(choice.values.begin(), choice.values.end(), value);
    return found == choice.values.end() ? std::string_view() : *found;
}

Language accepted_language(std::string_view header) {
    bool english = false;
    for (const auto part : split(header, ',')) {
        const auto tag = trimmed(part.substr(0, part.find(';')));
        if (tag.starts_with("vi") || tag == "*") return Language::Vietnamese;
        english = english || tag.starts_with("en");
    }
    return english ? Language::English : Language::Vietnamese;
}

}  // namespace

std::string_view cookie_value(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const auto end = header.find(';');
        const auto pair = trimmed(header.substr(0, end));
        if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name))
            return pair.substr(name.size() + 1);
        if (end == std::string_view::npos) break;
        header.remove_prefix(end + 1);
    }
    return {};
}

Preferences preferences(std::string_view cookies, std::string_view accept_language) {
    Preferences found;
    const auto language = chosen(kLanguageChoice, cookie_value(cookies, kLanguageChoice.cookie));
    found.language = language.empty()   ? accepted_language(accept_language)
                     : language == "en" ? Language::English
                                        : Language::Vietnamese;
    found.theme = chosen(kThemeChoice, cookie_value(cookies, kThemeChoice.cookie));
    found.contrast = chosen(kContrastChoice, cookie_value(cookies, kContrastChoice.cookie));
    found.keys = chosen(kKeysChoice, cookie_value(cookies, kKeysChoice.cookie));
    return found;
}

std::string set_cookie(std::string_view name, std::string_view value, CookieKept kept, CookieSent sent) {
    std::string line = std::string(name).append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax");
    if (value.empty())
        line += "; Max-Age=0";
    else if (kept == CookieKept::Year)
        line += "; Max-Age=31536000";
    if (sent == CookieSent::SecureOnly) line += "; Secure";
    return line;
}

CookieSent cookie_sent(const Request& request) {
    return request.by_tls ? CookieSent::SecureOnly : CookieSent::Anyhow;
}

Response choose_preferences(const Request& request) {
    const std::string back = request.form.text("ve");
    Response response = redirect(is_own_path(back) ? back : "/");
    for (const auto& choice : {kLanguageChoice, kThemeChoice, kContrastChoice, kKeysChoice})
        if (request.form.has(choice.field))
            response.headers.emplace_back(
                "Set-Cookie", set_cookie(choice.cookie, chosen(choice, request.form.text(choice.field)),
                                         CookieKept::Year, cookie_sent(request)));
    return response;
}

}  // namespace loa::web
