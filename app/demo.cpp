// The demonstration authority: an invented commune with its offices, hamlets and people.
#include <algorithm>
#include <map>
#include <ostream>

#include "commands.h"
#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/calendar.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "loa/jobs/demonstration.h"
#include "demo.h"

namespace loa::app {

namespace {

/// Known to everybody, which is why `serve` refuses to leave loopback while these accounts exist.
constexpr std::string_view kPassword = "hoa-gao-dau-lang";

template <class T>
T must(Result<T> result) {
    LOA_CHECK(result);
    return std::move(result).value();
}

void create_groups(Work& work) {
    using identity::UnitKind;
    const auto texts = jobs::demonstration_table("app/data/demonstration_groups.tsv", 5);
    for (const auto& row : texts) {
        identity::CreateGroup group;
        group.name = row[0];
        for (const auto kind : split(row[1], ',')) {
            const auto known = identity::unit_kind_from(trimmed(kind));
            LOA_CHECK(known.has_value());
            group.kinds.push_back(*known);
        }
        for (std::size_t i = 2; i < row.size(); ++i)
            if (!row[i].empty()) group.aliases.push_back(row[i]);
        must(identity::create_group(work, group));
    }
}

void enter_days_off(Work& work) {
    for (const auto& row : jobs::demonstration_table("app/data/demonstration_days.tsv", 4))
        must(identity::set_days(work, {*Date::parse_iso(row[1]), *Date::parse_iso(row[2]), *identity::occasion_from(row[0]), row[3]}));
}

void load(const Registry&, web::Services& services, std::ostream& out) {
    const auto people = jobs::demonstration_table("app/data/demonstration_people.tsv", 5);
    // One hash for all twenty: they share the password anyway, and hashing is slow on purpose.
    const auto password = must(identity::hash_password(kPassword, ""));
    services.database.write([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        const Date founded = *Date::from(2025, 7, 1);  // the two-tier local government
        std::map<std::string, Id> units;
        for (const auto& row : jobs::demonstration_table("app/data/demonstration.tsv", 5)) {
            if (row[0] == "committee") {
                identity::CreateAuthority authority;
                authority.name = row[1];
                authority.short_name = row[2];
                authority.place = replaced(row[2], "UBND ", "");
                authority.hamlet_word = row[3];
                authority.valid_from = founded;
                authority.demonstration = true;
                work.authority = must(identity::create_authority(work, authority));
                units[row[1]] = identity::root_unit(work);
                continue;
            }
            identity::CreateUnit unit;
            unit.parent = identity::root_unit(work);
            unit.kind = *identity::unit_kind_from(row[0]);
            unit.name = row[1];
            unit.short_name = row[2];
            unit.valid_from = founded;
            unit.position = static_cast<std::int64_t>(units.size());
            units[row[1]] = must(identity::create_unit(work, unit));
        }
        create_groups(work);
        enter_days_off(work);
        for (const auto& row : people) {
            identity::CreatePerson person;
            person.sign_in_name = row[0];
            person.name = row[1];
            person.unit = units.at(row[2]);
            person.role = *identity::role_from(row[3]);
            person.position = row[4];
            person.password = password;
            person.valid_from = founded;
            must(identity::create_person(work, person));
        }
    });
    out << "Demonstration accounts (password for all: " << kPassword << ")\n";
    for (const auto& row : people) out << "  " << row[0] << "\t" << row[1] << ", " << row[4] << ", " << row[2] << '\n';
}

int load_all(jobs::Invocation& invocation) {
    auto& services = invocation.services();
    const Holds holds = what_holds(services);
    // Accounts with a known password have no place beside people's work.
    if (holds == Holds::Work) return invocation.fail(conflict("app.demo_not_empty"));
    if (holds == Holds::Demonstration) {
        invocation.out << "The demonstration data is there already. Password for all accounts: " << kPassword << '\n';
        return 0;
    }
    jobs::load_demonstration(invocation.registry, jobs::Demonstration::Of::Commune, services, invocation.out);
    return 0;
}

}  // namespace

Holds what_holds(web::Services& services) {
    return services.database.read([&](storage::Transaction& transaction) {
        const loa::Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        const auto all = identity::authorities_on(work, work.today());
        const bool demonstration = std::any_of(all.begin(), all.end(), [](const auto& authority) { return authority.demonstration; });
        return all.empty() ? Holds::Nothing : demonstration ? Holds::Demonstration : Holds::Work;
    });
}

void join_demonstration(Registry& registry) {
    registry.add(jobs::Demonstration{.order = 0, .load = load});
    registry.add(jobs::Command{"demo", "Load the demonstration data (an invented commune) into an empty database",
                               "Twenty people with one known password; never on a machine that others can reach.",
                               {}, load_all});
}

}  // namespace loa::app
