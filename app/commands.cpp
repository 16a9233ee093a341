// user, doctor.
#include "acting.h"
#include "commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "backup_schedule.h"
#include "demo.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "loa/jobs/queue.h"
#include "loa/media/pictures.h"
#include "loa/media/store.h"
#include "loa/web/certificate.h"
#include "timelines.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

int add_user(Invocation& invocation) {
    const auto password = identity::hash_password(read_password(invocation.errors), invocation.text("NAME"));
    if (!password) return invocation.fail(password.failure());
    return in_authority(invocation, storage::Mode::Write, [&](Work& work) {
        identity::CreatePerson person;
        person.sign_in_name = invocation.text("NAME");
        person.name = invocation.text("--full-name");
        person.position = invocation.text("--position");
        person.password = *password;
        person.valid_from = work.today();
        const auto role = identity::role_from(invocation.text("--role"));
        const auto unit = identity::unit_called(work, invocation.text("--unit"));
        if (!role) return invocation.fail(invalid("role", "app.no_such_role"));
        if (!unit) return invocation.fail(not_found("app.no_such_unit"));
        person.role = *role;
        person.unit = *unit;
        const auto created = identity::create_person(work, person);
        if (!created) return invocation.fail(created.failure());
        invocation.out << to_string(*created) << '\n';
        return 0;
    });
}

int list_users(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Read, [&](Work& work) {
        for (const auto& line : identity::people_list(work, "", 100000, 0)) {
            invocation.out << line.person.sign_in_name << '\t' << line.person.name << (line.person.active ? "" : "\t(inactive)");
            for (const auto& membership : line.memberships)
                invocation.out << '\t' << identity::code(membership.role) << ", " << membership.unit_name;
            invocation.out << '\n';
        }
        return 0;
    });
}

int set_user_password(Invocation& invocation) {
    const std::string name = invocation.text("NAME");
    const auto password = identity::hash_password(read_password(invocation.errors), name);
    if (!password) return invocation.fail(password.failure());
    return in_authority(invocation, storage::Mode::Write, [&](Work& work) {
        for (const auto& line : identity::people_list(work, name, 100000, 0)) {
            if (line.person.sign_in_name != name) continue;
            const auto done = identity::set_password(work, line.person.id, *password);
            return done ? 0 : invocation.fail(done.failure());
        }
        return invocation.fail(not_found("app.no_such_user"));
    });
}

/// Where they are made each day, the newest whole one has to be young.
int examine_backups(Invocation& invocation, const Work& work) {
    const auto last = last_good_backup(work);
    const bool old = !last || last->plus_seconds(kOldAfterSeconds) < work.now;
    const bool wanted = backup_settings(work, "").enabled;
    invocation.out << fmt::format("backups: {}, the newest whole one {}{}\n", wanted ? "each day" : "not made by themselves",
                                  last ? last->iso() : "is still to come", wanted && old ? ", TOO OLD" : "");
    return wanted && old ? 1 : 0;
}

/// Of the certificate that the settings name; one that only `loa serve --tls-cert` names is not known here.
int examine_certificate(Invocation& invocation, Instant now) {
    int findings = 0;
    for (const auto& files : invocation.registry.all<web::CertificateFiles>()) {
        try {
            const Instant end = web::check_certificate(files, now);
            const bool late = web::is_to_be_renewed(end, now);
            invocation.out << fmt::format("certificate: {}, good until {}{}\n", files.certificate.string(), end.iso(), late ? ", RENEW IT NOW" : "");
            findings += late;
        } catch (const Fault& fault) {
            invocation.out << fmt::format("certificate: CANNOT BE USED: {}\n", fault.what());
            ++findings;
        }
    }
    return findings;
}

/// What an administrator asks first: is everything there, and is the timeline whole?
int examine(Invocation& invocation) {
    auto& services = invocation.services();
    services.database.ping();
    int findings = 0;
    services.database.read([&](storage::Transaction& transaction) {
        invocation.out << "database: answers, schema current\n";
        const Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        findings += examine_backups(invocation, work);
        const auto queue = jobs::queue_state(transaction, work.now);
        invocation.out << fmt::format("jobs: {} waiting, {} running, {} dead\n", queue.waiting, queue.running, queue.dead);
        findings += queue.dead > 0;
    });
    findings += examine_certificate(invocation, services.clock.now());
    findings += examine_timelines(invocation);
    const auto& files = media::file_store(invocation.registry)->root();
    const bool writable = ::access(files.c_str(), W_OK | X_OK) == 0;
    invocation.out << fmt::format("files: {}, {}\n", files.string(), writable ? "can be written" : "CANNOT BE WRITTEN");
    findings += !writable;
    // What is absent is no fault: the import page says what to install when such a file comes.
    for (const auto& program : formats::other_programs())
        invocation.out << fmt::format("{}: {}\n", program.reads, program.present ? "read by " + program.name : "not read, install " + program.package);
    invocation.out << (media::renditions_are_made() ? "pictures: small ones by libvips\n"
                                                    : "pictures: no small ones and none for the public, install libvips-tools\n");
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
    const jobs::Parameter& authority = authority_parameter();
    const jobs::Parameter name{"NAME", Kind::Place, "The sign-in name", true};
    registry.add(Command{"user add", "Make an account; the password is read from standard input",
                         "Roles: clerk, office_head, leader, editor, finance, administrator, auditor.",
                         {name,
                          {"--full-name", Kind::Option, "As shown to others", true},
                          {"--unit", Kind::Option, "Name, short name or id of the unit", true},
                          {"--role", Kind::Option, "What the person is there", true},
                          {"--position", Kind::Option, "As the office prints it"},
                          authority},
                         add_user});
    registry.add(Command{"user list", "List the accounts of an authority with their roles", "", {authority}, list_users});
    registry.add(Command{"user passwd", "Set a password, read from standard input; ends the person's sessions", "",
                         {name, authority}, set_user_password});
    join_unit_commands(registry);
    join_init_command(registry);
    registry.add(Command{"doctor", "Examine the installation; exit code 1 if something is wrong",
                         "The database, its schema, the queue, the certificate, the chain of every timeline, the folder of files, and which kinds of "
                         "files other programs can read here.", {head_parameter()}, examine});
    join_timeline_commands(registry);
    join_demonstration(registry);
}

}  // namespace loa::app
