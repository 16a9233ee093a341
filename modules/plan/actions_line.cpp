// A unit's line as a whole: what the unit answers to it, when it says that it is done, what the aggregating office makes
// of that, and what the unit has to reach.
#include <algorithm>

#include "actions.h"
#include "child_report.h"
#include "counts.h"
#include "difference.h"
#include "draft.h"
#include "found_line.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "occurrences.h"
#include "queries.h"
#include "search_index.h"
#include "verbs.h"

namespace loa::plan {

namespace {

struct FoundOccurrence : FoundLine {
    Occurrence occurrence;
};

using States = std::vector<OccurrenceState>;

/// The one that is meant: by its id, or the first of the line in one of the `states`. Who may not act on it is told
/// nothing of its state.
Result<FoundOccurrence> find_occurrence(Work& work, const OccurrenceRef& input, bool (*may)(const Work&, const FoundLine&),
                                        const States& states) {
    auto found = find_line(work, {input.plan, input.assignment, std::nullopt});
    if (!found) return found.failure();
    if (!may(work, *found)) return forbidden("plan.not_your_line");
    const auto in_state = [&](const Occurrence& one) { return std::find(states.begin(), states.end(), one.state) != states.end(); };
    for (auto& one : occurrences_by_assignment(work, input.assignment)) {
        if (input.occurrence ? one.id != *input.occurrence : !in_state(one)) continue;
        if (!in_state(one) || (input.version && one.version != *input.version)) break;
        return FoundOccurrence{{*std::move(found)}, std::move(one)};
    }
    return conflict("plan.line_changed_meanwhile");
}

/// Writes how one time stands and what that makes of the line.
void set_progress(Work& work, const FoundOccurrence& found, OccurrenceState state, const std::string& reason, std::string_view event) {
    const auto& before = found.occurrence;
    Occurrence after = before;
    after.state = state;
    after.closed_on.reset();
    if (state == OccurrenceState::Reported) {
        after.reported_at = work.now;
        after.reported_by = work.actor.person;
    } else if (state == OccurrenceState::Open) {  // it counts as submitted when it is reported again
        after.reported_at.reset();
        after.reported_by.reset();
    } else {
        after.closed_on = work.today();
    }
    const auto kept = reason.empty() ? std::nullopt : std::optional(reason);
    const auto on_time = after.on_time();
    LOA_CHECK(work.db.run("plan.set_occurrence_progress", {work.authority, before.id, text_of(state), after.reported_at, after.reported_by,
                                                           after.closed_on, kept, before.version, on_time ? std::optional<std::int64_t>(*on_time ? 1 : 0) : std::nullopt}) == 1);
    const auto now = state_by(occurrences_by_assignment(work, found.assignment.id));
    work.db.run("plan.set_assignment_state", {work.authority, found.assignment.id, text_of(now)});
    count_change(work, found.assignment, now, before, after);
    report_up(work, found.plan.id);
    identity::record(work, ref_of(work, found.assignment), event,
                     {{"line_state", std::string(text_of(before.state)), std::string(text_of(state))},
                      {"due_on", "", before.due_on ? before.due_on->iso() : ""},
                      {"reason", "", reason}});
}

/// The other leads of its activity that have not said they are done this time; only the accountable one waits for them.
std::vector<std::string> leads_not_done(Work& work, const FoundOccurrence& found) {
    std::vector<std::string> names;
    if (!found.assignment.accountable || !found.assignment.activity) return names;
    const auto& own = found.occurrence;
    std::vector<Id> units;
    for (const auto& [other, unit, lead, accountable] : times_of_activity(work, found.plan.id, *found.assignment.activity))
        if (lead && other.assignment != own.assignment && other.state == OccurrenceState::Open && other.from == own.from && other.to == own.to)
            units.push_back(unit);
    for (const auto& unit : identity::units_by_ids(work, units)) names.push_back(unit.name);
    return names;
}

void set_answer(Work& work, const FoundLine& found, Answer answer, const std::string& reason, std::optional<Id> person, std::string_view event,
                std::vector<identity::Change> changes) {
    const auto kept = reason.empty() ? std::nullopt : std::optional(reason);
    const auto text = answer == Answer::None ? std::nullopt : std::optional(std::string(text_of(answer)));
    LOA_CHECK(work.db.run("plan.set_answer", {work.authority, found.assignment.id, text, kept, work.now, work.actor.person, person,
                                              found.assignment.version}) == 1);
    if (found.assignment.answer != answer)
        changes.push_back({"unit_answer", std::string(text_of(found.assignment.answer)), std::string(text_of(answer))});
    changes.push_back({"reason", "", reason});
    identity::record(work, ref_of(work, found.assignment), event, changes);
}

/// The line, where the person may answer for its unit.
Result<FoundLine> find_own_line(Work& work, const LineRef& line) {
    auto found = find_line(work, line);
    if (!found) return found;
    if (standing_of(work, found->plan, found->assignment) != Standing::Own) return forbidden("plan.not_your_line");
    return found;
}

std::string title_of(Work& work, const FoundLine& found) {
    const Content content = content_of(work, *found.plan.issued_revision);
    if (found.assignment.activity)
        if (const auto* activity = content.activity(*found.assignment.activity)) return label_of(*activity);
    if (found.assignment.duty)
        if (const auto* duty = content.duty(*found.assignment.duty)) return shortened(duty->text, 80);
    return found.plan.title;
}

}  // namespace

Result<> accept_line(Work& work, const LineRef& line) {
    auto found = find_own_line(work, line);
    if (!found) return found.failure();
    if (found->assignment.answer == Answer::Accepted) return Done{};
    set_answer(work, *found, Answer::Accepted, "", found->assignment.person, "plan.line_accepted", {});
    return Done{};
}

Result<> give_back_line(Work& work, const LineRef& line, const std::string& typed_reason) {
    auto found = find_own_line(work, line);
    if (!found) return found.failure();
    const std::string reason = squeezed(typed_reason);
    if (reason.empty()) return invalid("reason", "plan.reason_missing");
    if (found->assignment.answer == Answer::Returned) return conflict("plan.line_changed_meanwhile");
    if (found->assignment.state != AssignmentState::Open) return conflict("plan.line_is_reported");
    set_answer(work, *found, Answer::Returned, reason, found->assignment.person, "plan.line_given_back", {});
    tell_unit(work, found->plan.aggregating_unit, kJudgementWanted,
              news_of(*found, "plan.notice_line_given_back", {{"title", title_of(work, *found)}, {"reason", reason}}));
    return Done{};
}

Result<> keep_line(Work& work, const LineRef& line, const std::string& typed_reason) {
    auto found = find_line(work, line);
    if (!found) return found.failure();
    if (!may_confirm(work, *found)) return forbidden("plan.not_your_line");
    if (found->assignment.answer != Answer::Returned) return conflict("plan.line_changed_meanwhile");
    const std::string reason = squeezed(typed_reason);
    if (reason.empty()) return invalid("reason", "plan.reason_missing");
    set_answer(work, *found, Answer::None, reason, found->assignment.person, "plan.line_kept", {});
    tell_unit(work, found->assignment.unit, kAssigned,
              news_of(*found, "plan.notice_line_kept", {{"title", title_of(work, *found)}, {"reason", reason}}));
    return Done{};
}

Result<> hand_line(Work& work, const LineRef& line, std::optional<Id> person) {
    auto found = find_own_line(work, line);
    if (!found) return found.failure();
    std::string name, before;
    for (const auto& member : identity::people_of_unit(work, found->assignment.unit)) {
        if (member.person == person) name = member.person_name;
        if (member.person == found->assignment.person) before = member.person_name;
    }
    if (person && name.empty()) return invalid("person", "plan.no_such_colleague");
    if (person == found->assignment.person) return Done{};
    set_answer(work, *found, Answer::Accepted, "", person, "plan.line_handed", {{"person", before, name}});
    if (person && *person != work.actor.person)
        jobs::notify(work, *person, kAssigned, news_of(*found, "plan.notice_line_handed", {{"title", title_of(work, *found)}}));
    return Done{};
}

Result<> report_line(Work& work, const OccurrenceRef& input, const std::string& typed_reason) {
    auto found = find_occurrence(work, input, may_report, {OccurrenceState::Open});
    if (!found) return found.failure();
    if (const auto& from = found->occurrence.from; from && *from > work.today())
        return conflict("plan.period_not_begun", {{"day", from->vietnamese()}});
    const std::string reason = squeezed(typed_reason);
    if (const auto others = leads_not_done(work, *found); !others.empty() && reason.empty())
        return invalid("reason", "plan.leads_not_done", {{"units", joined(others, "; ")}});
    set_progress(work, *found, OccurrenceState::Reported, reason, "plan.line_reported");
    tell_unit(work, found->plan.aggregating_unit, kWorkReported, news_of(*found, "plan.notice_line_reported", {{"title", found->plan.title}}));
    return Done{};
}

Result<> close_line(Work& work, const OccurrenceRef& input) {
    auto found = find_occurrence(work, input, may_confirm, {OccurrenceState::Reported});
    if (!found) return found.failure();
    set_progress(work, *found, OccurrenceState::Closed, found->occurrence.reason.value_or(""), "plan.line_closed");
    tell_unit(work, found->assignment.unit, kWorkConfirmed, news_of(*found, "plan.notice_line_closed", {{"title", found->plan.title}}));
    return Done{};
}

Result<> return_line(Work& work, const OccurrenceRef& input, const std::string& typed_reason) {
    auto found = find_occurrence(work, input, may_confirm, {OccurrenceState::Reported, OccurrenceState::Closed});
    if (!found) return found.failure();
    const std::string reason = squeezed(typed_reason);
    if (reason.empty()) return invalid("reason", "plan.reason_missing");
    set_progress(work, *found, OccurrenceState::Open, reason, "plan.line_returned");
    tell_unit(work, found->assignment.unit, kWorkReturned,
              news_of(*found, "plan.notice_line_returned", {{"title", found->plan.title}, {"reason", reason}}));
    return Done{};
}

Result<> close_activity(Work& work, Id plan, Id activity) {
    const auto found = plan_by_id(work, plan);
    if (!found) return found.failure();
    if (!identity::may_in_unit(work, kConfirm, found->aggregating_unit)) return forbidden("plan.not_your_line");
    const auto times = times_of_activity(work, plan, activity);
    const auto done = closable(times);
    const auto waits = [](const ActivityTime& time) { return time.occurrence.state == OccurrenceState::Reported; };
    if (done.empty() && std::any_of(times.begin(), times.end(), waits)) return conflict("plan.accountable_not_done");
    for (const auto& occurrence : done)
        if (auto closed = close_line(work, {plan, occurrence.assignment, occurrence.id, occurrence.version}); !closed) return closed;
    return Done{};
}

Result<> set_line_targets(Work& work, const LineRef& line, const std::vector<std::string>& typed) {
    auto found = find_line(work, line);
    if (!found) return found.failure();
    if (!may_confirm(work, *found)) return forbidden("plan.not_your_line");
    if (!found->assignment.activity) return conflict("plan.duty_has_no_targets");
    auto targets = typed_targets(typed);
    if (!targets) return targets.failure();
    const Content content = content_of(work, *found->plan.issued_revision);
    const auto* activity = content.activity(*found->assignment.activity);
    LOA_CHECK(activity != nullptr);
    std::vector<WantedTarget> wanted;
    std::vector<std::string> texts;
    for (auto& target : *targets) {
        target.added = Addition{work.actor.person, work.now};
        texts.push_back(target.text);
        const int times = times_due(found->plan, activity->deadline, target.per);
        wanted.push_back({std::move(target), times});
    }
    std::vector<std::string> before;
    for (const auto& target : targets_by_assignment(work, line.assignment))
        if (!target.dropped) before.push_back(target.text);
    write_assignment_targets(work, line.assignment, wanted);
    touch(work, found->assignment);
    report_up(work, found->plan.id);
    ask_children(work, found->plan.id);
    identity::record(work, ref_of(work, found->assignment), "plan.line_targets_set",
                     {{"targets", joined(before, "; "), joined(texts, "; ")}});
    tell_unit(work, found->assignment.unit, kAssigned, news_of(*found, "plan.notice_line_targets", {{"targets", joined(texts, "; ")}}));
    return Done{};
}

Result<> set_aggregating_unit(Work& work, const SetAggregatingUnit& input) {
    auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan.failure();
    if (!identity::may_in_unit(work, kDraft, plan->drafting_unit)) return forbidden("plan.not_drafting_unit");
    if (plan->version != input.version) return conflict("plan.step_taken_already");
    const auto units = identity::units_by_ids(work, {plan->aggregating_unit, input.unit});
    const auto name_of = [&](Id id) {
        for (const auto& unit : units)
            if (unit.id == id && !unit.outside()) return unit.name;
        return std::string();
    };
    if (name_of(input.unit).empty()) return invalid("unit", "plan.no_such_unit");
    LOA_CHECK(work.db.run("plan.set_aggregating_unit", {work.authority, plan->id, input.unit, plan->version}) == 1);
    identity::record(work, {"plan.plan", work.authority, plan->id}, "plan.aggregating_unit_set",
                     {{"aggregating_unit", name_of(plan->aggregating_unit), name_of(input.unit)}});
    index_draft(work, plan->id);
    return Done{};
}

}  // namespace loa::plan
