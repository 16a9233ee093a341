// How many work in a unit or live there, with the day from which the figure holds: what rates are divided by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

enum class FigureKind {
    Headcount,  // people who work there
    Population  // people who live there (communes, hamlets)
};
inline constexpr FigureKind kFigureKinds[] = {FigureKind::Headcount, FigureKind::Population};
/// "headcount", "population": the column, the form value, and "identity.<code>".
std::string_view code(FigureKind kind);
std::optional<FigureKind> figure_kind_from(std::string_view code);

struct UnitFigure {
    FigureKind kind = FigureKind::Headcount;
    std::int64_t value = 0;
    Date valid_from;
    std::string source;       // "Báo cáo dân số quý II/2025"; "" where none was given
    std::string person_name;  // who entered it; "" for the system
};

// ---- Queries: the acting authority's units only ----------------------------------------------------------

/// The whole history, the newest of each kind first.
std::vector<UnitFigure> figures_of_unit(const Work& work, Id unit);
/// The last figure that began on that day or before; nothing where none had.
std::optional<std::int64_t> figure_on(const Work& work, Id unit, FigureKind kind, Date day);
/// The same for every unit that has one.
std::unordered_map<Id, std::int64_t> figures_on(const Work& work, FigureKind kind, Date day);

// ---- Action (verb identity.manage_units) -----------------------------------------------------------------

struct SetFigure {
    Id unit;
    FigureKind kind = FigureKind::Headcount;
    std::int64_t value = 0;
    Date valid_from;
    std::string source;
};
/// Another figure from the same day replaces it; the same one again changes nothing. Invalid: below zero, a day that
/// lies ahead (nobody has counted then) or on which the unit was not there.
Result<> set_figure(Work& work, const SetFigure& input);

}  // namespace loa::identity
