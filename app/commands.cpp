// doctor, and what asks for a password.
#include "acting.h"
#include "commands.h"
#include "commands_bench.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "demo.h"
#include "health.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "timelines.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

/// What an administrator asks first: is everything there, and is the timeline whole?
int examine(Invocation& invocation) {
    auto& services = invocation.services();
    services.database.ping();
    int findings = 0;
    services.database.read([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        work.language = Language::English;
        for (const HealthLine& line : health(invocation.registry, work)) {
            invocation.out << fmt::format("{}: {}\n", i18n::translate(work.language, line.subject), i18n::translate(work.language, line.said, line.args));
            findings += line.verdict == Verdict::Wrong;
        }
    });
    findings += examine_timelines(invocation);
    return findings == 0 ? 0 : 1;
}

}  // namespace

std::string read_password(std::ostream& errors) {
    if (::isatty(STDIN_FILENO)) errors << "Password: " << std::flush;
    std::string password;
    std::getline(std::cin, password);
    return to_nfc_lossy(password);  // as the form of sign-in sends it
}

void join_commands(Registry& registry) {
    join_people_commands(registry);
    join_unit_commands(registry);
    join_init_command(registry);
    registry.add(Command{"doctor", "Examine the installation; exit code 1 if something is wrong",
                         "The database, its schema, the queue, the certificate, the chain of every timeline, the folder of files, and which kinds of "
                         "files other programs can read here.", {head_parameter()}, examine});
    join_timeline_commands(registry);
    join_demonstration(registry);
    join_bench(registry);
}

}  // namespace loa::app
