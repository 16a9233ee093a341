#include "page_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "loa/i18n/catalogue.h"
#include "loa/i18n/collation.h"
#include "loa/identity/people.h"
#include "verbs.h"

namespace loa::identity {

std::string tr(const Work& work, std::string_view key, const Arguments& arguments) {
    return i18n::translate(work.language, key, arguments);
}

Language language_of(const web::Request& request) {
    return request.form.text("language") == "en" ? Language::English : Language::Vietnamese;
}

std::string own_path(const std::string& asked) {
    const bool control =
        std::any_of(asked.begin(), asked.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (control || !asked.starts_with('/') || asked.find('\\') != std::string::npos) return "/";
    return asked.starts_with("//") ? "/" : asked;
}

std::string query_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || c == '.' || c == '/';
        if (plain)
            encoded += c;
        else
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

std::optional<Date> day_of(const web::Fields& fields, std::string_view name) {
    return Date::parse_vietnamese(fields.text(name));
}

web::Route route_of_people(web::Method method, std::string_view below, PageHandler handler) {
    return {.method = method,
            .pattern = "/nguoi-dung/" + std::string(below),
            .access = web::Access::Granted,
            .verb = std::string(kManagePeople.name),
            .handler = std::move(handler)};
}

std::vector<web::FormView::Option> people_options(const Work& work, Id but) {
    std::vector<web::FormView::Option> options;
    for (const Membership& each : memberships_on(work, work.today())) {
        const web::FormView::Option option{to_string(each.person), each.person_name + ", " + each.unit_name};
        const bool known = std::any_of(options.begin(), options.end(), [&](const auto& other) { return other.value == option.value; });
        if (each.person != but && !known) options.push_back(option);
    }
    std::sort(options.begin(), options.end(), [](const auto& a, const auto& b) { return i18n::compare(a.label, b.label) < 0; });
    options.insert(options.begin(), {"", tr(work, "identity.choose_person")});
    return options;
}

void set_cookie(const web::Request& request, web::Response& response, std::string_view name, std::string_view value,
                std::int64_t seconds) {
    response.headers.emplace_back(
        "Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", name, value,
                                  value.empty() ? 0 : seconds, request.by_tls ? "; Secure" : ""));
}

void remember_browser(const web::Request& request, web::Response& response, std::string_view device) {
    constexpr std::int64_t kSeconds = std::int64_t{180} * 24 * 60 * 60;
    set_cookie(request, response, kDeviceCookie, device, kSeconds);
}

}  // namespace loa::identity
