// What units report of their lines, and what the aggregating office makes of it. Nothing here moves a slider:
// how far a line is follows from confirmed evidence (house.md §5).
#include <algorithm>

#include "actions.h"
#include "addresses.h"
#include "evidence.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "notices.h"
#include "queries.h"
#include "search_index.h"
#include "typed.h"
#include "verbs.h"

namespace loa::plan {

namespace {

constexpr std::size_t kMostFiles = 12;
constexpr std::size_t kLongestWhat = 2000;
constexpr double kLargestQuantity = 1e9;

struct Found {
    Plan plan;
    Assignment assignment;
};

Ref ref_of(const Work& work, const Assignment& assignment) { return {"plan.assignment", work.authority, assignment.id}; }

/// A line of a plan in force, as the person saw it.
Result<Found> find_line(Work& work, const LineRef& line) {
    auto plan = plan_by_id(work, line.plan);
    if (!plan) return plan.failure();
    auto assignment = assignment_by_id(work, *plan, line.assignment);
    if (!assignment) return assignment.failure();
    if (plan->state != PlanState::Issued || assignment->state == AssignmentState::Ended) return conflict("plan.line_not_open");
    if (line.version && assignment->version != *line.version) return conflict("plan.line_changed_meanwhile");
    return Found{*std::move(plan), *std::move(assignment)};
}

struct FoundEvidence : Found {
    Evidence evidence;
};

Result<FoundEvidence> find_evidence(Work& work, const EvidenceRef& input) {
    auto found = find_line(work, {input.plan, input.assignment, std::nullopt});
    if (!found) return found.failure();
    auto evidence = evidence_by_id(work, input.evidence);
    if (!evidence || evidence->assignment != input.assignment) return not_found("plan.no_such_evidence");
    if (evidence->version != input.version) return conflict("plan.line_changed_meanwhile");
    return FoundEvidence{*std::move(found), *std::move(evidence)};
}

/// News of a line of the plan, with the way to it.
Message news_of(const Found& found, std::string key, std::vector<std::pair<std::string, std::string>> args) {
    return {.key = std::move(key), .args = std::move(args), .path = line_path(found.assignment), .about = found.plan.title};
}

bool may_report(const Work& work, const Found& found) {
    return standing_of(work, found.plan, found.assignment) != Standing::None;
}

/// What the unit itself sent is its own to mend and withdraw; the aggregating office may return it.
bool may_mend(const Work& work, const FoundEvidence& found) {
    const auto standing = standing_of(work, found.plan, found.assignment);
    return standing == Standing::Own || (standing == Standing::OnBehalf && !found.evidence.on_behalf_by.empty());
}

/// The office in whose name it is recorded, where that is not the unit's own.
std::optional<Id> on_behalf_by(const Work& work, const Found& found) {
    const bool own = standing_of(work, found.plan, found.assignment) == Standing::Own;
    return own ? std::nullopt : std::optional(found.plan.aggregating_unit);
}

bool may_confirm(const Work& work, const Found& found) {
    return identity::may_in_unit(work, kConfirm, found.plan.aggregating_unit);
}

/// What a piece of evidence says, checked: its lines, its day.
struct Checked {
    Date done_on;
    std::vector<EvidenceLine> lines;
    std::vector<MeasureValue> measures;
};

Result<Checked> checked(Work& work, const Found& found, const EvidenceWords& words, std::size_t files) {
    std::vector<Problem> problems;
    Checked result;
    if (squeezed(words.what).empty()) problems.push_back({"what", "plan.evidence_what_missing", {}});
    if (length(words.what) > kLongestWhat) problems.push_back({"what", "plan.evidence_what_too_long", {}});
    if (const auto day = Date::parse_vietnamese(words.done_on); !day) {
        problems.push_back({"done_on", "plan.evidence_day_unreadable", {}});
    } else if (*day > work.today()) {
        problems.push_back({"done_on", "plan.evidence_day_ahead", {}});
    } else {
        result.done_on = *day;
    }
    const auto targets = targets_by_assignment(work, found.assignment.id);
    for (const auto& [target, typed] : words.quantities) {
        const std::string text = squeezed(typed);
        if (text.empty()) continue;
        const std::string field = "quantity-" + to_string(target);
        const auto quantity = typed_amount(text);
        const bool known = std::any_of(targets.begin(), targets.end(),
                                       [&, wanted = target](const AssignmentTarget& entry) { return entry.id == wanted && !entry.dropped; });
        if (!known) problems.push_back({field, "plan.no_such_target", {}});
        else if (!quantity || *quantity <= 0 || *quantity > kLargestQuantity)
            problems.push_back({field, "plan.evidence_amount_unreadable", {{"text", text}}});
        else result.lines.push_back({target, *quantity});
    }
    for (const auto& [measure, typed] : words.measures) {
        const std::string text = squeezed(typed);
        if (text.empty()) continue;
        const auto value = typed_amount(text);
        if (!value || *value > kLargestQuantity)
            problems.push_back({"measure-" + measure.name, "plan.evidence_amount_unreadable", {{"text", text}}});
        else result.measures.push_back({measure.name, *value});
    }
    if (files > kMostFiles) problems.push_back({"files", "plan.evidence_too_many_files", {{"n", std::to_string(kMostFiles)}}});
    const auto topics = topics_on(work, work.today());
    const auto channels = channels_on(work, work.today());
    const auto is_known = [](const auto& entries, Id id) {
        return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.id == id; });
    };
    for (const Id topic : words.topics)
        if (!is_known(topics, topic)) problems.push_back({"topics", "plan.no_such_topic", {}});
    if (words.channel && !is_known(channels, *words.channel)) problems.push_back({"channel", "plan.no_such_channel", {}});
    if (!problems.empty()) return invalid(std::move(problems));
    return result;
}

