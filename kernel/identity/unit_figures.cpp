#include "loa/identity/unit_figures.h"

#include "codes.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "verbs.h"

namespace loa::identity {

namespace {
constexpr Codes<FigureKind, 2> kCodes{{{FigureKind::Headcount, "headcount"}, {FigureKind::Population, "population"}}};

std::vector<Problem> problems_of(const Work& work, const SetFigure& input, const Unit& unit) {
    std::vector<Problem> problems;
    if (input.value < 0) problems.push_back({"value", "identity.below_zero", {}});
    if (input.valid_from > work.today()) problems.push_back({"valid_from", "identity.figure_ahead", {}});
    if (!unit.open_on(input.valid_from)) problems.push_back({"valid_from", "identity.figure_of_no_unit", {}});
    return problems;
}
}  // namespace

std::string_view code(FigureKind kind) {
    return code_in(kCodes, kind);
}
std::optional<FigureKind> figure_kind_from(std::string_view code) {
    return from_code(kCodes, code);
}

std::vector<UnitFigure> figures_of_unit(const Work& work, Id unit) {
    std::vector<UnitFigure> figures;
    for (const auto& row : work.db.query("identity.figures_of_unit", {work.authority, unit}))
        figures.push_back({figure_kind_from(row.text("kind")).value(), row.number("value"), row.date("valid_from"),
                           row.text("source"), row.optional_text("person_name").value_or("")});
    return figures;
}

std::optional<std::int64_t> figure_on(const Work& work, Id unit, FigureKind kind, Date day) {
    const auto row = work.db.one("identity.figure_on", {work.authority, unit, code(kind), day});
    return row ? std::optional(row->number("value")) : std::nullopt;
}

std::unordered_map<Id, std::int64_t> figures_on(const Work& work, FigureKind kind, Date day) {
    std::unordered_map<Id, std::int64_t> figures;
    for (const auto& row : work.db.query("identity.figures_on", {work.authority, code(kind), day}))
        figures.emplace(row.id("unit_id"), row.number("value"));
    return figures;
}

Result<> set_figure(Work& work, const SetFigure& input) {
    if (!may_throughout_or_in(work, kManageUnits, input.unit)) return forbidden();
    const auto unit = unit_by_id(work, input.unit);
    if (!unit) return not_found();
    if (auto problems = problems_of(work, input, *unit); !problems.empty()) return invalid(std::move(problems));
    const std::string source = squeezed(input.source);
    std::string before;
    for (const UnitFigure& figure : figures_of_unit(work, input.unit)) {
        if (figure.kind != input.kind || figure.valid_from != input.valid_from) continue;
        if (figure.value == input.value && figure.source == source) return Done{};
        before = std::to_string(figure.value);
    }
    work.db.run("identity.set_figure", {work.authority, input.unit, code(input.kind), input.valid_from, input.value, source,
                                        work.actor.person, work.now});
    // What reads the columns of the unit sees today's figures.
    work.db.run("identity.set_unit_figures", {work.authority, input.unit, figure_on(work, input.unit, FigureKind::Headcount, work.today()),
                                              figure_on(work, input.unit, FigureKind::Population, work.today())});
    record(work, {"identity.unit", work.authority, input.unit}, "identity.figure_set",
           {{std::string(code(input.kind)), before, std::to_string(input.value)},
            {"valid_from", "", input.valid_from.iso()},
            {"source", "", source}});
    return Done{};
}

}  // namespace loa::identity
