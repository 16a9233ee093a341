// What the paper leaves open, added by people and kept apart from what it says: in the draft, and after issue
// without touching the issued words.
#include <algorithm>

#include "actions.h"
#include "addresses.h"
#include "assign.h"
#include "difference.h"
#include "draft.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "notices.h"
#include "queries.h"
#include "search_index.h"
#include "verbs.h"

namespace loa::plan {

namespace {

struct Found {
    Plan plan;
    Content content;
    ActivityText activity;
};

/// In the draft by the drafting unit; in force also by the aggregating one.
Result<Found> find_activity(Work& work, const CompleteActivity& input) {
    auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan.failure();
    if (!may_complete(work, *plan)) return forbidden("plan.not_drafting_unit");
    if (plan->state != PlanState::Draft && plan->state != PlanState::Issued) return conflict("plan.not_open");
    const Id revision = plan->draft_revision ? *plan->draft_revision : *plan->issued_revision;
    Content content = content_of(work, revision);
    // What the leader reads, and what he has agreed to, is not added to behind his back.
    if (content.revision.state == RevisionState::UnderReview || content.revision.state == RevisionState::Approved)
        return conflict("plan.under_review_now");
    const auto* activity = content.activity(input.activity);
    if (!activity || activity->dropped) return not_found("plan.no_such_activity");
    if (activity->review.version != input.version)
        return changed_meanwhile(work, activity->review.changed_by, activity->review.changed_at);
    ActivityText copy = *activity;
    return Found{*std::move(plan), std::move(content), std::move(copy)};
}

bool prints_lead(const ActivityText& activity) {
    return std::any_of(activity.parties.begin(), activity.parties.end(),
                       [](const Party& party) { return party.role == PartyRole::Lead && !party.added; });
}

void add_leads(Work& work, ActivityText& activity, const std::vector<Id>& leads, const Addition& addition,
               std::vector<Problem>& problems) {
    if (prints_lead(activity)) {
        if (!leads.empty()) problems.push_back({"leads", "plan.paper_names_lead", {}});
        return;
    }
    std::vector<Party> parties;
    for (const auto& unit : identity::units_by_ids(work, leads)) {
        const auto known = std::find_if(activity.parties.begin(), activity.parties.end(), [&](const Party& party) {
            return party.role == PartyRole::Lead && party.unit == unit.id;
        });
        Party party;
        party.role = PartyRole::Lead;
        party.name = unit.name;
        party.unit = unit.id;
        party.added = known == activity.parties.end() ? addition : *known->added;
        if (known != activity.parties.end()) party.id = known->id, party.accountable = known->accountable;
        parties.push_back(std::move(party));
    }
    if (parties.size() != leads.size()) problems.push_back({"leads", "plan.no_such_unit", {}});
    for (const auto& party : activity.parties)
        if (party.role != PartyRole::Lead) parties.push_back(party);
    activity.parties = std::move(parties);
}

/// One unit answers for the activity, never all of a class; nothing chosen leaves it open again.
void choose_accountable(ActivityText& activity, std::optional<Id> chosen, std::vector<Problem>& problems) {
    bool found = false;
    for (auto& party : activity.parties) {
        party.accountable = chosen && party.role == PartyRole::Lead && party.id == *chosen && party.unit;
        found = found || party.accountable;
    }
    if (chosen && !found) problems.push_back({"accountable", "plan.accountable_is_one", {}});
}

/// A value that was added before and is typed again the same keeps who added it.
template <class Item>
void keep_addition(Item& item, const std::vector<Item>& before, const Addition& addition) {
    const auto known = std::find_if(before.begin(), before.end(), [&](const Item& old) { return old.text == item.text; });
    item.added = known != before.end() && known->added ? known->added : addition;
}

void add_deadline(ActivityText& activity, const std::string& typed, int year, const Addition& addition,
                  std::vector<Problem>& problems) {
    if (activity.deadline && !activity.deadline->added) {
        if (!squeezed(typed).empty()) problems.push_back({"deadline", "plan.paper_prints_deadline", {}});
        return;
    }
    auto deadline = typed_deadline(typed, year);
    if (!deadline) {
        problems.insert(problems.end(), deadline.failure().problems.begin(), deadline.failure().problems.end());
        return;
    }
    const auto before = activity.deadline;
    activity.deadline = *deadline;
    if (activity.deadline)
        activity.deadline->added = before && before->text == activity.deadline->text ? before->added : addition;
}

void add_targets(ActivityText& activity, const std::vector<std::string>& typed, const Addition& addition,
                 std::vector<Problem>& problems) {
    if (!activity.targets.empty() && !activity.targets.front().added) {
        if (!typed.empty()) problems.push_back({"targets", "plan.paper_prints_targets", {}});
        return;
    }
    auto targets = typed_targets(typed);
    if (!targets) {
        problems.insert(problems.end(), targets.failure().problems.begin(), targets.failure().problems.end());
        return;
    }
    for (auto& target : *targets) keep_addition(target, activity.targets, addition);
    activity.targets = *std::move(targets);
}

void add_products(ActivityText& activity, const std::vector<std::string>& typed, const Addition& addition,
                  std::vector<Problem>& problems) {
    if (!activity.products.empty() && !activity.products.front().added) {
        if (!typed.empty()) problems.push_back({"products", "plan.paper_prints_products", {}});
        return;
    }
    std::vector<Product> products;
    for (const auto& text : typed) {
        Product product{text, {}};
        keep_addition(product, activity.products, addition);
        products.push_back(std::move(product));
    }
    activity.products = std::move(products);
}

template <class Known>
bool all_known(const std::vector<Id>& chosen, const std::vector<Known>& known) {
    return std::all_of(chosen.begin(), chosen.end(), [&](Id id) {
        return std::any_of(known.begin(), known.end(), [&](const Known& entry) { return entry.id == id; });
    });
}

/// What a person added beside the words: who answers for it among several leads, what it tells and how.
std::vector<identity::Change> changes_between(Work& work, const ActivityText& before, const ActivityText& after) {
    auto changes = fields_between(before, after);
    const auto accountable = [](const ActivityText& activity) {
        const auto found = std::find_if(activity.parties.begin(), activity.parties.end(), [](const Party& party) { return party.accountable; });
        return found == activity.parties.end() ? std::string() : found->name;
    };
    const auto names = [](const std::vector<Id>& chosen, const auto& entries) {
        std::vector<std::string> list;
        for (const auto& entry : entries)
            if (std::find(chosen.begin(), chosen.end(), entry.id) != chosen.end()) list.push_back(entry.name);
        return joined(list, "; ");
    };
    if (accountable(before) != accountable(after)) changes.push_back({"accountable", accountable(before), accountable(after)});
    if (before.topics != after.topics) {
        const auto topics = topics_on(work, work.today());
        changes.push_back({"topics", names(before.topics, topics), names(after.topics, topics)});
    }
    if (before.channels != after.channels) {
        const auto channels = channels_on(work, work.today());
        changes.push_back({"channels", names(before.channels, channels), names(after.channels, channels)});
    }
    return changes;
}

}  // namespace

Result<> complete_activity(Work& work, const CompleteActivity& input) {
    auto found = find_activity(work, input);
    if (!found) return found.failure();
    const ActivityText before = found->activity;
    ActivityText& activity = found->activity;
    const Revision& revision = found->content.revision;
    const Draft draft{found->plan, revision};
    const Addition addition{work.actor.person, work.now};

    std::vector<Problem> problems;
    add_leads(work, activity, input.leads, addition, problems);
    choose_accountable(activity, input.accountable, problems);
    add_deadline(activity, input.deadline, draft.year(work), addition, problems);
    add_targets(activity, input.targets, addition, problems);
    add_products(activity, input.products, addition, problems);
    if (!all_known(input.topics, topics_on(work, work.today()))) problems.push_back({"topics", "plan.no_such_topic", {}});
    if (!all_known(input.channels, channels_on(work, work.today())))
        problems.push_back({"channels", "plan.no_such_channel", {}});
    if (!problems.empty()) return invalid(std::move(problems));
    activity.topics = input.topics;
    activity.channels = input.channels;

    if (work.db.run("plan.touch_activity_revision",
                    {work.authority, revision.id, activity.id, number_of(confidence_of(activity)), work.now,
                     work.actor.person, input.version}) == 0)
        return changed_meanwhile(work, before.review.changed_by, before.review.changed_at);
    const Subject subject{activity.id};
    write_parties(work, revision.id, subject, activity.parties);
    write_deadline(work, revision.id, subject, activity.deadline);
    write_targets(work, revision.id, activity.id, activity.targets);
    write_products(work, revision.id, activity.id, activity.products);
    write_topics_and_channels(work, activity);
    identity::record(work, {"plan.activity", work.authority, activity.id}, "plan.activity_completed",
                     changes_between(work, before, activity));

    if (revision.state == RevisionState::Issued) {
        const Content after = content_of(work, revision.id);
        const auto changes = assign_activity(work, found->plan, after, *revision.issued_on, activity.id);
        index_activity(work, after, activity.id);
        for (const Id unit : concerned_units(work, changes, &found->content, after))
            tell_unit(work, unit, kAssigned,
                      {.key = "plan.notice_completed",
                       .args = {{"activity", label_of(activity)}, {"title", found->plan.title}},
                       .path = path_of(found->plan.id, "/hoat-dong/" + to_string(activity.id)),
                       .about = found->plan.title,
                       .deadline = activity.deadline ? activity.deadline->to : std::nullopt});
    } else {
        touch(work, draft);
    }
    return Done{};
}

}  // namespace loa::plan
