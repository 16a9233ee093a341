// `loa init`: the first office and its administrator, without a browser.
#include <iostream>

#include "acting.h"
#include "commands.h"
#include "loa/identity/first_run.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

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
    try {
        services.database.write([&](storage::Transaction& transaction) {
            Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
            if (const auto done = identity::set_up_first_office(work, office, *password); !done) throw Refused{done.failure()};
        });
    } catch (const Refused& refused) {
        return invocation.fail(refused.failure);
    }
    invocation.out << "The office stands. Sign in as " << office.sign_in_name
                   << " and turn on the second factor: the administrator's role waits for it.\n";
    return 0;
}

}  // namespace

void join_init_command(Registry& registry) {
    registry.add(Command{"init", "Make the first office and its administrator; the password is read from standard input",
                         "Refused once there is an administrator. In the browser: the page that `loa serve` names at its start.",
                         {{"--name", Kind::Option, "Whole name of the committee, as its papers print it", true},
                          {"--short-name", Kind::Option, "Short name of the committee", true},
                          {"--place", Kind::Option, "The place that it governs", true},
                          {"--level", Kind::Option, "commune (as shipped) or province"},
                          {"--hamlet-word", Kind::Option, "What its hamlets are called there", true},
                          {"--since", Kind::Option, "First day, as 2025-07-01 (as shipped)"},
                          {"--full-name", Kind::Option, "The administrator's name", true},
                          {"--sign-in-name", Kind::Option, "The administrator's sign-in name", true},
                          {"--email", Kind::Option, "The administrator's address"}},
                         set_up});
}

}  // namespace loa::app
