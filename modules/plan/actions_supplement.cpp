// Work that the paper does not have and a leader gives all the same (docs/adr/0021).
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
#include "occurrences.h"
#include "queries.h"
#include "search_index.h"
#include "verbs.h"

namespace loa::plan {

namespace {

constexpr std::size_t kLongestTitle = 500;

Ref supplement_ref(const Work& work, Id supplement) { return {"plan.supplement", work.authority, supplement}; }
std::string page_of(const Supplement& supplement) {
    return path_of(supplement.plan, "/nhiem-vu-bo-sung/" + to_string(supplement.id));
}

Result<Plan> find_plan(Work& work, Id id) {
    auto plan = plan_by_id(work, id);
    if (!plan) return plan;
    if (!may_supplement(work, *plan)) return forbidden();
    if (plan->state != PlanState::Issued) return conflict("plan.supplement_needs_issue");
    return plan;
}

struct Found {
    Plan plan;
    Supplement supplement;
};

Result<Found> find_draft(Work& work, const SupplementRef& ref) {
    auto plan = find_plan(work, ref.plan);
    if (!plan) return plan.failure();
    auto supplement = supplement_by_id(work, *plan, ref.supplement);
    if (!supplement) return supplement.failure();
    if (supplement->state == SupplementState::Given) return conflict("plan.supplement_given_already");
    if (supplement->state == SupplementState::Dropped) return conflict("plan.item_gone");
    if (supplement->version != ref.version) return changed_meanwhile(work, supplement->changed_by, supplement->changed_at);
    return Found{*std::move(plan), *std::move(supplement)};
}

/// It has days, and all of them have passed.
bool is_over(const Plan& plan, const PlannedDeadline& deadline, Date today) {
    const auto days = due_days(plan, deadline, today);
    return std::all_of(days.begin(), days.end(), [&](const DueDay& day) { return day.on && *day.on < today; });
}

/// What comes again and again begins when it is given: nobody owes the months before.
PlannedDeadline from_today_on(PlannedDeadline deadline, Date today) {
    const bool comes_again = deadline.kind == DeadlineKind::Recurring || deadline.kind == DeadlineKind::Continuous;
    if (comes_again && (!deadline.from || *deadline.from < today)) deadline.from = today;
    return deadline;
}

template <class Entry>
bool stands_in(const std::vector<Entry>& entries, std::optional<Id> id) {
    return id && std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == *id; });
}

std::optional<identity::Unit> unit_to_give(Work& work, std::optional<Id> id) {
    for (const auto& unit : units_to_give(work))
        if (unit.id == id) return unit;
    return std::nullopt;
}

/// What was typed on that day, understood: an activity of one lead, added by the person now. Its parts are not additions of
/// their own, which offices may change: what the leader gave stands until an amendment.
Result<ActivityText> activity_of(Work& work, const Plan& plan, const SupplementWords& words, Date typed_on) {
    std::vector<Problem> problems;
    ActivityText activity;
    activity.added = Addition{work.actor.person, work.now};
    activity.title = squeezed(words.title);
    if (activity.title.empty()) problems.push_back({"title", "plan.title_missing", {}});
    if (length(activity.title) > kLongestTitle) problems.push_back({"title", "plan.supplement_title_long", {}});
    if (const auto unit = unit_to_give(work, words.unit))
        activity.parties.push_back({.role = PartyRole::Lead, .name = unit->name, .unit = unit->id});
    else
        problems.push_back({"unit", "plan.supplement_unit_missing", {}});
    if (stands_in(topics_on(work, work.today()), words.topic))
        activity.topics = {*words.topic};
    else
        problems.push_back({"topic", "plan.supplement_topic_missing", {}});
    if (stands_in(channels_on(work, work.today()), words.channel))
        activity.channels = {*words.channel};
    else
        problems.push_back({"channel", "plan.supplement_channel_missing", {}});

    const auto take_problems = [&](const Failure& failure) {
        problems.insert(problems.end(), failure.problems.begin(), failure.problems.end());
    };
    if (auto deadline = typed_deadline(words.deadline, plan.year_near(typed_on)); !deadline)
        take_problems(deadline.failure());
    else if (!*deadline)
        problems.push_back({"deadline", "plan.supplement_deadline_missing", {}});
    else if (is_over(plan, **deadline, work.today()))
        problems.push_back({"deadline", "plan.supplement_deadline_past", {}});
    else
        activity.deadline = from_today_on(**deadline, work.today());
    if (auto targets = typed_targets(typed_lines(words.target)); !targets) {
        for (auto problem : targets.failure().problems) problem.field = "target", problems.push_back(std::move(problem));
    } else {
        activity.targets = *std::move(targets);
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return activity;
}

Result<> end(Work& work, const Supplement& supplement, SupplementState state, std::optional<Id> activity) {
    if (work.db.run("plan.end_supplement", {work.authority, supplement.id, text_of(state), activity, work.now, work.actor.person,
                                            supplement.version}) == 0)
        return changed_meanwhile(work, supplement.changed_by, supplement.changed_at);
    return Done{};
}

/// For who drafted it, where another person judges.
void tell_drafter(Work& work, const Found& found, const std::string& key, const std::string& path) {
    if (found.supplement.created_by == work.actor.person) return;
    jobs::notify(work, found.supplement.created_by, kDraftJudged,
              {.key = key, .args = {{"activity", found.supplement.title}, {"title", found.plan.title}}, .path = path, .about = found.plan.title});
}

}  // namespace

