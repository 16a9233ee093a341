// The review of activities.
#include <algorithm>

#include "actions.h"
#include "child_plan.h"
#include "difference.h"
#include "draft.h"
#include "left_out.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "rows.h"

namespace loa::plan {

namespace {

constexpr std::string_view kPosition = "plan.set_activity_position";

Ref activity_ref(const Work& work, Id activity) { return {"plan.activity", work.authority, activity}; }

struct Found {
    Draft draft;
    Content content;
    ActivityText activity;
};

Result<Found> find_activity(Work& work, const ItemRef& item) {
    auto draft = open_draft(work, item.plan);
    if (!draft) return draft.failure();
    Content content = content_of(work, draft->revision.id);
    const auto* found = content.activity(item.item);
    if (!found) return conflict("plan.item_gone");
    if (found->review.version != item.version)
        return changed_meanwhile(work, found->review.changed_by, found->review.changed_at);
    ActivityText activity = *found;
    return Found{*std::move(draft), std::move(content), std::move(activity)};
}

std::optional<std::string> unless_empty(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

void append(std::vector<Party>& parties, std::vector<Party> more) {
    for (auto& party : more) parties.push_back(std::move(party));
}

/// Puts what was typed into the activity. What a person had added where the paper was silent stays only while
/// the paper stays silent there.
std::vector<Problem> take_words(Work& work, const Draft& draft, ActivityText& activity, const ActivityWords& words) {
    std::vector<Problem> problems;
    const auto take_problems = [&](const Failure& failure) {
        problems.insert(problems.end(), failure.problems.begin(), failure.problems.end());
    };
    activity.ordinal = squeezed(words.ordinal);
    activity.title = squeezed(words.title);
    if (activity.title.empty()) problems.push_back({"title", "plan.title_missing", {}});
    activity.group_title = unless_empty(squeezed(words.group_title));
    activity.content = unless_empty(squeezed(words.content));
    activity.funding = unless_empty(squeezed(words.funding));

    const auto names = UnitNames::on(work, draft.day(work));
    const auto accountable = std::find_if(activity.parties.begin(), activity.parties.end(),
                                          [](const Party& party) { return party.accountable; });
    const std::string accountable_name =
        accountable == activity.parties.end() ? "" : compared_name(accountable->name);
    std::vector<Party> parties = parties_named(names, PartyRole::Lead, words.leads);
    if (parties.empty())
        for (const auto& party : activity.parties)
            if (party.role == PartyRole::Lead && party.added) parties.push_back(party);
    for (auto& party : parties)
        if (compared_name(party.name) == accountable_name) party.accountable = true;
    append(parties, parties_named(names, PartyRole::Partner, words.partners));
    append(parties, parties_named(names, PartyRole::Requested, words.requested));
    keep_meanings(parties, activity.parties);
    activity.parties = std::move(parties);

    if (auto deadline = typed_deadline(words.deadline, draft.year(work)); !deadline)
        take_problems(deadline.failure());
    else if (*deadline || (activity.deadline && !activity.deadline->added))
        activity.deadline = *deadline;
    if (auto targets = typed_targets(words.targets); !targets)
        take_problems(targets.failure());
    else if (!targets->empty() || (!activity.targets.empty() && !activity.targets.front().added))
        activity.targets = *std::move(targets);
    if (!words.products.empty() || (!activity.products.empty() && !activity.products.front().added)) {
        activity.products.clear();
        for (const auto& product : words.products) activity.products.push_back({product, {}});
    }
    return problems;
}

Result<> save(Work& work, const Draft& draft, ActivityText& activity) {
    for (auto& reading : activity.fields) reading.confidence = Confidence::Sure;  // it is the person's word now
    const auto last = activity.review.lines ? std::optional(activity.review.lines->last) : std::nullopt;
    const auto touched = work.db.run(
        "plan.set_activity_revision",
        {work.authority, draft.revision.id, activity.id, activity.ordinal, activity.title, activity.group_title,
         activity.content, activity.funding, activity.dropped ? 1 : 0, last, field_lines_text(activity.fields),
         number_of(confidence_of(activity)), work.now, work.actor.person, activity.review.version});
    if (touched == 0) return changed_meanwhile(work, activity.review.changed_by, activity.review.changed_at);
    const Subject subject{activity.id};
    write_parties(work, draft.revision.id, subject, activity.parties);
    write_deadline(work, draft.revision.id, subject, activity.deadline);
    write_targets(work, draft.revision.id, activity.id, activity.targets);
    write_products(work, draft.revision.id, activity.id, activity.products);
    touch(work, draft);
    return Done{};
}

template <class Item>
void unite_texts(std::vector<Item>& items, const std::vector<Item>& more) {
    for (const auto& item : more)
        if (std::none_of(items.begin(), items.end(), [&](const Item& known) { return known.text == item.text; })) items.push_back(item);
}

std::vector<Id> order_of(const Content& content) {
    std::vector<Id> order;
    for (const auto& activity : content.activities)
        if (!activity.dropped) order.push_back(activity.id);
    return order;
}

/// Was it in force before this draft? Then offices work by it.
bool issued_before(Work& work, const Draft& draft, Id activity) {
    if (!draft.plan.issued_revision) return false;
    return content_of(work, *draft.plan.issued_revision).activity(activity) != nullptr;
}

Result<> set_kept(Work& work, Found& found, Choice choice) {
    const bool dropped = choice == Choice::LeaveOut;
    found.activity.dropped = dropped;
    if (auto saved = save(work, found.draft, found.activity); !saved) return saved;
    const auto& title = found.activity.title;
    identity::record(work, activity_ref(work, found.activity.id), dropped ? "plan.activity_dropped" : "plan.activity_restored", {{"title", dropped ? title : "", dropped ? "" : title}});
    return Done{};
}

}  // namespace

Result<> correct_activity(Work& work, const ItemRef& item, const ActivityWords& words) {
    auto found = find_activity(work, item);
    if (!found) return found.failure();
    const ActivityText before = found->activity;
    if (auto problems = take_words(work, found->draft, found->activity, words); !problems.empty())
        return invalid(std::move(problems));
    if (auto saved = save(work, found->draft, found->activity); !saved) return saved;
    identity::record(work, activity_ref(work, item.item), "plan.activity_corrected",
                     fields_between(before, found->activity));
    return Done{};
}

Result<> confirm_activity(Work& work, const ItemRef& item) {
    auto found = find_activity(work, item);
    if (!found) return found.failure();
    work.db.run("plan.confirm_activity", {work.authority, found->draft.revision.id, item.item, work.actor.person,
                                          work.now, item.version});
    touch(work, found->draft);
    identity::record(work, activity_ref(work, item.item), "plan.activity_confirmed");
    return Done{};
}

Result<> confirm_sure_activities(Work& work, const SeenDraft& seen) {
    auto draft = open_draft(work, seen);
    if (!draft) return draft.failure();
    for (const auto& activity : content_of(work, draft->revision.id).activities) {
        if (activity.review.confirmed_by || activity.review.confidence != Confidence::Sure) continue;
        const ItemRef item{seen.plan, activity.id, activity.review.version};
        if (auto confirmed = confirm_activity(work, item); !confirmed) return confirmed;
    }
    return Done{};
}

Result<Id> add_activity(Work& work, Id plan, const ActivityWords& words) {
    auto draft = open_draft(work, plan);
    if (!draft) return draft.failure();
    ActivityText activity;
    activity.id = work.new_id();
    if (auto problems = take_words(work, *draft, activity, words); !problems.empty())
        return invalid(std::move(problems));
    const auto others = content_of(work, draft->revision.id).activities;
    activity.position = others.empty() ? 1 : others.back().position + 1;
    activity.review.confidence = confidence_of(activity);
    activity.review.confirmed_by = work.actor.person;
    work.db.run("plan.insert_activity", {work.authority, activity.id, plan, activity.kind});
    write_activity(work, draft->revision.id, activity);
    touch(work, *draft);
    identity::record(work, activity_ref(work, activity.id), "plan.activity_added", fields_between(ActivityText{}, activity));
    return activity.id;
}

Result<> drop_activity(Work& work, const ItemRef& item) {
    auto found = find_activity(work, item);
    if (!found) return found.failure();
    return set_kept(work, *found, Choice::LeaveOut);
}

Result<> restore_activity(Work& work, const ItemRef& item) {
    auto found = find_activity(work, item);
    if (!found) return found.failure();
    return set_kept(work, *found, Choice::Keep);
}

Result<> move_activity(Work& work, const ItemRef& item, Direction direction) {
    auto found = find_activity(work, item);
    if (!found) return found.failure();
    auto order = order_of(found->content);
    if (!move_in(order, item.item, direction)) return Done{};
    write_order(work, found->draft, kPosition, order);
    touch(work, found->draft);
    identity::record(work, activity_ref(work, item.item), "plan.activity_moved");
    return Done{};
}

Result<Id> split_activity(Work& work, const ItemRef& item, const std::string& title) {
    auto found = find_activity(work, item);
    if (!found) return found.failure();
    const auto titles = typed_lines(title);
    if (titles.size() != 2) return invalid("title", "plan.split_needs_two_lines");

    const ActivityText before = found->activity;
    ActivityText second = found->activity;
    found->activity.title = titles[0];
    second.id = work.new_id();
    second.title = titles[1];
    // The paper says the amounts and the time once; whose they are, a person says.
    second.ordinal.clear();
    second.targets.clear();
    second.products.clear();
    second.deadline.reset();
    second.review.confirmed_by.reset();
    if (auto saved = save(work, found->draft, found->activity); !saved) return saved.failure();
    work.db.run("plan.insert_activity", {work.authority, second.id, item.plan, second.kind});
    write_activity(work, found->draft.revision.id, second);
    share_parent_line(work, item.item, second.id, item.plan);
    auto order = order_of(found->content);
    insert_after(order, item.item, second.id);
    write_order(work, found->draft, kPosition, order);
    identity::record(work, activity_ref(work, item.item), "plan.activity_split",
                     {{"title", before.title, titles[0] + " | " + titles[1]}});
    return second.id;
}

Result<> merge_activity(Work& work, const ItemRef& item) {
    auto found = find_activity(work, item);
    if (!found) return found.failure();
    const auto order = order_of(found->content);
    const auto at = std::find(order.begin(), order.end(), item.item);
    if (at == order.end()) return conflict("plan.item_gone");
    if (at == order.begin()) return invalid("", "plan.nothing_above");
    if (issued_before(work, found->draft, item.item)) return conflict("plan.merge_issued");
    ActivityText above = *found->content.activity(*(at - 1));
    if (item.above && *item.above != above.id) return changed_meanwhile(work, found->draft.revision);
    const ActivityText before = above;

    const auto& below = found->activity;
    above.content = above.content.value_or("") + (above.content ? " " : "") + below.title +
                    (below.content ? ". " + *below.content : "");
    if (above.deadline && below.deadline && above.deadline->text != below.deadline->text)
        return conflict("plan.merge_two_deadlines", {{"above", above.deadline->text}, {"below", below.deadline->text}});
    if (!above.deadline) above.deadline = below.deadline;
    unite_parties(above.parties, below.parties);
    unite_texts(above.targets, below.targets);
    unite_texts(above.products, below.products);
    if (below.funding && above.funding != below.funding)
        above.funding = above.funding ? *above.funding + "; " + *below.funding : *below.funding;
    above.fields.clear();  // each field may now stand in either
    if (above.review.lines && below.review.lines) above.review.lines->last = below.review.lines->last;

    work.db.run("plan.attach_duties_to", {work.authority, found->draft.revision.id, below.id, above.id});
    for (const Id topic : below.topics)
        work.db.run("plan.insert_activity_topic", {work.authority, above.id, topic, work.actor.person, work.now});
    for (const Id channel : below.channels)
        work.db.run("plan.insert_activity_channel", {work.authority, above.id, channel, work.actor.person, work.now});
    erase(work, found->draft, below);
    if (auto saved = save(work, found->draft, above); !saved) return saved;
    identity::record(work, activity_ref(work, above.id), "plan.activity_merged", fields_between(before, above));
    return Done{};
}

}  // namespace loa::plan