std::optional<std::string> place_of(const EvidenceWords& words) {
    auto place = squeezed(words.place);
    return place.empty() ? std::nullopt : std::optional(std::move(place));
}

void write_parts(Work& work, Id evidence, const Checked& checked, const EvidenceWords& words,
                 const std::vector<media::AcceptedFile>& files) {
    work.db.run("plan.delete_evidence_lines", {work.authority, evidence});
    for (const auto& line : checked.lines)
        work.db.run("plan.insert_evidence_line", {work.authority, evidence, line.target, thousandths(line.quantity)});
    work.db.run("plan.delete_measure_values", {work.authority, evidence});
    for (const auto& measure : checked.measures)
        work.db.run("plan.insert_measure_value", {work.authority, evidence, measure.measure, thousandths(measure.value)});
    work.db.run("plan.delete_evidence_topics", {work.authority, evidence});
    for (const Id topic : words.topics) work.db.run("plan.insert_evidence_topic", {work.authority, evidence, topic});
    for (const auto& file : files) media::add_file(work, file, {"plan.evidence", work.authority, evidence});
}

Result<> decide(Work& work, const EvidenceRef& input, EvidenceState from, EvidenceState to, const std::string& typed_reason,
                bool (*may)(const Work&, const Found&)) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may(work, *found)) return forbidden("plan.not_your_line");
    if (found->evidence.state != from) return conflict("plan.line_changed_meanwhile");
    const std::string reason = squeezed(typed_reason);
    if (to != EvidenceState::Confirmed && reason.empty()) return invalid("reason", "plan.reason_missing");
    const auto kept = reason.empty() ? std::nullopt : std::optional(reason);
    LOA_CHECK(work.db.run("plan.set_evidence_state", {work.authority, input.evidence, text_of(to), kept, work.now,
                                                      work.actor.person, input.version}) == 1);
    identity::record(work, ref_of(work, found->assignment), "plan.evidence_" + std::string(text_of(to)),
                     {{"what", "", found->evidence.what},
                      {"evidence_state", std::string(text_of(from)), std::string(text_of(to))},
                      {"reason", "", reason}});
    if (to == EvidenceState::Returned)
        tell_unit(work, found->assignment.unit, kWorkReturned,
                  news_of(*found, "plan.notice_evidence_returned", {{"what", shortened(found->evidence.what, 80)}, {"reason", reason}}));
    return Done{};
}

Result<> set_progress(Work& work, const Found& found, AssignmentState state, std::optional<Instant> reported_at,
                      std::optional<Id> reported_by, const std::string& reason, std::string_view event) {
    const auto kept = reason.empty() ? std::nullopt : std::optional(reason);
    LOA_CHECK(work.db.run("plan.set_assignment_progress",
                          {work.authority, found.assignment.id, text_of(state), reported_at, reported_by, kept,
                           found.assignment.version}) == 1);
    identity::record(work, ref_of(work, found.assignment), event,
                     {{"line_state", std::string(text_of(found.assignment.state)), std::string(text_of(state))}, {"reason", "", reason}});
    return Done{};
}

}  // namespace

Result<Id> submit_evidence(Work& work, const LineRef& line, const EvidenceWords& words,
                           const std::vector<media::AcceptedFile>& files) {
    auto found = find_line(work, line);
    if (!found) return found.failure();
    if (!may_report(work, *found)) return forbidden("plan.not_your_line");
    auto result = checked(work, *found, words, files.size());
    if (!result) return result.failure();
    const Id evidence = work.new_id();
    work.db.run("plan.insert_evidence", {work.authority, evidence, line.assignment, squeezed(words.what), result->done_on,
                                         place_of(words), words.channel, work.now, work.actor.person, on_behalf_by(work, *found)});
    write_parts(work, evidence, *result, words, files);
    identity::record(work, ref_of(work, found->assignment), "plan.evidence_submitted",
                     {{"what", "", squeezed(words.what)}, {"evidence_state", "", std::string(text_of(EvidenceState::Submitted))}});
    if (on_behalf_by(work, *found))
        tell_unit(work, found->assignment.unit, kWorkReported,
                  news_of(*found, "plan.notice_recorded_for_you", {{"what", shortened(squeezed(words.what), 80)}}));
    return evidence;
}

