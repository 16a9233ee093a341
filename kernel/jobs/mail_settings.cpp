#include <algorithm>

#include "loa/base/text.h"
#include "loa/jobs/mail.h"

namespace loa::jobs {

namespace {

constexpr std::string_view kPurpose = "jobs.mail";
constexpr std::string_view kPasswordRow = "setting 1";
constexpr std::size_t kLongestText = 200;

bool is_host(std::string_view text) {
    constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.";
    return !text.empty() && text.size() <= 253 && text.find_first_not_of(letters) == std::string_view::npos && text.front() != '-' &&
           text.front() != '.';
}

/// "https://loa.example.vn", with a port if need be; nothing behind it, as paths are put there.
bool is_site(std::string_view text) {
    auto rest = text;
    if (rest.starts_with("https://")) rest.remove_prefix(8);
    else if (rest.starts_with("http://")) rest.remove_prefix(7);
    else return false;
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos) return is_host(rest);
    const auto port = rest.substr(colon + 1);
    return is_host(rest.substr(0, colon)) && !port.empty() && port.size() <= 5 &&
           port.find_first_not_of("0123456789") == std::string_view::npos;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; });
}

bool same_sign_in(const MailSettings& a, const MailSettings& b) {
    return a.host == b.host && a.port == b.port && a.security == b.security && a.user == b.user;
}

std::vector<Problem> problems_of(const MailSettings& settings) {
    std::vector<Problem> problems;
    const auto check = [&](bool right, const char* field, const char* key) {
        if (!right) problems.push_back({field, key, {}});
    };
    const auto is_short = [](const std::string& text) { return text.size() <= kLongestText && !has_control(text); };
    check(is_host(settings.host), "host", "jobs.mail_no_host");
    check(settings.port >= 1 && settings.port <= 65535, "port", "jobs.mail_no_port");
    check(is_short(settings.user), "user", "jobs.mail_odd_text");
    check(is_short(settings.password), "password", "jobs.mail_odd_text");
    check(settings.user.empty() || settings.security != MailSecurity::None, "security", "jobs.mail_password_in_clear");
    check(is_short(settings.certificate_file) && (settings.certificate_file.empty() || settings.certificate_file.front() == '/'),
          "certificate_file", "jobs.mail_no_certificate_file");
    check(is_short(settings.sender_name), "sender_name", "jobs.mail_odd_text");
    check(mail_address(settings.sender_address).has_value(), "sender_address", "jobs.no_mail_address");
    check(is_site(settings.site), "site", "jobs.mail_no_site");
    return problems;
}

}  // namespace

std::string_view code(MailSecurity security) {
    switch (security) {
        case MailSecurity::StartTls: return "starttls";
        case MailSecurity::Tls: return "tls";
        case MailSecurity::None: return "none";
    }
    return "starttls";
}

std::optional<MailSecurity> mail_security_from(std::string_view text) {
    for (const auto security : {MailSecurity::StartTls, MailSecurity::Tls, MailSecurity::None})
        if (code(security) == text) return security;
    return std::nullopt;
}

std::optional<MailSettings> mail_settings(storage::Transaction& db, const Keys& keys) {
    const auto row = db.one("jobs.mail_setting");
    if (!row) return std::nullopt;
    const auto sealed = row->optional_text("password");
    std::string password = sealed ? keys.unseal(kPurpose, kPasswordRow, *sealed).value_or("") : "";
    return MailSettings{.host = row->text("host"),
                        .port = static_cast<int>(row->number("port")),
                        .security = mail_security_from(row->text("security")).value_or(MailSecurity::StartTls),
                        .user = row->text("user_name"),
                        .password = std::move(password),
                        .certificate_file = row->text("certificate_file"),
                        .sender_name = row->text("sender_name"),
                        .sender_address = row->text("sender_address"),
                        .site = row->text("site"),
                        .version = row->number("version")};
}

bool mail_password_is_unreadable(storage::Transaction& db, const Keys& keys) {
    const auto row = db.one("jobs.mail_setting");
    const auto sealed = row ? row->optional_text("password") : std::nullopt;
    return sealed && !keys.unseal(kPurpose, kPasswordRow, *sealed);
}

std::string site_address(storage::Transaction& db) {
    const auto row = db.one("jobs.mail_setting");
    return row ? row->text("site") : std::string();
}

Result<Done> save_mail_settings(Work& work, const Keys& keys, const MailSettings& settings) {
    if (auto problems = problems_of(settings); !problems.empty()) return invalid(std::move(problems));
    std::string password = settings.user.empty() ? std::string() : settings.password;
    if (!settings.user.empty() && password.empty()) {
        const auto before = work.db.one("jobs.mail_setting") ? mail_settings(work.db, keys) : std::nullopt;
        if (!before || !same_sign_in(*before, settings) || before->password.empty()) return invalid("password", "jobs.mail_password_again");
        password = before->password;
    }
    const auto sealed = password.empty() ? std::nullopt : std::optional(keys.seal(kPurpose, kPasswordRow, password));
    storage::Values values{settings.host, settings.port, code(settings.security), settings.user, sealed, settings.certificate_file,
                           settings.sender_name, *mail_address(settings.sender_address), settings.site, work.now};
    if (settings.version == 0) {
        if (work.db.run("jobs.add_mail_setting", values) == 0) return conflict();
        return Done{};
    }
    values.emplace_back(settings.version);
    if (work.db.run("jobs.change_mail_setting", values) == 0) return conflict();
    return Done{};
}

}  // namespace loa::jobs
