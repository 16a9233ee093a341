#include "evidence.h"

#include <algorithm>
#include <cmath>

#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "personal_link.h"
#include "queries.h"
#include "rows.h"
#include "stored_problem.h"
#include "verbs.h"

namespace loa::plan {

namespace {

using storage::Row;

AssignmentTarget assignment_target_from(const Row& row) {
    AssignmentTarget target;
    static_cast<PlannedTarget&>(target) = target_from(row);
    target.id = row.id("id");
    target.position = static_cast<int>(row.number("position"));
    target.times = static_cast<int>(row.number("times"));
    target.dropped = row.flag("dropped");
    target.below = from_thousandths(row.number("child_thousandths"));
    target.done = from_thousandths(row.number("done_thousandths")) + target.below;
    target.waiting = from_thousandths(row.number("waiting_thousandths"));
    return target;
}

Evidence evidence_from(const Row& row) {
    Evidence evidence;
    evidence.id = row.id("id");
    evidence.assignment = row.id("assignment_id");
    evidence.what = row.text("what");
    evidence.done_on = row.date("done_on");
    evidence.place = row.optional_text("place");
    evidence.channel = row.optional_id("channel_id");
    evidence.explanation = row.optional_text("explanation");
    evidence.number_source = row.optional_text("number_source");
    evidence.link = row.optional_text("link");
    evidence.link_title = row.optional_text("link_title");
    evidence.link_saved_at = row.optional_instant("link_saved_at");
    evidence.link_file = row.optional_id("link_file_id");
    if (const auto problem = row.optional_text("link_problem")) evidence.link_problem = problem_from(*problem, "link");
    if (const auto record = row.optional_id("record_id")) evidence.record = Ref{row.text("record_kind"), row.id("authority_id"), *record};
    evidence.record_title = row.optional_text("record_title").value_or("");
    evidence.state = evidence_state(row.text("state"));
    evidence.reason = row.optional_text("reason");
    evidence.submitted_at = row.instant("submitted_at");
    evidence.submitted_by = row.id("submitted_by");
    evidence.submitted_by_name = row.optional_text("submitted_by_name").value_or("");
    evidence.personal_link = row.optional_id("personal_link_id");
    evidence.link_given_by = row.optional_id("link_given_by");
    evidence.link_holder_name = row.optional_text("link_holder_name").value_or("");
    evidence.unit_name = row.optional_text("unit_name").value_or("");
    evidence.on_behalf_by = row.optional_text("on_behalf_by_name").value_or("");
    evidence.version = row.number("version");
    return evidence;
}

double share_of(double done, double needed) { return needed > 0 ? std::clamp(done / needed, 0.0, 1.0) : 0; }

std::unordered_map<Id, std::vector<double>> shares_from(const storage::Rows& rows) {
    std::unordered_map<Id, std::vector<double>> shares;
    for (const auto& row : rows)
        shares[row.id("assignment_id")].push_back(
            share_of(from_thousandths(row.number("done_thousandths") + row.number("child_thousandths")),
                     from_thousandths(row.number("value_thousandths")) * static_cast<double>(row.number("times"))));
    return shares;
}

/// Months that a period spans; nothing for those shorter than a month.
std::optional<int> months_in(Period period) {
    switch (period) {
        case Period::Month: return 1;
        case Period::Quarter: return 3;
        case Period::HalfYear: return 6;
        case Period::Year: return 12;
        case Period::Day:
        case Period::Week: break;
    }
    return std::nullopt;
}

}  // namespace

bool same_measure(const PlannedTarget& a, const PlannedTarget& b) {
    return a.per == b.per && fold_keeping_marks(a.unit) == fold_keeping_marks(b.unit);
}

double AssignmentTarget::share() const { return share_of(done, needed()); }

Standing standing_of(const Work& work, const Plan& plan, const Assignment& assignment) {
    if (work.actor.link.id) return link_opens(work, assignment) ? Standing::Own : Standing::None;
    if (identity::may_in_unit(work, kReport, assignment.unit)) return Standing::Own;
    return identity::may_in_unit(work, kReportForOthers, plan.aggregating_unit) ? Standing::OnBehalf : Standing::None;
}

std::optional<Id> on_behalf_by(const Work& work, const Plan& plan, const Assignment& assignment) {
    if (work.actor.link.id) return std::nullopt;
    const auto own = identity::own_units(work);
    const auto is_in = [&](const std::vector<Id>& units) { return std::find(units.begin(), units.end(), assignment.unit) != units.end(); };
    if (is_in(own)) return std::nullopt;
    if (!identity::may_in_unit(work, kReport, assignment.unit)) return plan.aggregating_unit;
    const auto host = std::find_if(own.begin(), own.end(), [&](Id unit) {
        return identity::may_in_unit(work, kReport, unit) && is_in(identity::unit_subtree(work, {unit}, work.today()));
    });
    return host == own.end() ? std::nullopt : std::optional(*host);
}

bool may_read_evidence(const Work& work, const Plan& plan, const Assignment& assignment) {
    if (work.actor.link.id) return link_opens(work, assignment);
    return identity::may_in_unit(work, kReadEvidence, assignment.unit) || identity::may_in_unit(work, kReport, assignment.unit) ||
           identity::may_in_unit(work, kConfirm, plan.aggregating_unit) ||
           identity::may_in_unit(work, kDraft, plan.drafting_unit);
}

Result<Assignment> assignment_by_id(Work& work, const Plan& plan, Id assignment) {
    const auto row = work.db.one("plan.assignment_by_id", {work.authority, plan.id, assignment});
    if (!row) return not_found("plan.no_such_assignment");
    Assignment found = assignment_from(*row);
    if (may_read_evidence(work, plan, found)) return found;
    // Who took the line over reads what became of it before.
    const auto now = found.passed_to ? work.db.one("plan.assignment_by_id", {work.authority, plan.id, *found.passed_to}) : std::nullopt;
    if (now && may_read_evidence(work, plan, assignment_from(*now))) return found;
    return not_found("plan.no_such_assignment");
}

bool may_read_files_of(Work& work, Id evidence) {
    const auto row = work.db.one("plan.assignment_of_evidence", {work.authority, evidence});
    if (!row) return false;
    const Assignment assignment = assignment_from(*row);
    const auto plan = plan_by_id(work, assignment.plan);
    return plan && may_read_evidence(work, *plan, assignment);
}

std::vector<AssignmentTarget> targets_by_assignment(Work& work, Id assignment) {
    std::vector<AssignmentTarget> targets;
    for (const auto& row : work.db.query("plan.targets_by_assignment", {work.authority, assignment}))
        targets.push_back(assignment_target_from(row));
    std::stable_partition(targets.begin(), targets.end(), [](const AssignmentTarget& target) { return !target.dropped; });
    std::erase_if(targets, [](const AssignmentTarget& target) {
        return target.dropped && target.done == 0 && target.waiting == 0;
    });
    return targets;
}

namespace {
/// With what belongs to each: lines, Topics, measures.
std::vector<Evidence> pieces_from(Work& work, const storage::Rows& rows, const storage::Values& stretch) {
    std::vector<Evidence> all;
    std::unordered_map<Id, std::size_t> places;
    for (const auto& row : rows) {
        places[row.id("id")] = all.size();
        all.push_back(evidence_from(row));
    }
    const auto piece_of = [&](const Row& row) -> Evidence& { return all[places.at(row.id("evidence_id"))]; };
    for (const auto& row : work.db.query("plan.evidence_lines_of_stretch", stretch))
        piece_of(row).lines.push_back({row.id("target_id"), from_thousandths(row.number("quantity_thousandths"))});
    for (const auto& row : work.db.query("plan.evidence_topics_of_stretch", stretch)) piece_of(row).topics.push_back(row.id("topic_id"));
    for (const auto& row : work.db.query("plan.measure_values_of_stretch", stretch))
        piece_of(row).measures.push_back({row.text("measure"), from_thousandths(row.number("value_thousandths"))});
    return all;
}
}  // namespace

std::vector<Evidence> evidence_by_assignment(Work& work, Id assignment) {
    const auto rows = work.db.query("plan.evidence_by_assignment", {work.authority, assignment});
    return pieces_from(work, rows, {work.authority, assignment, static_cast<std::int64_t>(rows.size()), 0});
}

std::vector<Evidence> evidence_of_stretch(Work& work, Id assignment, std::int64_t from, std::int64_t count) {
    const storage::Values stretch{work.authority, assignment, count, from};
    return pieces_from(work, work.db.query("plan.evidence_of_stretch", stretch), stretch);
}

std::int64_t count_of_evidence(Work& work, Id assignment) {
    return work.db.one("plan.count_of_evidence", {work.authority, assignment})->number("pieces");
}

std::int64_t evidence_before(Work& work, Id assignment, Id evidence) {
    return work.db.one("plan.evidence_before", {work.authority, assignment, evidence})->number("pieces");
}

std::optional<Evidence> evidence_by_id(Work& work, Id evidence) {
    const auto row = work.db.one("plan.evidence_by_id", {work.authority, evidence});
    return row ? std::optional(evidence_from(*row)) : std::nullopt;
}

int percent_of(const Assignment& assignment, const std::vector<double>& shares) {
    if (shares.empty()) return assignment.state == AssignmentState::Closed ? 100 : 0;
    double sum = 0;
    for (const double share : shares) sum += share;
    // Rounded down: 100 is said only when nothing is left.
    return static_cast<int>(std::floor(sum / static_cast<double>(shares.size()) * 100 + 1e-9));
}

std::unordered_map<Id, std::vector<double>> target_shares_by_unit(Work& work, Id unit) {
    return shares_from(work.db.query("plan.target_totals_by_unit", {work.authority, unit}));
}

std::unordered_map<Id, std::vector<double>> target_shares_by_plan(Work& work, Id plan) {
    return shares_from(work.db.query("plan.target_totals_by_plan", {work.authority, plan}));
}

int times_due(const Plan& plan, const std::optional<PlannedDeadline>& deadline, std::optional<Period> period) {
    if (!period) return 1;
    auto from = deadline ? deadline->from : std::nullopt;
    auto to = deadline ? deadline->to : std::nullopt;
    if (!from && plan.year_from != 0) from = Date::from(plan.year_from, 1, 1);
    if (!to && plan.year_to != 0) to = Date::from(plan.year_to, 12, 31);
    if (!from || !to || *to < *from) return 1;
    const int days = to->days_since(*from) + 1;
    if (*period == Period::Day) return days;
    if (*period == Period::Week) return std::max(1, days / 7);
    const int months = (to->year() - from->year()) * 12 + to->month() - from->month() + 1;
    return std::max(1, months / months_in(*period).value_or(1));
}

std::unordered_map<Id, std::vector<AssignmentTarget>> stored_targets(Work& work, Id plan, std::optional<Id> activity) {
    std::unordered_map<Id, std::vector<AssignmentTarget>> targets;
    for (const auto& row : work.db.query("plan.stored_targets_by_plan", {work.authority, plan, activity}))
        targets[row.id("assignment_id")].push_back(assignment_target_from(row));
    return targets;
}

void write_assignment_targets(Work& work, Id assignment, const std::vector<WantedTarget>& wanted) {
    std::vector<AssignmentTarget> stored;
    for (const auto& row : work.db.query("plan.targets_by_assignment", {work.authority, assignment}))
        stored.push_back(assignment_target_from(row));
    write_assignment_targets(work, assignment, wanted, stored);
}

void write_assignment_targets(Work& work, Id assignment, const std::vector<WantedTarget>& wanted, const std::vector<AssignmentTarget>& stored) {
    std::vector<bool> kept(stored.size());
    const auto put = [&](Id id, const PlannedTarget& target, int position, int times, int dropped) {
        const auto& added = target.added;
        work.db.run("plan.put_assignment_target",
                    {work.authority, id, assignment, position, target.text, text_of(target.comparator),
                     thousandths(target.value), target.unit, target.per ? std::optional(text_of(*target.per)) : std::nullopt,
                     times, added ? std::optional(added->by) : std::nullopt, added ? std::optional(added->at) : std::nullopt,
                     dropped});
    };
    int position = 0;
    for (const auto& [target, times] : wanted) {
        std::size_t known = 0;
        while (known < stored.size() && (kept[known] || !same_measure(stored[known], target))) ++known;
        if (known < stored.size()) kept[known] = true;
        put(known < stored.size() ? stored[known].id : work.new_id(), target, ++position, times, 0);
    }
    for (std::size_t i = 0; i < stored.size(); ++i)
        if (!kept[i] && !stored[i].dropped) put(stored[i].id, stored[i], stored[i].position, stored[i].times, 1);
}

}  // namespace loa::plan
