// authority add, unit add|group|import|export|changes|accept|list: an installation's first records, and scripts.
#include <fmt/format.h>

#include "acting.h"
#include "commands.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/unit_changes.h"
#include "loa/identity/unit_sheets.h"
#include "loa/identity/units.h"
#include "sheet_commands.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

template <class T>
int told(Invocation& invocation, const Result<T>& done) {
    if (!done) return invocation.fail(done.failure());
    invocation.out << to_string(*done) << '\n';
    return 0;
}

int add_authority(Invocation& invocation) {
    auto& services = invocation.services();
    return services.database.write([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        identity::CreateAuthority input;
        input.name = invocation.text("NAME");
        input.short_name = invocation.text("--short-name");
        input.place = invocation.text("--place");
        input.hamlet_word = invocation.text("--hamlet-word");
        const auto level = identity::level_from(invocation.text("--level"));
        if (!level) return invocation.fail(invalid("level", "app.no_such_level"));
        input.level = *level;
        const auto day = day_of(invocation, "--from", work.today());
        if (!day) return invocation.fail(invalid("from", "app.no_day"));
        input.valid_from = *day;
        return told(invocation, identity::create_authority(work, input));
    });
}

int add_unit(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Write, [&](Work& work) {
        identity::CreateUnit input;
        input.name = invocation.text("NAME");
        input.short_name = invocation.text("--short-name");
        const auto kind = identity::unit_kind_from(invocation.text("--kind"));
        if (!kind) return invocation.fail(invalid("kind", "app.no_such_kind"));
        input.kind = *kind;
        input.parent = identity::unit_called(work, invocation.text("--parent"));
        if (!input.parent) return invocation.fail(not_found("app.no_such_unit"));
        const auto day = day_of(invocation, "--from", work.today());
        if (!day) return invocation.fail(invalid("from", "app.no_day"));
        input.valid_from = *day;
        if (const std::string represents = invocation.text("--represents"); !represents.empty()) {
            const auto authority = identity::authority_called(work, represents);
            if (!authority) return invocation.fail(not_found("app.no_such_authority"));
            input.represents_authority = authority->id;
        }
        input.position = static_cast<std::int64_t>(identity::units_on(work, work.today()).size());
        return told(invocation, identity::create_unit(work, input));
    });
}

int add_group(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Write, [&](Work& work) {
        identity::CreateGroup input;
        input.name = invocation.text("NAME");
        const std::string kinds = invocation.text("--kinds"), aliases = invocation.text("--aliases");
        for (const auto code : split(kinds, ',')) {
            const auto kind = identity::unit_kind_from(trimmed(code));
            if (!kind) return invocation.fail(invalid("kinds", "app.no_such_kind"));
            input.kinds.push_back(*kind);
        }
        for (const auto alias : split(aliases, ';'))
            if (const auto name = squeezed(alias); !name.empty()) input.aliases.push_back(name);
        return told(invocation, identity::create_group(work, input));
    });
}

int list_units(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Read, [&](Work& work) {
        for (const auto& node : identity::unit_tree(work, work.today()))
            invocation.out << to_string(node.unit.id) << '\t' << std::string(static_cast<std::size_t>(node.depth) * 2, ' ')
                           << node.unit.name << '\t' << identity::code(node.unit.kind) << '\n';
        return 0;
    });
}

int import_units(Invocation& invocation) {
    return import_sheet(
        invocation, [](Work& work, const SheetFile& file) { return identity::try_import(work, file.sheets); },
        [](Work& work, const SheetFile&, const identity::ImportTrial& trial) { return identity::carry_out_import(work, trial); },
        [](const identity::ImportTrial& trial) {
            return fmt::format("created {}, updated {}, unchanged {}", trial.created, trial.updated, trial.unchanged);
        });
}

int export_units(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Read, [&](Work& work) {
        const auto day = day_of(invocation, "--day", work.today());
        if (!day) return invocation.fail(invalid("day", "app.no_day"));
        const auto table = identity::unit_table(work, *day);
        invocation.out << (invocation.flag("--csv") ? formats::write_csv(table) : formats::write_xlsx({table}));
        return 0;
    });
}

