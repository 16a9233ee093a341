// A revision's way from the desk to the office: submitted, returned or approved, issued; closed, withdrawn.
#include <algorithm>
#include <set>

#include "actions.h"
#include "addresses.h"
#include "assign.h"
#include "child_report.h"
#include "difference.h"
#include "draft.h"
#include "left_out.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "names.h"
#include "notices.h"
#include "queries.h"
#include "search_index.h"
#include "verbs.h"

namespace loa::plan {

namespace {

struct Found {
    Plan plan;
    Revision revision;
};

Ref plan_ref(const Work& work, Id plan) { return {"plan.plan", work.authority, plan}; }

/// As one of the drafting unit, or of an office above it.
Result<> may_for_unit(const Work& work, const Plan& plan, const Verb& verb) {
    if (identity::may_in_unit(work, verb, plan.drafting_unit)) return Done{};
    return forbidden("plan.not_drafting_unit");
}

/// As a leader whose reach the drafting unit is in.
Result<> may_over_unit(const Work& work, const Plan& plan, const Verb& verb) {
    if (identity::may_in_unit(work, verb, plan.drafting_unit)) return Done{};
    return forbidden();
}

/// A leader, or who may agree to a correction of that office.
Result<> may_judge(const Work& work, const Plan& plan, const Verb& verb) {
    if (identity::may_in_unit(work, kApprove, plan.drafting_unit)) return Done{};
    return may_for_unit(work, plan, verb);
}

using Asked = Result<> (*)(const Work&, const Plan&, const Verb&);

/// The plan with the revision being worked on, if the person may take the step, and it is in that state and as
/// the person saw it. Who may not is told nothing of the state.
Result<Found> find_draft(Work& work, Id plan, std::int64_t version, RevisionState state, Asked asked, const Verb& verb) {
    auto found = plan_by_id(work, plan);
    if (!found) return found.failure();
    if (const auto allowed = asked(work, *found, verb); !allowed) return allowed.failure();
    if (!found->draft_revision) return conflict("plan.no_draft");
    Revision revision = revision_by_id(work, *found->draft_revision);
    if (revision.state != state) return conflict("plan.step_taken_already");
    if (revision.version != version) return changed_meanwhile(work, revision);
    return Found{*std::move(found), std::move(revision)};
}

/// The step's name is the event's. `changes` says what else became so with the step: the number and day of an issue.
void write_step(Work& work, const Plan& plan, Id revision, std::string_view event, const std::string& reason,
                std::vector<identity::Change> changes = {}) {
    const auto kept = reason.empty() ? std::nullopt : std::optional(reason);
    work.db.run("plan.insert_step", {work.authority, work.new_id(), plan.id, revision, event.substr(event.find('.') + 1), work.actor.person,
                                     work.now, kept});
    changes.push_back({"reason", "", reason});
    identity::record(work, plan_ref(work, plan.id), event, changes);
}

identity::Change state_change(RevisionState before, RevisionState after) {
    return {"state", std::string(text_of(before)), std::string(text_of(after))};
}
identity::Change state_change(PlanState before, PlanState after) {
    return {"state", std::string(text_of(before)), std::string(text_of(after))};
}

void set_state(Work& work, const Revision& revision, RevisionState state) {
    LOA_CHECK(work.db.run("plan.set_revision_state", {work.authority, revision.id, text_of(state), work.now,
                                                      work.actor.person, revision.version}) == 1);
}

void set_plan_state(Work& work, const Plan& plan, PlanState state, std::optional<Id> issued, std::optional<Id> draft) {
    LOA_CHECK(work.db.run("plan.set_plan_state",
                          {work.authority, plan.id, text_of(state), issued, draft, plan.version}) == 1);
}

Message news_of(const Plan& plan, std::string key, const std::string& reason = {}) {
    Message message{.key = std::move(key), .args = {{"title", plan.title}}, .path = path_of(plan.id), .about = plan.title};
    if (!reason.empty()) message.args.emplace_back("reason", reason);
    return message;
}

bool anything_to_do(const Content& content) {
    const auto kept = [](const auto& item) { return !item.dropped; };
    return std::any_of(content.activities.begin(), content.activities.end(), kept) ||
           std::any_of(content.duties.begin(), content.duties.end(), kept);
}

/// What keeps a draft from going to the leader: each with the place to mend it.
std::vector<Problem> open_points(const Content& content) {
    std::vector<Problem> problems;
    const auto say = [&](std::string field, std::string key, std::string text) {
        problems.push_back({std::move(field), std::move(key), {{"text", std::move(text)}}});
    };
    if (!content.revision.head_confirmed_by) say("van-ban", "plan.open_head", "");
    if (!anything_to_do(content)) say("hoat-dong", "plan.open_nothing_to_do", "");
    std::set<ClauseKind> unconfirmed;
    for (const auto& clause : content.clauses)
        if (!clause.dropped && !clause.agreed() && unconfirmed.insert(clause.kind).second)
            say("muc-" + std::string(text_of(clause.kind)), "plan.open_clauses." + std::string(text_of(clause.kind)), "");
    std::set<std::string> unresolved;
    const auto check_names = [&](const std::vector<Party>& parties) {
        for (const auto& party : parties)
            if (!party.resolved() && unresolved.insert(compared_name(party.name)).second)
                say("ten-co-quan", "plan.open_name", party.name);
    };
    for (const auto& activity : content.activities) {
        if (activity.dropped) continue;
        if (!activity.review.confirmed_by) say("hd-" + to_string(activity.id), "plan.open_activity", label_of(activity));
        check_names(activity.parties);
    }
    for (const auto& duty : content.duties) {
        if (duty.dropped) continue;
        if (!duty.review.confirmed_by) say("nhiem-vu", "plan.open_duty", shortened(duty.text, 80));
        check_names(duty.parties);
    }
    return problems;
}

/// What was given while the next revision was on its way is in none of its words, and stands all the same.
void carry_supplements(Work& work, const Content& before, Id revision) {
    const Content next = content_of(work, revision, Extent::Activities);
    for (const auto& activity : before.activities)
        if (activity.added && !activity.dropped && !next.activity(activity.id)) append_activity(work, revision, activity);
}

/// Puts the revision in force: assignments, search, news to the units concerned.
void put_in_force(Work& work, const Found& found, std::string_view document_number, Date day) {
    const auto before = found.plan.issued_revision ? std::optional(content_of(work, *found.plan.issued_revision))
                                                   : std::nullopt;
    if (before) carry_supplements(work, *before, found.revision.id);
    const Content after = content_of(work, found.revision.id);
    set_plan_state(work, found.plan, PlanState::Issued, found.revision.id, std::nullopt);
    DocumentHead head = after.revision.head;
    if (!before) head.date = {day.day(), day.month(), day.year()};  // an amendment's own year is not the plan's
    const auto [from, to] = before ? std::pair(found.plan.year_from, found.plan.year_to) : years_of(head);
    work.db.run("plan.set_plan_title", {work.authority, found.plan.id, head.title, from, to});
    Plan plan = found.plan;
    plan.year_from = from;
    plan.year_to = to;
    const auto changes = assign_units(work, plan, after, day);
    index_plan(work, after);
    const auto key = before ? "plan.notice_amended" : "plan.notice_issued";
    for (const Id unit : concerned_units(work, changes, before ? &*before : nullptr, after))
        tell_unit(work, unit, kAssigned,
                  {.key = key,
                   .args = {{"number", std::string(document_number)}, {"title", after.revision.head.title}},
                   .path = path_of(found.plan.id),
                   .about = after.revision.head.title});
}

/// Of the document that carries the number: the plan itself, or the decision that it is issued with.
std::string symbol_of(const DocumentHead& head) {
    if (head.symbol) return *head.symbol;
    const auto slash = head.decision ? head.decision->find('/') : std::string::npos;
    return slash == std::string::npos ? std::string() : head.decision->substr(slash + 1);
}

std::string document_number(const std::string& number, const std::string& symbol) { return number + "/" + symbol; }

}  // namespace

Result<> submit_plan(Work& work, const TakeStep& input) {
    auto found = find_draft(work, input.plan, input.version, RevisionState::Draft, may_for_unit, kDraft);
    if (!found) return found.failure();
    const Content content = content_of(work, found->revision.id);
    if (auto problems = open_points(content); !problems.empty()) return invalid(std::move(problems));
    erase_left_out(work, {found->plan, found->revision}, content);
    set_state(work, found->revision, RevisionState::UnderReview);
    write_step(work, found->plan, found->revision.id, "plan.submitted", squeezed(input.reason),
               {state_change(RevisionState::Draft, RevisionState::UnderReview)});
    index_draft(work, found->plan.id);
    // A correction is agreed to by a second person of the office, an amendment by a leader.
    if (found->revision.kind == RevisionKind::Correction)
        tell_unit(work, found->plan.drafting_unit, kJudgementWanted, news_of(found->plan, "plan.notice_correction"));
    else
        tell_leaders(work, kJudgementWanted, news_of(found->plan, "plan.notice_submitted"));
    return Done{};
}

Result<> return_plan(Work& work, const TakeStep& input) {
    auto found = find_draft(work, input.plan, input.version, RevisionState::UnderReview, may_judge, kClose);
    if (!found) return found.failure();
    if (!may_return(work, found->plan, found->revision)) return forbidden();
    const std::string reason = squeezed(input.reason);
    if (reason.empty()) return invalid("reason", "plan.reason_missing");
    set_state(work, found->revision, RevisionState::Draft);
    write_step(work, found->plan, found->revision.id, "plan.returned", reason, {state_change(RevisionState::UnderReview, RevisionState::Draft)});
    tell_unit(work, found->plan.drafting_unit, kDraftJudged, news_of(found->plan, "plan.notice_returned", reason));
    return Done{};
}

Result<> approve_plan(Work& work, const TakeStep& input) {
    auto found = find_draft(work, input.plan, input.version, RevisionState::UnderReview, may_over_unit, kApprove);
    if (!found) return found.failure();
    // A correction needs a second person's word, not a leader's: it gets no number, so approved it would be stuck.
    if (found->revision.kind == RevisionKind::Correction) return conflict("plan.correction_is_agreed");
    set_state(work, found->revision, RevisionState::Approved);
    write_step(work, found->plan, found->revision.id, "plan.approved", squeezed(input.reason),
               {state_change(RevisionState::UnderReview, RevisionState::Approved)});
    tell_unit(work, found->plan.drafting_unit, kDraftJudged, news_of(found->plan, "plan.notice_approved"));
    return Done{};
}

Result<> issue_plan(Work& work, const IssuePlan& input) {
    auto found = find_draft(work, input.plan, input.version, RevisionState::Approved, may_for_unit, kDraft);
    if (!found) return found.failure();
    if (found->revision.kind == RevisionKind::Correction) return conflict("plan.correction_has_no_number");

    std::vector<Problem> problems;
    std::string number = squeezed(input.number), symbol = symbol_of(found->revision.head);
    if (const auto slash = number.find('/'); symbol.empty() && slash != std::string::npos) {
        symbol = squeezed(number.substr(slash + 1));
        number = squeezed(number.substr(0, slash));
    }
    const auto day = Date::parse_vietnamese(input.issued_on);
    if (symbol.empty()) problems.push_back({"number", "plan.symbol_missing", {}});
    if (number.empty()) problems.push_back({"number", "plan.number_missing", {}});
    if (number.find('/') != std::string::npos) problems.push_back({"number", "plan.number_without_symbol", {}});
    if (length(number) > 20) problems.push_back({"number", "plan.number_too_long", {}});
    if (!day) problems.push_back({"issued_on", "plan.issued_on_unreadable", {}});
    if (day && *day > work.today()) problems.push_back({"issued_on", "plan.issued_on_ahead", {}});
    if (!problems.empty()) return invalid(std::move(problems));
    if (const auto other = work.db.one("plan.revision_with_number",
                                       {work.authority, number, symbol,
                                        std::to_string(day->year()), found->revision.id}))
        return invalid("number", "plan.number_taken", {{"title", other->text("title")}});

    LOA_CHECK(work.db.run("plan.set_revision_issued", {work.authority, found->revision.id, number, *day, work.now,
                                                       work.actor.person, found->revision.version,
                                                       symbol}) == 1);
    put_in_force(work, *found, document_number(number, symbol), *day);
    write_step(work, found->plan, found->revision.id, "plan.issued", "",
               {state_change(RevisionState::Approved, RevisionState::Issued), {"number", "", document_number(number, symbol)}, {"date", "", day->vietnamese()}});
    return Done{};
}

Result<> agree_correction(Work& work, const TakeStep& input) {
    auto found = find_draft(work, input.plan, input.version, RevisionState::UnderReview, may_for_unit, kClose);
    if (!found) return found.failure();
    if (found->revision.kind != RevisionKind::Correction) return conflict("plan.step_taken_already");
    if (!may_agree(work, found->plan, found->revision)) return forbidden("plan.second_person_needed");
    LOA_CHECK(found->plan.issued_revision.has_value());
    const Revision in_force = revision_by_id(work, *found->plan.issued_revision);
    LOA_CHECK(in_force.issued_on.has_value());
    // The paper has not changed, so the mended reading carries its number and its day.
    LOA_CHECK(work.db.run("plan.set_revision_issued",
                          {work.authority, found->revision.id, in_force.issued_number, in_force.issued_on, work.now,
                           work.actor.person, found->revision.version, symbol_of(in_force.head)}) == 1);
    put_in_force(work, *found, document_number(in_force.issued_number.value_or(""), symbol_of(in_force.head)), *in_force.issued_on);
    write_step(work, found->plan, found->revision.id, "plan.correction_agreed", squeezed(input.reason),
               {state_change(RevisionState::UnderReview, RevisionState::Issued)});
    return Done{};
}

Result<> close_plan(Work& work, const TakeStep& input) {
    auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan.failure();
    if (!identity::may_in_unit(work, kClose, plan->aggregating_unit)) return forbidden();
    if (plan->state != PlanState::Issued || plan->version != input.version) return conflict("plan.step_taken_already");
    if (plan->draft_revision) return conflict("plan.finish_draft_first");
    set_plan_state(work, *plan, PlanState::Closed, plan->issued_revision, std::nullopt);
    report_up(work, plan->id);
    write_step(work, *plan, *plan->issued_revision, "plan.closed", squeezed(input.reason),
               {state_change(PlanState::Issued, PlanState::Closed)});
    return Done{};
}

Result<> withdraw_plan(Work& work, const TakeStep& input) {
    auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan.failure();
    const bool issued = plan->issued_revision.has_value();
    if (!identity::may_in_unit(work, issued ? kApprove : kDraft, plan->drafting_unit))
        return forbidden();
    const std::string reason = squeezed(input.reason);
    if (reason.empty()) return invalid("reason", "plan.reason_missing");
    if ((plan->state != PlanState::Draft && plan->state != PlanState::Issued) || plan->version != input.version)
        return conflict("plan.step_taken_already");
    if (plan->draft_revision) {
        const Revision draft = revision_by_id(work, *plan->draft_revision);
        set_state(work, draft, RevisionState::Withdrawn);
        if (issued) identity::record(work, plan_ref(work, plan->id), "plan.revision_abandoned", {state_change(draft.state, RevisionState::Withdrawn)});
    }
    std::set<Id> units{plan->drafting_unit};  // who wrote it reads why, with a line of it or without
    for (auto assignment : assignments_by_plan(work, plan->id))
        if (assignment.state != AssignmentState::Ended) units.insert(assignment.unit);
    set_plan_state(work, *plan, PlanState::Withdrawn, plan->issued_revision,
                   issued ? std::nullopt : plan->draft_revision);
    report_up(work, plan->id);
    write_step(work, *plan, plan->shown_revision(), "plan.withdrawn", reason, {state_change(plan->state, PlanState::Withdrawn)});
    for (const Id unit : units)
        tell_unit(work, unit, kWithdrawn, news_of(*plan, "plan.notice_withdrawn", reason));
    return Done{};
}

}  // namespace loa::plan
