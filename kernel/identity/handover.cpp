#include "loa/identity/handover.h"

#include <algorithm>

#include "loa/identity/deputies.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "people_rows.h"
#include "verbs.h"

namespace loa::identity {

namespace {
std::vector<Deputyship> deputyships_with(const Work& work, Id person) {
    auto all = deputyships(work);
    std::erase_if(all, [&](const Deputyship& each) { return each.principal != person && each.deputy != person; });
    return all;
}

bool holds(const std::vector<Membership>& memberships, const Membership& wanted) {
    return std::any_of(memberships.begin(), memberships.end(), [&](const Membership& each) {
        return each.unit == wanted.unit && each.role == wanted.role;
    });
}

Result<> take_over_roles(Work& work, const std::vector<Membership>& leaving, Id to) {
    for (const Membership& each : leaving) {
        const Date from = std::max(each.valid_from, work.today());
        if (each.role == Role::Administrator || holds(memberships_of_person(work, to, from), each)) continue;
        const auto added = add_membership(work, {.person = to,
                                                 .unit = each.unit,
                                                 .role = each.role,
                                                 .position = each.position,
                                                 .valid_from = from,
                                                 .valid_to = each.valid_to,
                                                 .scope = each.scope});
        if (!added) return added.failure();
    }
    return Done{};
}

std::vector<Problem> problems_of(const Work& work, const HandOver& input) {
    std::vector<Problem> problems;
    if (input.from == input.to)
        problems.push_back({"to", "identity.handover_to_oneself", {}});
    else if (memberships_of_person(work, input.to, work.today()).empty())
        problems.push_back({"to", "identity.handover_to_no_member", {}});
    if (input.last_day < work.today()) problems.push_back({"last_day", "identity.handover_too_late", {}});
    return problems;
}
}  // namespace

std::vector<HandoverLine> handover_preview(Work& work, const Registry& registry, Id from) {
    std::vector<HandoverLine> lines{
        {"identity.handover_memberships", static_cast<std::int64_t>(current_and_coming_memberships(work, from).size())},
        {"identity.handover_deputyships", static_cast<std::int64_t>(deputyships_with(work, from).size())}};
    for (const auto& part : registry.all<HandoverPart>()) lines.push_back({part.label, part.count(work, from)});
    return lines;
}

Result<std::vector<HandoverLine>> hand_over(Work& work, const Registry& registry, const HandOver& input) {
    if (!may(work, kManagePeople)) return forbidden();
    const auto from = person_by_id(work, input.from), to = person_by_id(work, input.to);
    if (!from || !to) return not_found();
    const auto leaving = current_and_coming_memberships(work, input.from);
    if (!all_in_reach(work, leaving)) return forbidden("identity.person_beyond_reach");
    if (auto problems = problems_of(work, input); !problems.empty()) return invalid(std::move(problems));
    if (input.roles == LeaverRoles::GoOver)
        if (const auto taken = take_over_roles(work, leaving, input.to); !taken) return taken.failure();
    for (const Membership& each : leaving)
        if (const auto ended = end_membership(work, each.id, each.ended_after(input.last_day));
            !ended && ended.failure().problems.front().key != "identity.ended_already")
            return ended.failure();
    std::vector<HandoverLine> lines{{"identity.handover_memberships", static_cast<std::int64_t>(leaving.size())}};
    const auto lent = deputyships_with(work, input.from);
    for (const Deputyship& each : lent)
        if (const auto ended = close_deputyship(work, each); !ended) return ended.failure();
    lines.push_back({"identity.handover_deputyships", static_cast<std::int64_t>(lent.size())});
    for (const auto& part : registry.all<HandoverPart>()) lines.push_back({part.label, part.move(work, input.from, input.to)});
    std::vector<Change> changes{{"last_day", "", input.last_day.iso()}};
    for (const auto& line : lines)
        if (line.count > 0) changes.push_back({line.label, "", std::to_string(line.count)});
    record(work, {"identity.person", work.authority, input.from}, "identity.handed_over", changes, {{"to", "", to->name}});
    return lines;
}

}  // namespace loa::identity
