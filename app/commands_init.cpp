// `loa init`: the first office as the pages of the first run make it, without a browser: its administrator, the second
// factor, mail, units, people.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "acting.h"
#include "commands.h"
#include "loa/base/check.h"
#include "loa/base/secrets.h"
#include "loa/identity/first_run.h"
#include "loa/identity/people.h"
#include "loa/identity/second_factor.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

/// What comes behind the office is done by the commands that do it at any other time: the first option says whether, each
/// is handed on under the name that the command has for it.
struct Step {
    std::string_view command;
    std::vector<std::pair<std::string, std::string>> options;
};
const std::vector<Step>& steps() {
    static const std::vector<Step> all{{"mail set",
                                        {{"--mail-host", "--host"},
                                         {"--mail-port", "--port"},
                                         {"--mail-security", "--security"},
                                         {"--mail-user", "--user"},
                                         {"--mail-password", "--password"},
                                         {"--mail-certificate-file", "--certificate-file"},
                                         {"--mail-sender-name", "--sender-name"},
                                         {"--mail-sender", "--sender"},
                                         {"--site", "--site"}}},
                                       {"mail test", {{"--mail-test", "ADDRESS"}}},
                                       {"unit import", {{"--units", std::string(jobs::kFilePlace)}}},
                                       {"user import", {{"--people", std::string(jobs::kFilePlace)}}}};
    return all;
}

int carry_out(const Step& step, Invocation& invocation) {
    std::map<std::string, std::string> values;
    for (const auto& [own, its] : step.options)
        if (const auto given = invocation.values.find(own); given != invocation.values.end()) values[its] = given->second;
    const auto& commands = invocation.registry.all<Command>();
    const auto command = std::find_if(commands.begin(), commands.end(), [&](const Command& each) { return each.name == step.command; });
    LOA_CHECK(command != commands.end());
    Invocation its{std::move(values), invocation.out, invocation.errors, invocation.registry, invocation.services};
    return command->run(its);
}

/// The first that fails ends it: what stands stays, and the rest is done by its own command.
int carry_out_steps(Invocation& invocation) {
    for (const Step& step : steps()) {
        if (!invocation.values.contains(step.options.front().first)) continue;
        if (const int code = carry_out(step, invocation); code != 0) {
            invocation.errors << fmt::format("The office stands; `loa {}` failed, and nothing behind it was done. Put right what it says, then go on "
                                             "with that command: `loa init` is not needed again.\n", step.command);
            return code;
        }
    }
    return 0;
}

void print(std::ostream& out, const identity::GivenSecondFactor& given) {
    out << "Second factor, for an authenticator app: " << given.address << "\nRecovery codes, each good once:\n";
    for (const auto& code : given.recovery_codes) out << "  " << code << '\n';
}

int set_up(Invocation& invocation) {
    const auto text = [&](const char* name, const char* otherwise = "") {
        const auto given = invocation.text(name);
        return given.empty() ? std::string(otherwise) : given;
    };
    identity::FirstOffice office;
    office.authority.name = text("--name");
    office.authority.short_name = text("--short-name");
    office.authority.place = text("--place");
    office.authority.hamlet_word = text("--hamlet-word");
    const auto level = identity::level_from(text("--level", "commune"));
    const auto since = Date::parse_iso(text("--since", "2025-07-01"));
    if (!level) return invocation.fail(invalid("level", "app.no_such_level"));
    if (!since) return invocation.fail(invalid("since", "identity.day_unreadable"));
    office.authority.level = *level;
    office.authority.valid_from = *since;
    office.person_name = text("--full-name");
    office.sign_in_name = text("--sign-in-name");
    office.email = text("--email");
    const auto password = identity::hash_password(read_password(invocation.errors), office.sign_in_name);
    if (!password) return invocation.fail(password.failure());
    struct Refused {
        Failure failure;
    };
    auto& services = invocation.services();
    std::optional<identity::GivenSecondFactor> given;
    try {
        services.database.write([&](storage::Transaction& transaction) {
            Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
            const auto done = identity::set_up_first_office(work, office, *password);
            if (!done) throw Refused{done.failure()};
            if (!invocation.flag("--second-factor")) return;
            work.authority = *done;
            const auto administrator = identity::person_by_sign_in_name(work, office.sign_in_name);
            LOA_CHECK(administrator.has_value());  // made a moment ago
            given = identity::give_second_factor(work, *keys_in(invocation.registry), administrator->id).value();
        });
    } catch (const Refused& refused) {
        return invocation.fail(refused.failure);
    }
    invocation.out << "The office stands. Sign in as " << office.sign_in_name
                   << (given ? ".\n" : " and turn on the second factor: the administrator's role waits for it.\n");
    if (given) print(invocation.out, *given);
    return carry_out_steps(invocation);
}

}  // namespace

void join_init_command(Registry& registry) {
    registry.add(Command{"init", "Make the first office and its administrator; the password is read from standard input",
                         "Refused once there is an administrator. In the browser: the page that `loa serve` names at its start.\n"
                         "With --mail-password the second line of standard input is the password of the mail server. Mail, units and people "
                         "are what `loa mail set`, `loa mail test`, `loa unit import` and `loa user import` do.",
                         {{"--name", Kind::Option, "Whole name of the committee, as its papers print it", true},
                          {"--short-name", Kind::Option, "Short name of the committee", true},
                          {"--place", Kind::Option, "The place that it governs", true},
                          {"--level", Kind::Option, "commune (as shipped) or province"},
                          {"--hamlet-word", Kind::Option, "What its hamlets are called there", true},
                          {"--since", Kind::Option, "First day, as 2025-07-01 (as shipped)"},
                          {"--full-name", Kind::Option, "The administrator's name", true},
                          {"--sign-in-name", Kind::Option, "The administrator's sign-in name", true},
                          {"--email", Kind::Option, "The administrator's address"},
                          {"--second-factor", Kind::Flag, "Turn on the administrator's second factor; prints its otpauth address and the recovery codes, once"},
                          {"--mail-host", Kind::Option, "Name or address of the mail server; without it no mail is set up"},
                          {"--mail-port", Kind::Option, "587 unless said otherwise"},
                          {"--mail-security", Kind::Option, "starttls, tls or none"},
                          {"--mail-user", Kind::Option, "Name to sign in with at the mail server"},
                          {"--mail-password", Kind::Flag, "Read its password from standard input, behind the administrator's"},
                          {"--mail-certificate-file", Kind::Option, "PEM of the authority that signed the mail server's certificate"},
                          {"--mail-sender-name", Kind::Option, "Whom readers see as the sender"},
                          {"--mail-sender", Kind::Option, "Address that the mails come from"},
                          {"--site", Kind::Option, "Where people open Loa: https://loa.example.gov.vn"},
                          {"--mail-test", Kind::Option, "Address that gets a test mail"},
                          {"--units", Kind::Option, "Spreadsheet of the units, .xlsx or .csv"},
                          {"--people", Kind::Option, "Spreadsheet of the people, who get invitations"}},
                         set_up});
}

}  // namespace loa::app
