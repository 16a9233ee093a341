#include "open_names_view.h"

#include <map>
#include <string>

#include "loa/identity/units.h"
#include "names.h"
#include "queries.h"

namespace loa::plan {

using web::View;

namespace {

/// One list: what the name may mean by the dictionary first, then who carries on the affairs of an office of
/// that name that is no more, then every group, then every unit.
std::vector<View> choices(const Work& work, const UnitNames& dictionary, const UnitNames& ended, const std::string& name,
                          const std::vector<identity::UnitNode>& units,
                          const std::vector<identity::UnitGroup>& groups, const std::string& chosen) {
    std::vector<View> list;
    bool marked = false;  // the same unit stands in the list more than once; the last one marked would win
    const auto add = [&](const char* prefix, Id id, const std::string& label) {
        View option;
        const std::string value = prefix + to_string(id);
        option.set("value", value).set("label", label).flag("chosen", !marked && value == chosen);
        marked = marked || value == chosen;
        list.push_back(std::move(option));
    };
    for (const auto& candidate : dictionary.candidates(name)) {
        if (candidate.unit) add("unit-", *candidate.unit, candidate.name);
        if (candidate.group) add("group-", *candidate.group, candidate.name);
    }
    for (const auto& successor : ended.candidates(name))
        add("unit-", *successor.unit, tr(work, "plan.name_successor", {{"name", successor.name}}));
    for (const auto& group : groups) add("group-", group.id, group.name);
    for (const auto& node : units)
        if (node.depth > 0) add("unit-", node.unit.id, node.unit.name);
    return list;
}

/// A new unit below the committee, by its kind; the committee is there and outside bodies are a choice of their own.
std::vector<View> new_units(const Work& work, const std::string& chosen) {
    std::vector<View> list;
    for (const auto kind : identity::kUnitKinds) {
        if (kind == identity::UnitKind::Committee || kind == identity::UnitKind::OutsideBody) continue;
        const std::string code(identity::code(kind));
        View option;
        option.set("value", "new-" + code).set("label", tr(work, "identity.unit_kind." + code)).flag("chosen", chosen == "new-" + code);
        list.push_back(std::move(option));
    }
    return list;
}

}  // namespace

std::vector<View> open_name_views(Work& work, const Content& content, Refused* refused) {
    std::map<std::string, std::string> open;  // as it is compared → as it is printed first
    const auto collect = [&](const std::vector<Party>& parties) {
        for (const auto& party : parties)
            if (!party.resolved()) open.emplace(compared_name(party.name), party.name);
    };
    for (const auto& activity : content.activities)
        if (!activity.dropped) collect(activity.parties);
    for (const auto& duty : content.duties)
        if (!duty.dropped) collect(duty.parties);
    if (open.empty()) return {};

    const Date day = content.revision.day().value_or(work.today());
    const auto dictionary = UnitNames::on(work, day);
    const auto ended = UnitNames::ended_by(work, day);
    const auto units = identity::unit_tree(work, day);
    const auto groups = identity::unit_groups(work);
    std::vector<View> names;
    int number = 0;
    for (const auto& [compared, printed] : open) {
        View name;
        ++number;
        name.set("name", printed).set("number", std::to_string(number));
        Refused* own = refused && refused->form == "name-" + compared ? refused : nullptr;
        const std::string chosen = shown_value(own, "means", "");
        name.set("choices", choices(work, dictionary, ended, printed, units, groups, chosen));
        name.set("new_units", new_units(work, chosen)).flag("outside_chosen", chosen == "outside");
        set_form_problems(work, name, own);
        if (own) own->link = "#ten-" + std::to_string(number) + "-";
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace loa::plan
