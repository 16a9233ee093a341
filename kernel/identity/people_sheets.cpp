// Taking a table of people over, and handing one out.
#include "loa/identity/people_sheets.h"

#include <unordered_map>

#include "kept_imports.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/account_links.h"
#include "loa/identity/timeline.h"
#include "page_parts.h"
#include "people_rows.h"
#include "tree_names.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using formats::CellKind;

struct About {
    PersonColumn column;
    CellKind kind;
    int width;  // letters
};
constexpr About kColumns[] = {{PersonColumn::Name, CellKind::Text, 30},     {PersonColumn::SignInName, CellKind::Text, 20},
                              {PersonColumn::Email, CellKind::Text, 34},    {PersonColumn::Unit, CellKind::Text, 42},
                              {PersonColumn::Role, CellKind::Text, 24},     {PersonColumn::Position, CellKind::Text, 24},
                              {PersonColumn::ValidFrom, CellKind::Day, 14}, {PersonColumn::LastDay, CellKind::Day, 14}};

formats::SheetTable headings(const Work& work) {
    formats::SheetTable table{tr(work, "identity.people"), {}, {}};
    for (const About& about : kColumns) table.columns.push_back({tr(work, column_heading_key(about.column)), about.kind, about.width});
    return table;
}

std::string role_text(const Work& work, Role role) {
    return tr(work, "identity.role." + std::string(code(role)));
}

/// A person who could be named otherwise, or placed elsewhere, a moment later makes the whole table another one.
Result<> make_person(Work& work, const Keys& keys, const PersonPlan& plan) {
    const auto made = create_person(work, plan.person);
    if (!made) return conflict("identity.import_people_changed");
    if (plan.person.email.empty()) return Done{};
    const auto invited = make_password_link(work, keys, *made, LinkPurpose::Invitation, LinkWay::Mail);
    if (!invited) return invited.failure();
    return Done{};
}
}  // namespace

std::string digest_of_trial(const PeopleTrial& trial) {
    std::string all;
    const auto add = [&](const auto&... parts) { ((all += parts, all += '\x1f'), ...); };
    for (const PersonPlan& plan : trial.plans) {
        const CreatePerson& person = plan.person;
        add(person.name, person.sign_in_name, person.email, to_string(person.unit), code(person.role), person.position, person.valid_from.iso(),
            person.valid_to ? person.valid_to->iso() : "");
    }
    return sha256(all);
}

Result<Id> keep_people_import(Work& work, const std::string& file_name, std::string_view bytes, const PeopleTrial& trial) {
    if (!may(work, kManagePeople)) return forbidden();
    return keep_file(work, ImportOf::People, file_name, bytes, digest_of_trial(trial));
}

std::optional<KeptImport> kept_people_import(const Work& work, Id id) {
    return kept_file(work, ImportOf::People, id);
}

Result<PeopleTrial> apply_people_import(Work& work, const Keys& keys, Id id, std::string_view shown_sha256) {
    if (!may(work, kManagePeople)) return forbidden();
    const auto kept = file_to_apply(work, ImportOf::People, id, shown_sha256);
    if (!kept) return kept.failure();
    const auto sheets = formats::read_spreadsheet(kept->bytes, kept->file_name);
    if (!sheets) return sheets.failure();
    auto trial = try_people_import(work, *sheets);
    if (!trial) return trial;
    if (!trial->sound() || digest_of_trial(*trial) != kept->digest) return conflict("identity.import_people_changed");
    for (const PersonPlan& plan : trial->plans)
        if (const auto made = make_person(work, keys, plan); !made) return made.failure();
    if (const auto marked = mark_applied(work, *kept); !marked) return marked.failure();
    record(work, {"identity.people_import", work.authority, id}, "identity.people_imported",
           {{"file_name", "", kept->file_name},
            {"sha256", "", kept->sha256},
            {"people_created", "", std::to_string(trial->plans.size())},
            {"people_invited", "", std::to_string(trial->plans.size() - trial->without_address)}});
    return trial;
}

formats::SheetTable people_table(const Work& work) {
    formats::SheetTable table = headings(work);
    const auto units = units_on(work, work.today());
    const UnitPaths paths(units);
    std::unordered_map<Id, Person> people;
    constexpr int kAll = 1'000'000;
    for (PersonLine& line : people_list(work, "", kAll, 0)) people.emplace(line.person.id, std::move(line.person));
    for (const Membership& each : memberships_on(work, work.today())) {
        const Person& person = people.at(each.person);
        const std::string unit = paths.of(each.unit);
        table.rows.push_back({person.name, person.sign_in_name, person.email, unit.empty() ? each.unit_name : unit, role_text(work, each.role), each.position,
                              each.valid_from.vietnamese(), each.valid_to ? each.valid_to->plus_days(-1).vietnamese() : ""});
    }
    return table;
}

std::vector<formats::SheetTable> people_template(const Work& work) {
    formats::SheetTable table = headings(work);
    const auto example = [&](const char* line, const std::string& unit, Role role) {
        std::vector<std::string> cells;
        const std::string text = tr(work, line);
        for (const auto cell : split(text, '|')) cells.emplace_back(trimmed(cell));
        cells.resize(3);
        cells.insert(cells.end(), {unit, role_text(work, role), "", work.today().vietnamese(), ""});
        table.rows.push_back(std::move(cells));
    };
    const auto units = units_on(work, work.today());
    example("identity.template_person", UnitPaths(units).of(units.front().id), Role::Clerk);
    formats::SheetTable explained{tr(work, "identity.template_explained"), {{tr(work, "identity.template_column"), CellKind::Text, 24}, {tr(work, "identity.template_what"), CellKind::Text, 100}}, {}};
    for (const About& about : kColumns)
        explained.rows.push_back({tr(work, column_heading_key(about.column)), tr(work, "identity.person_column_help." + std::string(code(about.column)))});
    std::vector<std::string> roles;
    for (const Role role : kRoles) roles.push_back(role_text(work, role));
    explained.rows.push_back({tr(work, "identity.template_roles"), joined(roles, "; ")});
    return {std::move(table), std::move(explained)};
}

}  // namespace loa::identity
