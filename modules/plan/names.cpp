#include "names.h"

#include <algorithm>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/identity/units.h"

namespace loa::plan {

namespace {

/// data/abbreviations.tsv: "ubnd" and what it stands for, folded but for the marks.
const std::vector<std::pair<std::string, std::string>>& abbreviations() {
    static const auto pairs = [] {
        std::vector<std::pair<std::string, std::string>> read;
        const auto* file = embedded_file("modules/plan/data/abbreviations.tsv");
        LOA_CHECK(file != nullptr);
        for (const auto line : split(file->bytes, '\n')) {
            const auto columns = split(line, '\t');
            if (columns.size() == 2 && !line.starts_with('#')) read.emplace_back(columns[0], columns[1]);
        }
        return read;
    }();
    return pairs;
}

}  // namespace

std::string compared_name(std::string_view name) {
    const auto& written_out = abbreviations();
    const std::string spaced = replaced(fold_keeping_marks(name), "&", " & ");
    std::string out;
    for (const auto word : split(spaced, ' ')) {
        if (word.empty()) continue;
        const auto found = std::find_if(written_out.begin(), written_out.end(),
                                        [&](const auto& entry) { return entry.first == word; });
        if (!out.empty()) out += ' ';
        out += found == written_out.end() ? word : found->second;
    }
    return out;
}

AgencyNames agency_names(Work& work) {
    AgencyNames names;
    for (const auto& entry : identity::unit_names_on(work, work.today())) names.add(entry.name);
    for (const auto& entry : identity::names_of_ended_units(work, work.today())) names.add(entry.name);
    return names;
}

UnitNames UnitNames::on(Work& work, Date day) {
    UnitNames names;
    for (auto& entry : identity::unit_names_on(work, day))
        names.add(entry.name, {entry.unit, entry.group, entry.name});
    return names;
}

UnitNames UnitNames::ended_by(Work& work, Date day) {
    UnitNames names;
    for (const auto& entry : identity::names_of_ended_units(work, day))
        for (const auto& key : identity::successors_of(work, {work.authority, *entry.unit}, day)) {
            if (key.authority != work.authority) continue;
            if (const auto unit = identity::unit_by_id(work, key.unit)) names.add(entry.name, {unit->id, std::nullopt, unit->name});
        }
    return names;
}

void UnitNames::add(std::string_view name, NamedUnit unit) {
    auto& bearers = by_name_[compared_name(name)];
    const bool known = std::any_of(bearers.begin(), bearers.end(), [&](const NamedUnit& bearer) {
        return bearer.unit == unit.unit && bearer.group == unit.group;
    });
    if (!known) bearers.push_back(std::move(unit));
}

std::optional<NamedUnit> UnitNames::find(std::string_view name) const {
    const auto found = by_name_.find(compared_name(name));
    if (found == by_name_.end() || found->second.size() != 1) return std::nullopt;
    return found->second.front();
}

std::vector<NamedUnit> UnitNames::candidates(std::string_view name) const {
    const auto found = by_name_.find(compared_name(name));
    return found == by_name_.end() ? std::vector<NamedUnit>{} : found->second;
}

}  // namespace loa::plan
