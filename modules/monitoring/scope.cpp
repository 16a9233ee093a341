#include "scope.h"

#include <algorithm>

#include "loa/i18n/catalogue.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

constexpr std::string_view kOwn = "don-vi", kEverybody = "tat-ca";

bool contains(const std::vector<Id>& ids, Id id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

bool sees_everybody_first(Work& work) {
    for (const auto& grant : work.actor.grants) {
        const auto role = identity::role_from(grant.role);
        if (role == identity::Role::Leader || role == identity::Role::Auditor || role == identity::Role::Administrator) return true;
    }
    const auto own = identity::own_units(work);
    const auto plans = running_plans(work);
    return std::any_of(plans.begin(), plans.end(), [&](const RunningPlan& plan) { return contains(own, plan.aggregating_unit); });
}

std::vector<Id> own_and_below(Work& work) {
    std::vector<Id> tops;
    for (const auto& grant : work.actor.grants)
        if (!contains(tops, grant.unit)) tops.push_back(grant.unit);
    return identity::unit_subtree(work, tops, work.today());
}

}  // namespace

Scope scope_of(const web::Request& request, Work& work) { return scope_named(request.query.text("pham-vi"), work); }

Scope scope_named(std::string_view asked, Work& work) {
    const bool everybody = asked == kEverybody || (asked != kOwn && sees_everybody_first(work));
    if (everybody) return {};
    const auto units = own_and_below(work);
    // The whole tree is everybody: one statement instead of one a unit.
    if (contains(units, identity::root_unit(work))) return {};
    return {Scope::Of::Units, units};
}

std::string code_of(const Scope& scope) { return std::string(scope.of == Scope::Of::Everybody ? kEverybody : kOwn); }

Reader::Reader(Work& work, const Registry& registry, const std::vector<RunningPlan>& plans)
    : every_line_(identity::may_throughout(work, identity::verb_by_name(registry, "plan.read_evidence"))),
      units_(identity::units_where_may(work, identity::verb_by_name(registry, "plan.report"))) {
    // The whole tree is everybody, as above.
    every_line_ = every_line_ || contains(units_, identity::root_unit(work));
    if (every_line_) return;
    for (const Id unit : identity::units_where_may(work, identity::verb_by_name(registry, "plan.read_evidence")))
        if (!contains(units_, unit)) units_.push_back(unit);
    const auto &confirm = identity::verb_by_name(registry, "plan.confirm"), &draft = identity::verb_by_name(registry, "plan.draft");
    for (const auto& plan : plans)
        if (identity::may_in_unit(work, confirm, plan.aggregating_unit) || identity::may_in_unit(work, draft, plan.drafting_unit)) plans_.push_back(plan.id);
}

bool Reader::opens(Id plan, Id unit) const { return every_line_ || contains(plans_, plan) || contains(units_, unit); }

void set_scope(Work& work, const Scope& scope, std::string_view path, web::View& view) {
    std::vector<web::View> links;
    for (const auto code : {kOwn, kEverybody}) {
        web::View link;
        link.set("label", i18n::translate(work.language, code == kOwn ? "monitoring.scope_own" : "monitoring.scope_everybody"));
        link.set("path", std::string(path) + "?pham-vi=" + std::string(code)).flag("chosen", code_of(scope) == code);
        links.push_back(std::move(link));
    }
    view.set("scope_links", std::move(links)).set("scope", code_of(scope));
}

}  // namespace loa::monitoring
