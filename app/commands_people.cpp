// user add|join|list|passwd|second-factor-off|import.
#include <fmt/format.h>

#include "acting.h"
#include "commands.h"
#include "loa/base/secrets.h"
#include "loa/identity/people.h"
#include "loa/identity/people_sheets.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "sheet_commands.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

/// What the options of both commands say of a membership.
Result<identity::AddMembership> membership_in(const Invocation& invocation, const Work& work) {
    const auto role = identity::role_from(invocation.text("--role"));
    if (!role) return invalid("role", "app.no_such_role");
    const auto unit = identity::unit_called(work, invocation.text("--unit"));
    if (!unit) return not_found("app.no_such_unit");
    const auto from = day_of(invocation, "--from", work.today());
    if (!from) return invalid("from", "app.no_day");
    const auto last_day = day_of(invocation, "--last-day", *from);
    if (!last_day) return invalid("last_day", "app.no_day");
    const bool ends = !invocation.text("--last-day").empty();
    return identity::AddMembership{.person = Id{},
                                   .unit = *unit,
                                   .role = *role,
                                   .position = invocation.text("--position"),
                                   .valid_from = *from,
                                   .valid_to = ends ? std::optional(last_day->plus_days(1)) : std::nullopt,
                                   .scope = std::nullopt};
}

int add_user(Invocation& invocation) {
    const auto password = identity::hash_password(read_password(invocation.errors), invocation.text("NAME"));
    if (!password) return invocation.fail(password.failure());
    return in_authority(invocation, storage::Mode::Write, [&](Work& work) {
        identity::CreatePerson person;
        person.sign_in_name = invocation.text("NAME");
        person.name = invocation.text("--full-name");
        person.password = *password;
        const auto first = membership_in(invocation, work);
        if (!first) return invocation.fail(first.failure());
        person.unit = first->unit;
        person.role = first->role;
        person.position = first->position;
        person.valid_from = first->valid_from;
        person.valid_to = first->valid_to;
        const auto created = identity::create_person(work, person);
        if (!created) return invocation.fail(created.failure());
        invocation.out << to_string(*created) << '\n';
        return 0;
    });
}

/// A commune's officer who answers for its unit above, and the like: one account, one more membership.
int join_user(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Write, [&](Work& work) {
        const auto person = identity::person_by_sign_in_name(work, invocation.text("NAME"));
        if (!person) return invocation.fail(not_found("app.no_such_user"));
        auto membership = membership_in(invocation, work);
        if (!membership) return invocation.fail(membership.failure());
        membership->person = person->id;
        const auto added = identity::add_membership(work, *membership);
        if (!added) return invocation.fail(added.failure());
        invocation.out << to_string(*added) << '\n';
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

/// For the only administrator, whom no other can help: whoever reaches the machine has the database anyhow.
int turn_off_second_factor(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Write, [&](Work& work) {
        const auto person = identity::person_by_sign_in_name(work, invocation.text("NAME"));
        if (!person) return invocation.fail(not_found("app.no_such_user"));
        const auto done = identity::reset_second_factor(work, person->id);
        return done ? 0 : invocation.fail(done.failure());
    });
}

/// As on the page: the file is kept, applied as it was tried, and each address gets its invitation.
Result<> make_people(const Keys& keys, Work& work, const SheetFile& file, const identity::PeopleTrial& trial) {
    if (trial.plans.empty()) return Done{};
    const auto kept = identity::keep_people_import(work, file.name, file.bytes, trial);
    if (!kept) return kept.failure();
    const auto done = identity::apply_people_import(work, keys, *kept, sha256(file.bytes));
    if (!done) return done.failure();
    return Done{};
}

/// Each account that the file makes, with the sign-in name that Loa proposes; then the counts.
std::string people_made(const identity::PeopleTrial& trial) {
    std::string said;
    for (const auto& plan : trial.plans) said += fmt::format("{}\t{}\t{}\n", plan.person.sign_in_name, plan.person.name, plan.unit_name);
    return said + fmt::format("made {}, invited {}, unchanged {}", trial.plans.size(), trial.plans.size() - trial.without_address, trial.unchanged);
}

int import_people(Invocation& invocation) {
    return import_sheet(
        invocation, [](Work& work, const SheetFile& file) { return identity::try_people_import(work, file.sheets); },
        [keys = keys_in(invocation.registry)](Work& work, const SheetFile& file, const identity::PeopleTrial& trial) {
            return make_people(*keys, work, file, trial);
        },
        people_made);
}

}  // namespace

void join_people_commands(Registry& registry) {
    const jobs::Parameter& authority = authority_parameter();
    const jobs::Parameter name{"NAME", Kind::Place, "The sign-in name", true};
    const jobs::Parameter unit{"--unit", Kind::Option, "Name, short name or id of the unit", true};
    const jobs::Parameter role{"--role", Kind::Option, "What the person is there", true};
    const jobs::Parameter position{"--position", Kind::Option, "As the office prints it"};
    const jobs::Parameter from{"--from", Kind::Option, "First day, as 01/07/2025; today when not given"};
    const jobs::Parameter last_day{"--last-day", Kind::Option, "Last day, as 31/12/2025; open when not given"};
    registry.add(Command{"user add", "Make an account; the password is read from standard input",
                         "Roles: clerk, office_head, leader, editor, finance, administrator, auditor.",
                         {name,
                          {"--full-name", Kind::Option, "As shown to others", true},
                          unit,
                          role,
                          position,
                          from,
                          last_day,
                          authority},
                         add_user});
    registry.add(Command{"user join", "Give an account, of whatever authority, a membership in this one as well",
                         "Roles: clerk, office_head, leader, editor, finance, administrator, auditor.",
                         {name, unit, role, position, from, last_day, authority}, join_user});
    registry.add(Command{"user list", "List the accounts of an authority with their roles", "", {authority}, list_users});
    registry.add(Command{"user passwd", "Set a password, read from standard input; ends the person's sessions", "",
                         {name, authority}, set_user_password});
    registry.add(Command{"user second-factor-off", "Turn off the second factor of somebody who lost telephone and recovery codes",
                         "Ends the person's sessions and is a line of the timeline. An administrator's role rests until the person, signed in by "
                         "the password, turns it on again.",
                         {name, authority}, turn_off_second_factor});
    registry.add(Command{"user import", "Make accounts from a spreadsheet, and post to each address an invitation",
                         "Columns are found by their headings (the page of people has a file to fill in). Rows that are wrong are listed with "
                         "their cells, and then nothing is changed (exit code 1).",
                         {{"FILE", Kind::Place, ".xlsx or .csv", true}, {"--dry-run", Kind::Flag, "Only say what would be done"}, authority},
                         import_people});
}

}  // namespace loa::app
