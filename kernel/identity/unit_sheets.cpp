// Taking a table of units over, and handing one out.
#include "loa/identity/unit_sheets.h"

#include <unordered_map>

#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/timeline.h"
#include "loa/identity/unit_figures.h"
#include "kept_imports.h"
#include "page_parts.h"
#include "tree_names.h"
#include "verbs.h"

namespace loa::identity {

namespace {
Result<> update_unit(Work& work, const RowPlan& plan) {
    const Id unit = plan.unit.id;
    if (plan.rename) {
        const auto renamed = rename_unit(work, {.unit = unit, .name = plan.unit.name, .short_name = *plan.rename, .from = work.today(), .version = plan.version});
        if (!renamed) return renamed;
    }
    for (const auto& [kind, value] : {std::pair(FigureKind::Headcount, plan.headcount), std::pair(FigureKind::Population, plan.population)})
        if (value)
            if (auto set = set_figure(work, {.unit = unit, .kind = kind, .value = *value, .valid_from = work.today(), .source = ""}); !set) return set;
    if (plan.position) {
        work.db.run("identity.set_unit_position", {work.authority, unit, *plan.position});
        record(work, {"identity.unit", work.authority, unit}, "identity.unit_moved", {{"position", "", std::to_string(*plan.position)}});
    }
    return Done{};
}

formats::SheetTable headings(const Work& work) {
    using formats::CellKind;
    struct About {
        UnitColumn column;
        CellKind kind;
        int width;
    };
    constexpr About columns[] = {{UnitColumn::Name, CellKind::Text, 42},       {UnitColumn::ShortName, CellKind::Text, 22},
                                 {UnitColumn::Kind, CellKind::Text, 26},       {UnitColumn::Parent, CellKind::Text, 36},
                                 {UnitColumn::ValidFrom, CellKind::Day, 14},   {UnitColumn::Headcount, CellKind::Number, 10},
                                 {UnitColumn::Population, CellKind::Number, 10}, {UnitColumn::Aliases, CellKind::Text, 36},
                                 {UnitColumn::Position, CellKind::Number, 9}};
    formats::SheetTable table{tr(work, "identity.units"), {}, {}};
    for (const About& about : columns) table.columns.push_back({tr(work, column_heading_key(about.column)), about.kind, about.width});
    return table;
}

std::string text_of(const std::unordered_map<Id, std::int64_t>& figures, Id unit) {
    const auto found = figures.find(unit);
    return found == figures.end() ? "" : std::to_string(found->second);
}
}  // namespace

Result<> carry_out_import(Work& work, const ImportTrial& trial) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    LOA_CHECK(trial.sound());
    std::vector<CreateUnit> created;
    std::vector<storage::Values> aliases;
    const Date always = Date::from(1, 1, 1).value();
    for (const RowPlan& plan : trial.plans) {
        if (plan.effect == RowPlan::Effect::Create) created.push_back(plan.unit);
        for (const std::string& alias : plan.aliases)
            aliases.push_back({work.authority, work.new_id(), plan.unit.id, storage::Value{}, "alias", alias, alias, compare_key(alias), "given",
                               work.actor.person, work.now, always});
    }
    write_units(work, created);
    for (const RowPlan& plan : trial.plans)
        if (plan.effect == RowPlan::Effect::Update)
            if (auto updated = update_unit(work, plan); !updated) return updated;
    work.db.run_batch("identity.add_name", aliases);
    for (const RowPlan& plan : trial.plans)
        for (const std::string& alias : plan.aliases)
            record(work, {"identity.unit", work.authority, plan.unit.id}, "identity.alias_added", {{"name", "", alias}, {"source", "", "given"}});
    return Done{};
}

Result<Id> keep_import(Work& work, const std::string& file_name, std::string_view bytes) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    return keep_file(work, ImportOf::Units, file_name, bytes, digest_of_units(work));
}

std::optional<KeptImport> kept_import(const Work& work, Id id) {
    return kept_file(work, ImportOf::Units, id);
}

Result<ImportTrial> apply_import(Work& work, Id id, std::string_view shown_sha256) {
    if (!may_throughout(work, kManageUnits)) return forbidden();
    const auto kept = file_to_apply(work, ImportOf::Units, id, shown_sha256);
    if (!kept) return kept.failure();
    if (digest_of_units(work) != kept->digest) return conflict("identity.import_units_changed");
    const auto sheets = formats::read_spreadsheet(kept->bytes, kept->file_name);
    if (!sheets) return sheets.failure();
    auto trial = try_import(work, *sheets);
    if (!trial) return trial;
    if (!trial->sound()) return conflict("identity.import_units_changed");
    if (const auto done = carry_out_import(work, *trial); !done) return done.failure();
    if (const auto marked = mark_applied(work, *kept); !marked) return marked.failure();
    record(work, {"identity.unit_import", work.authority, id}, "identity.units_imported",
           {{"file_name", "", kept->file_name},
            {"sha256", "", kept->sha256},
            {"created", "", std::to_string(trial->created)},
            {"updated", "", std::to_string(trial->updated)}});
    return trial;
}

formats::SheetTable unit_table(const Work& work, Date day) {
    formats::SheetTable table = headings(work);
    const auto units = units_on(work, day);
    const UnitPaths paths(units);
    const auto headcounts = figures_on(work, FigureKind::Headcount, day), populations = figures_on(work, FigureKind::Population, day);
    std::unordered_map<Id, std::vector<std::string>> aliases;
    for (const auto& row : work.db.query("identity.aliases_of_units", {work.authority})) aliases[row.id("unit_id")].push_back(row.text("name"));
    for (const Unit& unit : units)
        table.rows.push_back({unit.name, unit.short_name == unit.name ? "" : unit.short_name, tr(work, "identity.unit_kind." + std::string(code(unit.kind))),
                              paths.above(unit), unit.valid_from.vietnamese(), text_of(headcounts, unit.id), text_of(populations, unit.id),
                              joined(aliases[unit.id], "; "), std::to_string(unit.position)});
    return table;
}

std::vector<formats::SheetTable> unit_template(const Work& work) {
    formats::SheetTable table = headings(work);
    const auto example = [&](const char* line) {
        std::vector<std::string> cells;
        const std::string text = tr(work, line);
        for (const auto cell : split(text, '|')) cells.emplace_back(trimmed(cell));
        table.rows.push_back(std::move(cells));
    };
    example("identity.template_office");
    example("identity.template_school");
    example("identity.template_hamlet");
    formats::SheetTable explained{tr(work, "identity.template_explained"), {{tr(work, "identity.template_column"), formats::CellKind::Text, 24}, {tr(work, "identity.template_what"), formats::CellKind::Text, 100}}, {}};
    for (const UnitColumn column : {UnitColumn::Name, UnitColumn::ShortName, UnitColumn::Kind, UnitColumn::Parent, UnitColumn::ValidFrom, UnitColumn::Headcount,
                                    UnitColumn::Population, UnitColumn::Aliases, UnitColumn::Position})
        explained.rows.push_back({tr(work, column_heading_key(column)), tr(work, "identity.column_help." + std::string(code(column)))});
    std::vector<std::string> kinds;
    for (const UnitKind kind : kUnitKinds) kinds.push_back(tr(work, "identity.unit_kind." + std::string(code(kind))));
    explained.rows.push_back({tr(work, "identity.template_kinds"), joined(kinds, "; ")});
    return {std::move(table), std::move(explained)};
}

}  // namespace loa::identity