Result<> resubmit_evidence(Work& work, const EvidenceRef& input, const EvidenceWords& words,
                           const std::vector<media::AcceptedFile>& files) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_mend(work, *found)) return forbidden("plan.not_your_line");
    if (found->evidence.state != EvidenceState::Returned) return conflict("plan.line_changed_meanwhile");
    auto result = checked(work, *found, words, files.size());
    if (!result) return result.failure();
    LOA_CHECK(work.db.run("plan.set_evidence_words",
                          {work.authority, input.evidence, squeezed(words.what), result->done_on, place_of(words),
                           words.channel, work.now, work.actor.person, on_behalf_by(work, *found), input.version}) == 1);
    write_parts(work, input.evidence, *result, words, files);
    identity::record(work, ref_of(work, found->assignment), "plan.evidence_submitted",
                     {{"what", found->evidence.what, squeezed(words.what)},
                      {"evidence_state", std::string(text_of(found->evidence.state)), std::string(text_of(EvidenceState::Submitted))}});
    return Done{};
}

Result<> confirm_evidence(Work& work, const EvidenceRef& input) {
    const auto evidence = evidence_by_id(work, input.evidence);
    if (evidence && !evidence->on_behalf_by.empty() && evidence->submitted_by == work.actor.person)
        return conflict("plan.own_record_for_others");
    return decide(work, input, EvidenceState::Submitted, EvidenceState::Confirmed, "", may_confirm);
}

Result<> return_evidence(Work& work, const EvidenceRef& input, const std::string& reason) {
    return decide(work, input, EvidenceState::Submitted, EvidenceState::Returned, reason, may_confirm);
}

Result<> withdraw_evidence(Work& work, const EvidenceRef& input, const std::string& reason) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_mend(work, *found)) return forbidden("plan.not_your_line");
    if (found->evidence.state == EvidenceState::Withdrawn) return conflict("plan.line_changed_meanwhile");
    return decide(work, input, found->evidence.state, EvidenceState::Withdrawn, reason, may_report);
}

Result<> report_line(Work& work, const LineRef& line) {
    auto found = find_line(work, line);
    if (!found) return found.failure();
    if (!may_report(work, *found)) return forbidden("plan.not_your_line");
    if (found->assignment.state != AssignmentState::Open) return conflict("plan.line_changed_meanwhile");
    tell_unit(work, found->plan.aggregating_unit, kWorkReported, news_of(*found, "plan.notice_line_reported", {{"title", found->plan.title}}));
    return set_progress(work, *found, AssignmentState::Reported, work.now, work.actor.person, "", "plan.line_reported");
}

Result<> close_line(Work& work, const LineRef& line) {
    auto found = find_line(work, line);
    if (!found) return found.failure();
    if (!may_confirm(work, *found)) return forbidden("plan.not_your_line");
    if (found->assignment.state != AssignmentState::Reported) return conflict("plan.line_changed_meanwhile");
    tell_unit(work, found->assignment.unit, kWorkConfirmed, news_of(*found, "plan.notice_line_closed", {{"title", found->plan.title}}));
    return set_progress(work, *found, AssignmentState::Closed, found->assignment.reported_at, found->assignment.reported_by,
                        "", "plan.line_closed");
}

Result<> return_line(Work& work, const LineRef& line, const std::string& typed_reason) {
    auto found = find_line(work, line);
    if (!found) return found.failure();
    if (!may_confirm(work, *found)) return forbidden("plan.not_your_line");
    if (found->assignment.state != AssignmentState::Reported && found->assignment.state != AssignmentState::Closed)
        return conflict("plan.line_changed_meanwhile");
    const std::string reason = squeezed(typed_reason);
    if (reason.empty()) return invalid("reason", "plan.reason_missing");
    tell_unit(work, found->assignment.unit, kWorkReturned,
              news_of(*found, "plan.notice_line_returned", {{"title", found->plan.title}, {"reason", reason}}));
    // It counts as submitted when it is reported again.
    return set_progress(work, *found, AssignmentState::Open, std::nullopt, std::nullopt, reason, "plan.line_returned");
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
    const auto& assignment = found->assignment;
    LOA_CHECK(work.db.run("plan.set_assignment_progress",
                          {work.authority, assignment.id, text_of(assignment.state), assignment.reported_at,
                           assignment.reported_by, assignment.reason, assignment.version}) == 1);
    identity::record(work, ref_of(work, assignment), "plan.line_targets_set",
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
