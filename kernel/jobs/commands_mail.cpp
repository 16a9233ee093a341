// loa mail set, show, test.
#include "commands_mail.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/command.h"
#include "loa/jobs/mail.h"
#include "loa/jobs/queue.h"

namespace loa::jobs {

namespace {

using Kind = Parameter::Kind;

std::optional<MailSettings> settings_now(Invocation& invocation) {
    return invocation.services().database.read(
        [&](storage::Transaction& db) { return mail_settings(db, *keys_in(invocation.registry)); });
}

/// From standard input, so that it stands in no list of processes and no history of the shell.
std::string read_password(std::ostream& errors) {
    if (::isatty(STDIN_FILENO)) errors << "Password: " << std::flush;
    std::string password;
    std::getline(std::cin, password);
    return to_nfc_lossy(password);
}

/// What was given takes the place of what is stored; the rest stays.
Result<MailSettings> asked(Invocation& invocation, MailSettings settings) {
    const auto take = [&](const char* option, std::string& value) {
        if (invocation.values.contains(option)) value = invocation.text(option);
    };
    take("--host", settings.host);
    take("--user", settings.user);
    take("--certificate-file", settings.certificate_file);
    take("--sender-name", settings.sender_name);
    take("--sender", settings.sender_address);
    take("--site", settings.site);
    if (const auto port = invocation.text("--port"); !port.empty()) {
        settings.port = 0;
        std::from_chars(port.data(), port.data() + port.size(), settings.port);
    }
    if (const auto text = invocation.text("--security"); !text.empty()) {
        const auto security = mail_security_from(text);
        if (!security) return invalid("security", "jobs.mail_no_security");
        settings.security = *security;
    }
    if (invocation.flag("--password")) settings.password = read_password(invocation.errors);
    else settings.password.clear();
    return settings;
}

int set_mail(Invocation& invocation) {
    const auto settings = asked(invocation, settings_now(invocation).value_or(MailSettings{}));
    if (!settings) return invocation.fail(settings.failure());
    auto& services = invocation.services();
    const auto done = services.database.write([&](storage::Transaction& db) {
        auto work = system_work(db, services.ids, services.clock.now(), Id{});
        return save_mail_settings(work, *keys_in(invocation.registry), *settings);
    });
    return done ? 0 : invocation.fail(done.failure());
}

int show_mail(Invocation& invocation) {
    const auto settings = settings_now(invocation);
    if (!settings) return invocation.fail(not_found("jobs.mail_not_set"));
    invocation.out << fmt::format("host\t{}\nport\t{}\nsecurity\t{}\nuser\t{}\npassword\t{}\ncertificate-file\t{}\nsender-name\t{}\nsender\t{}\nsite\t{}\n",
                                  settings->host, settings->port, code(settings->security), settings->user,
                                  settings->password.empty() ? "" : "(set)", settings->certificate_file, settings->sender_name,
                                  settings->sender_address, settings->site);
    return 0;
}

int test_mail(Invocation& invocation) {
    const auto settings = settings_now(invocation);
    if (!settings) return invocation.fail(not_found("jobs.mail_not_set"));
    const Addressee to{"", invocation.text("ADDRESS"), Language::Vietnamese};
    if (!mail_address(to.address)) return invocation.fail(invalid("address", "jobs.no_mail_address"));
    const auto answer = send_test_mail(*settings, to, invocation.services().clock.now());
    invocation.out << answer.answer << '\n';
    switch (answer.fate) {
        case MailAnswer::Fate::Sent: return 0;
        case MailAnswer::Fate::Refused: return exit_code(Reason::Invalid);
        case MailAnswer::Fate::Later:
        case MailAnswer::Fate::Unknown: break;
    }
    return exit_code(Reason::Unavailable);
}

}  // namespace

void join_mail_commands(Registry& registry) {
    registry.add(Command{"mail set", "Say how this installation sends mail; what is not named stays as it is",
                         "Security: starttls (port 587), tls (port 465), none (a server in the same house, without sign-in).\n"
                         "With --password the password is read from standard input.",
                         {{"--host", Kind::Option, "Name or address of the mail server"},
                          {"--port", Kind::Option, "587 unless said otherwise"},
                          {"--security", Kind::Option, "starttls, tls or none"},
                          {"--user", Kind::Option, "Name to sign in with; empty for none"},
                          {"--password", Kind::Flag, "Read the password from standard input"},
                          {"--certificate-file", Kind::Option, "PEM of the authority that signed the server's certificate; empty for the system's"},
                          {"--sender-name", Kind::Option, "As readers see it"},
                          {"--sender", Kind::Option, "Address that the mails come from"},
                          {"--site", Kind::Option, "Where people open Loa: https://loa.example.gov.vn"}},
                         set_mail});
    registry.add(Command{"mail show", "Show how this installation sends mail, without the password", "", {}, show_mail});
    registry.add(Command{"mail test", "Send a test mail now and print the answer of the server", "",
                         {{"ADDRESS", Kind::Place, "Who gets it", true}}, test_mail});
}

}  // namespace loa::jobs
