// What a browser asks for: language, colours, contrast, keys. Chosen ones live in cookies.
#pragma once

#include <string>
#include <string_view>

#include "loa/base/language.h"
#include "loa/web/http.h"

namespace loa::web {

struct Preferences {
    Language language = Language::Vietnamese;
    std::string_view theme;     // "light", "dark" or ""
    std::string_view contrast;  // "more" or ""
    std::string_view keys;      // "off" or "": whether keys of one character do something (WCAG 2.1.4)
};

/// The cookies go before Accept-Language. Vietnamese unless the browser lists English and no Vietnamese.
Preferences preferences(std::string_view cookie_header, std::string_view accept_language);

/// The value of one cookie as sent, "" when absent.
std::string_view cookie_value(std::string_view cookie_header, std::string_view name);

enum class CookieKept { Session, Year };
enum class CookieSent { Anyhow, SecureOnly };
/// A browser that speaks TLS sends our cookies in no other way.
CookieSent cookie_sent(const Request& request);
/// A Set-Cookie line for the whole site, out of reach of scripts and of other sites' forms. An empty value
/// takes the cookie away.
std::string set_cookie(std::string_view name, std::string_view value, CookieKept kept, CookieSent sent);

/// The answer to the form of language, theme, contrast and keys: cookies, and back to `ve`.
Response choose_preferences(const Request& request);

}  // namespace loa::web
