// What moves when a set of changes takes effect, said before it does.
#include <algorithm>

#include "loa/identity/deputies.h"
#include "unit_change_rows.h"

namespace loa::identity {

namespace {
std::string name_of(const Work& work, const UnitChangeSet& set, const UnitKey& key) {
    for (const UnitChange& change : set.changes)
        if (change.kind == ChangeKind::Create && key == UnitKey{set.authority, change.unit}) return change.name;
    const auto row = work.db.one("identity.unit_by_id", {key.authority, key.unit, set.day});
    return row ? row->text("name") : "";
}

void add_people(const Work& work, const UnitChangeSet& set, const UnitChange& change, std::vector<PreviewLine>& lines) {
    const auto row = work.db.one("identity.count_of_memberships_to_continue", {work.authority, change.unit, set.day});
    if (row->number("memberships") == 0) return;
    const std::string people = std::to_string(row->number("people")), memberships = std::to_string(row->number("memberships"));
    for (const ChangeSuccessor& successor : change.successors)
        if (successor.takes_people) {
            lines.push_back({change.id, "identity.preview_people_go", {{"people", people}, {"memberships", memberships}, {"unit", name_of(work, set, successor.unit)}}});
            return;
        }
    lines.push_back({change.id, "identity.preview_people_end", {{"people", people}, {"memberships", memberships}}});
}

void add_groups(const Work& work, const UnitChange& change, std::vector<PreviewLine>& lines) {
    for (const auto& row : work.db.query("identity.group_names_listing_unit", {work.authority, change.unit}))
        lines.push_back({change.id, change.successors.empty() ? "identity.preview_group_loses" : "identity.preview_group_goes", {{"group", row.text("name")}}});
}

void add_units_below(const UnitChangeSet& set, const UnitChange& change, const std::vector<UnitNode>& before,
                     std::vector<PreviewLine>& lines) {
    for (const UnitNode& node : before) {
        if (node.unit.parent != change.unit) continue;
        if (!ending_of(set, node.unit.id) && !node.unit.valid_to) lines.push_back({change.id, "identity.preview_unit_left_over", {{"unit", node.unit.name}}});
    }
}

void add_deputies(const Work& work, const UnitChangeSet& set, const UnitChange& change, const std::vector<UnitNode>& before,
                  std::vector<PreviewLine>& lines) {
    if (before.empty() || before.front().unit.id != change.unit) return;  // only with the committee does the authority end
    const auto all = deputyships(work);
    const auto ended = std::count_if(all.begin(), all.end(), [&](const Deputyship& each) { return each.last_day() >= set.day; });
    if (ended > 0) lines.push_back({change.id, "identity.preview_deputies_end", {{"n", std::to_string(ended)}}});
}

void add_names(const Work& work, const UnitChange& change, std::vector<PreviewLine>& lines) {
    const std::size_t names = names_of_unit(work, change.unit).size();
    const auto key = change.successors.empty() ? "identity.preview_names_end" : "identity.preview_names_lead";
    lines.push_back({change.id, key, {{"n", std::to_string(names)}}});
}
}  // namespace

std::vector<PreviewLine> preview_lines(const Work& work, const Registry& registry, const UnitChangeSet& set) {
    std::vector<PreviewLine> lines;
    const auto before = unit_tree(work, set.day.plus_days(-1));
    for (const UnitChange& change : set.changes) {
        if (change.kind != ChangeKind::End) continue;
        add_people(work, set, change, lines);
        add_groups(work, change, lines);
        add_names(work, change, lines);
        add_deputies(work, set, change, before, lines);
        add_units_below(set, change, before, lines);
    }
    for (const UnitChangePreview& preview : registry.all<UnitChangePreview>())
        for (PreviewLine& line : preview.lines(work, set)) lines.push_back(std::move(line));
    return lines;
}

}  // namespace loa::identity