SupplementWords words_of(const Supplement& supplement) {
    return {supplement.title, supplement.unit, supplement.topic, supplement.channel, supplement.deadline, supplement.target};
}

Result<Id> draft_supplement(Work& work, Id plan, const SupplementWords& words) {
    const auto found = find_plan(work, plan);
    if (!found) return found.failure();
    if (const auto understood = activity_of(work, *found, words, work.today()); !understood) return understood.failure();
    Supplement supplement;
    supplement.id = work.new_id();
    supplement.plan = plan;
    work.db.run("plan.insert_supplement", {work.authority, supplement.id, plan, squeezed(words.title), *words.unit, *words.topic, *words.channel,
                                           squeezed(words.deadline), squeezed(words.target), work.now, work.actor.person});
    identity::record(work, supplement_ref(work, supplement.id), "plan.supplement_drafted", {{"title", "", squeezed(words.title)}});
    if (!identity::may_in_unit(work, kApprove, found->drafting_unit))
        tell_leaders(work, kJudgementWanted, {.key = "plan.notice_supplement_drafted",
                                              .args = {{"activity", squeezed(words.title)}, {"title", found->title}},
                                              .path = page_of(supplement),
                                              .about = found->title});
    return supplement.id;
}

Result<> correct_supplement(Work& work, const SupplementRef& ref, const SupplementWords& words) {
    const auto found = find_draft(work, ref);
    if (!found) return found.failure();
    if (const auto understood = activity_of(work, found->plan, words, work.today()); !understood) return understood.failure();
    const auto& before = found->supplement;
    if (work.db.run("plan.set_supplement_words",
                    {work.authority, before.id, squeezed(words.title), *words.unit, *words.topic, *words.channel, squeezed(words.deadline),
                     squeezed(words.target), work.now, work.actor.person, ref.version}) == 0)
        return changed_meanwhile(work, before.changed_by, before.changed_at);
    identity::record(work, supplement_ref(work, before.id), "plan.supplement_corrected",
                     {{"title", before.title, squeezed(words.title)}, {"deadline", before.deadline, squeezed(words.deadline)}});
    return Done{};
}

Result<> drop_supplement(Work& work, const SupplementRef& ref) {
    const auto found = find_draft(work, ref);
    if (!found) return found.failure();
    if (auto ended = end(work, found->supplement, SupplementState::Dropped, std::nullopt); !ended) return ended;
    identity::record(work, supplement_ref(work, ref.supplement), "plan.supplement_dropped", {{"title", found->supplement.title, ""}});
    tell_drafter(work, *found, "plan.notice_supplement_dropped", path_of(ref.plan, "/nhiem-vu-bo-sung"));
    return Done{};
}

Result<Id> give_supplement(Work& work, const SupplementRef& ref) {
    const auto found = find_draft(work, ref);
    if (!found) return found.failure();
    const Plan& plan = found->plan;
    if (!identity::may_in_unit(work, kApprove, plan.drafting_unit)) return forbidden("plan.supplement_leader_gives");
    // Its unit, Topic or day may have passed since it was drafted; the year is still that of then.
    auto activity = activity_of(work, plan, words_of(found->supplement), found->supplement.changed_at.date());
    if (!activity) return activity.failure();
    activity->id = work.new_id();
    activity->review.confirmed_by = work.actor.person;
    if (auto ended = end(work, found->supplement, SupplementState::Given, activity->id); !ended) return ended.failure();

    work.db.run("plan.insert_activity", {work.authority, activity->id, plan.id, activity->kind});
    append_activity(work, *plan.issued_revision, *activity);
    write_topics_and_channels(work, *activity);
    identity::record(work, {"plan.activity", work.authority, activity->id}, "plan.supplement_given", fields_between(ActivityText{}, *activity));

    const Content after = content_of(work, *plan.issued_revision);
    LOA_CHECK(after.revision.issued_on.has_value());
    const auto changes = assign_activity(work, plan, after, *after.revision.issued_on, activity->id);
    index_activity(work, after, activity->id);
    const auto path = path_of(plan.id, "/hoat-dong/" + to_string(activity->id));
    for (const auto& line : changes.added)
        if (line.activity == activity->id) tell_unit(work, line.unit, kAssigned,
                  {.key = "plan.notice_supplement_given",
                   .args = {{"activity", activity->title}, {"title", plan.title}},
                   .path = path,
                   .about = plan.title,
                   .deadline = activity->deadline ? activity->deadline->to : std::nullopt});
    tell_drafter(work, *found, "plan.notice_supplement_agreed", path);
    return activity->id;
}

}  // namespace loa::plan
