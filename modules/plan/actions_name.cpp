// What a printed name means: an office, a class of offices, a new unit, a body outside. A person says it once;
// Loa remembers it as an alias and applies it wherever the name stands in the draft.
#include <algorithm>

#include "actions.h"
#include "draft.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "queries.h"

namespace loa::plan {

namespace {

/// Who drafts a plan may name the units it needs: the tree itself stays the administrator's, but a body that
/// only the paper knows must not stop the work. The line in the timeline says who did it.
Result<Id> make_unit(Work& work, const std::string& name, identity::UnitKind kind, Date day) {
    Work system = identity::system_work(work.db, work.ids, work.now, work.authority);
    const auto root = identity::unit_by_id(work, identity::root_unit(work));
    LOA_CHECK(root.has_value());
    identity::CreateUnit unit;
    unit.parent = root->id;
    unit.kind = kind;
    unit.name = name;
    unit.valid_from = std::max(day, root->valid_from);  // a paper may be older than the authority that reads it
    return identity::create_unit(system, unit);
}

Result<NamedUnit> meaning_of(Work& work, const Draft& draft, const ResolveName& input, const std::string& name) {
    const Date day = draft.day(work);
    switch (input.as) {
        case ResolveName::As::Unit: {
            const auto unit = input.unit ? identity::unit_by_id(work, *input.unit) : std::nullopt;
            if (!unit || unit->valid_from > day || (unit->valid_to && *unit->valid_to <= day))
                return invalid("unit", "plan.no_such_unit");
            return NamedUnit{unit->id, std::nullopt, unit->name};
        }
        case ResolveName::As::Group: {
            const auto group = input.group ? identity::unit_group_by_id(work, *input.group) : std::nullopt;
            if (!group) return invalid("group", "plan.no_such_group");
            return NamedUnit{std::nullopt, group->id, group->name};
        }
        case ResolveName::As::NewUnit:
        case ResolveName::As::OutsideBody: {
            const auto kind = input.as == ResolveName::As::NewUnit ? input.kind : identity::UnitKind::OutsideBody;
            if (kind == identity::UnitKind::Committee) return invalid("as", "plan.no_such_choice");  // there is one
            auto unit = make_unit(work, name, kind, day);
            if (!unit) return unit.failure();
            return NamedUnit{*unit, std::nullopt, name};
        }
    }
    return invalid("as", "plan.no_such_choice");
}

}  // namespace

Result<> resolve_name(Work& work, const ResolveName& input) {
    auto draft = open_draft(work, input.plan);
    if (!draft) return draft.failure();
    const std::string name = squeezed(input.name);
    if (name.empty()) return invalid("name", "plan.name_missing");
    auto meaning = meaning_of(work, *draft, input, name);
    if (!meaning) return meaning.failure();

    int places = 0;
    const auto resolve = [&](const std::vector<Party>& parties) {
        for (const auto& party : parties) {
            // What another person has said meanwhile stays: who disagrees corrects the item, and sees it first.
            if (party.resolved() || compared_name(party.name) != compared_name(name)) continue;
            work.db.run("plan.resolve_party",
                        {work.authority, draft->revision.id, party.id, meaning->unit, meaning->group});
            ++places;
        }
    };
    const Content content = content_of(work, draft->revision.id);
    for (const auto& activity : content.activities) resolve(activity.parties);
    for (const auto& duty : content.duties) resolve(duty.parties);
    if (places == 0) return conflict("plan.name_gone");

    // A name that the unit bears already needs no alias; that another open unit bears it too is no obstacle to
    // this paper, so a refusal to remember it does not undo the resolution.
    if (compared_name(meaning->name) != compared_name(name)) {
        Work system = identity::system_work(work.db, work.ids, work.now, work.authority);
        [[maybe_unused]] const auto remembered =
            identity::add_alias(system, {meaning->unit, meaning->group, name, identity::NameSource::Review});
    }
    const Content after = content_of(work, draft->revision.id);
    for (const auto& activity : after.activities)
        work.db.run("plan.set_activity_confidence", {work.authority, draft->revision.id, activity.id, number_of(confidence_of(activity))});
    for (const auto& duty : after.duties)
        work.db.run("plan.set_duty_confidence", {work.authority, draft->revision.id, duty.id, number_of(confidence_of(duty))});
    touch(work, *draft);
    identity::record(work, {"plan.plan", work.authority, input.plan}, "plan.name_resolved",
                     {{"name", name, meaning->name}});
    return Done{};
}

}  // namespace loa::plan