int list_changes(Invocation& invocation) {
    return in_authority(invocation, storage::Mode::Read, [&](Work& work) {
        for (const auto& set : identity::change_sets(work))
            invocation.out << to_string(set.authority) << '/' << to_string(set.id) << '\t' << set.day.iso() << '\t' << identity::code(set.state) << '\t' << set.name << '\n';
        for (const auto& incoming : identity::incoming_change_sets(work))
            invocation.out << to_string(incoming.set.authority) << '/' << to_string(incoming.set.id) << '\t' << incoming.set.day.iso() << '\t'
                           << (incoming.accepted ? "accepted" : "to accept") << '\t' << incoming.from << ": " << incoming.set.name << '\n';
        return 0;
    });
}

/// For all that have not agreed yet: in an authority that begins with the change nobody can sign in before its day.
int accept_change(Invocation& invocation) {
    const std::string typed = invocation.text("CHANGE");
    const std::size_t slash = std::min(typed.find('/'), typed.size());
    const auto authority = parse_id(std::string_view(typed).substr(0, slash)), id = parse_id(std::string_view(typed).substr(std::min(slash + 1, typed.size())));
    if (!authority || !id) return invocation.fail(not_found("app.no_such_change"));
    auto& services = invocation.services();
    return services.database.write([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), *authority);
        const auto set = identity::change_set_by_id(work, *id);
        if (!set) return invocation.fail(not_found("app.no_such_change"));
        for (const Id other : identity::authorities_to_accept(work, *set)) {
            Work there = work;
            there.authority = other;
            if (const auto done = identity::accept_change_set(there, *authority, *id); !done) return invocation.fail(done.failure());
            invocation.out << to_string(other) << '\n';
        }
        return 0;
    });
}

}  // namespace

void join_unit_commands(Registry& registry) {
    const jobs::Parameter name{"NAME", Kind::Place, "Its name in full, as it is printed", true};
    const jobs::Parameter from{"--from", Kind::Option, "First day, as 01/07/2025; today when not given"};
    registry.add(Command{"authority add", "Make a People's Committee with its root unit; prints its id",
                         "Levels: province, district, commune.",
                         {name,
                          {"--short-name", Kind::Option, "As letters abbreviate it", true},
                          {"--place", Kind::Option, "What it governs, kind and name", true},
                          {"--level", Kind::Option, "province, district or commune", true},
                          {"--hamlet-word", Kind::Option, "Its word for a hamlet", true},
                          from},
                         add_authority});
    registry.add(Command{"unit add", "Make a unit of an authority; prints its id",
                         "Kinds: office, commune, district, hamlet, school, public_service, mass_organisation, party_body, "
                         "force, outside_body.",
                         {name,
                          {"--kind", Kind::Option, "What it is", true},
                          {"--short-name", Kind::Option, "As letters abbreviate it"},
                          {"--parent", Kind::Option, "Name, short name or id of the unit above; the committee when not given"},
                          {"--represents", Kind::Option, "The lower committee that it stands for: its place, name or id"},
                          from,
                          authority_parameter()},
                         add_unit});
    registry.add(Command{"unit group", "Make a class of units that plans name as one",
                         "Every unit of the given kinds belongs to it, as of any day.",
                         {name,
                          {"--kinds", Kind::Option, "Kinds of unit, by commas", true},
                          {"--aliases", Kind::Option, "Other names of it, by semicolons"},
                          authority_parameter()},
                         add_group});
    registry.add(Command{"unit import", "Take units over from a spreadsheet",
                         "Columns are found by their headings (`loa unit export` writes them). Rows that are wrong are listed with their "
                         "cells, and then nothing is changed (exit code 1).",
                         {{"FILE", Kind::Place, ".xlsx or .csv", true},
                          {"--dry-run", Kind::Flag, "Only say what would be done"},
                          authority_parameter()},
                         import_units});
    registry.add(Command{"unit export", "Write the units of an authority to standard output as .xlsx", "",
                         {{"--day", Kind::Option, "As of this day; today when not given"}, {"--csv", Kind::Flag, "As .csv"}, authority_parameter()},
                         export_units});
    registry.add(Command{"unit changes", "List changes of units that are prepared, and those of others that come here", "", {authority_parameter()}, list_changes});
    registry.add(Command{"unit accept", "Agree for the authorities that a change sends units or people to; prints their ids",
                         "For an authority that nobody can sign in to before the day.",
                         {{"CHANGE", Kind::Place, "AUTHORITY/CHANGE, as `loa unit changes` lists it", true}},
                         accept_change});
    registry.add(Command{"unit list", "List the units of an authority as a tree", "", {authority_parameter()}, list_units});
}

}  // namespace loa::app
