#include "pass_lines.h"

#include <algorithm>

#include "addresses.h"
#include "assign.h"
#include "child_report.h"
#include "counts.h"
#include "coverage.h"
#include "evidence.h"
#include "loa/base/check.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "notices.h"
#include "occurrences.h"
#include "queries.h"
#include "rows.h"

namespace loa::plan {

namespace {

class Carrying {
  public:
    Carrying(Work& work, const Plan& plan, const Passing& passing, Date day) : work_(work), plan_(plan), passing_(passing), day_(day) {
        const auto all = passing.everybody();
        std::vector<Id> ids{all.begin(), all.end()};
        ids.push_back(passing.unit);
        for (const auto& unit : identity::units_by_ids(work, ids)) names_[unit.id] = unit.name;
    }

    void all() {
        std::map<Id, std::int64_t> counts;
        for (const auto& line : assignments_of_unit(work_, plan_.id, passing_.unit)) {
            const auto heirs = passing_.successors(line.subject());
            const Assignment first = give(line, heirs.front(), line.accountable);
            move_times(line, first);
            move_work(line, first);
            settle(first);
            for (std::size_t i = 1; i < heirs.size(); ++i) {
                const Assignment other = give(line, heirs[i], false);
                copy_times(first, other);
                settle(other);
            }
            end(line, first, heirs);
            for (const Id heir : heirs) ++counts[heir];
        }
        pass_offices();
        recount(work_, plan_.id);
        recount_unit_coverage(work_, plan_.id);
        tell(counts);
    }

  private:
    const std::string& name(Id unit) const { return names_.at(unit); }

    /// The heir's line of the same activity or duty, found or made, with the roles of both.
    Assignment give(const Assignment& line, Id heir, bool accountable) {
        const auto row = work_.db.one("plan.assignment_of_subject", {work_.authority, plan_.id, line.subject(), heir});
        if (!row) {
            const Id id = work_.new_id();
            work_.db.run("plan.insert_assignment", {work_.authority, id, plan_.id, line.activity, line.duty, heir, accountable ? 1 : 0, line.lead ? 1 : 0,
                                                    line.partner ? 1 : 0, line.requested ? 1 : 0, plan_.issued_revision});
            const auto made = work_.db.one("plan.assignment_by_id", {work_.authority, plan_.id, id});
            return assignment_from(*made);
        }
        Assignment own = assignment_from(*row);
        const bool asked = own.state != AssignmentState::Ended;  // else what it once was to the plan is over
        own.accountable = accountable || (asked && own.accountable);
        own.lead = line.lead || (asked && own.lead);
        own.partner = line.partner || (asked && own.partner);
        own.requested = line.requested || (asked && own.requested);
        if (!asked) own.state = AssignmentState::Open;
        work_.db.run("plan.set_assignment_roles", {work_.authority, own.id, own.accountable ? 1 : 0, own.lead ? 1 : 0, own.partner ? 1 : 0,
                                                   own.requested ? 1 : 0, text_of(own.state), std::optional<Id>()});
        return own;
    }

    static bool same_time(const Occurrence& a, const Occurrence& b) { return a.from == b.from && a.to == b.to; }

    /// What of the heir's own times is the same one.
    static const Occurrence* own_time(const std::vector<Occurrence>& own, const Occurrence& wanted, Id heir) {
        const auto found = std::find_if(own.begin(), own.end(), [&](const Occurrence& one) { return same_time(one, wanted) && one.due_unit == heir; });
        return found == own.end() ? nullptr : &*found;
    }

    bool goes_on(const Occurrence& one) const { return one.state == OccurrenceState::Open && (!one.due_on || *one.due_on >= day_); }

    /// What is open and falls due from the day on is the heir's, once; the rest stays the unit's own, though the heir sees to it.
    void move_times(const Assignment& line, const Assignment& into) {
        const auto own = all_times(into.id);
        for (const auto& one : all_times(line.id)) {
            if (one.state == OccurrenceState::Ended) continue;
            const auto* same = goes_on(one) ? own_time(own, one, into.unit) : nullptr;
            if (same && (same->state == OccurrenceState::Open || same->state == OccurrenceState::Ended)) {
                if (same->state == OccurrenceState::Ended)
                    work_.db.run("plan.set_occurrence_days", {work_.authority, same->id, one.printed_on, one.due_on, text_of(OccurrenceState::Open)});
                work_.db.run("plan.set_occurrence_state", {work_.authority, one.id, text_of(OccurrenceState::Ended)});
                continue;
            }
            const Id due_unit = goes_on(one) && !same ? into.unit : one.due_unit;
            work_.db.run("plan.pass_occurrence", {work_.authority, one.id, into.id, into.unit, due_unit});
        }
    }

    /// For one heir of several: from the day on it is asked for the same, by itself.
    void copy_times(const Assignment& from, const Assignment& to) {
        const auto own = all_times(to.id);
        for (const auto& one : all_times(from.id)) {
            if (!goes_on(one)) continue;
            const auto* same = own_time(own, one, to.unit);
            if (!same)
                work_.db.run("plan.insert_occurrence", {work_.authority, work_.new_id(), to.id, plan_.id, to.subject(), to.unit, one.from, one.to, one.printed_on, one.due_on});
            else if (same->state == OccurrenceState::Ended)
                work_.db.run("plan.set_occurrence_days", {work_.authority, same->id, one.printed_on, one.due_on, text_of(OccurrenceState::Open)});
        }
    }

    void move_work(const Assignment& line, const Assignment& into) {
        const auto targets = targets_by_assignment(work_, into.id).size();
        work_.db.run("plan.pass_evidence", {work_.authority, line.id, into.id, line.unit});
        work_.db.run("plan.pass_targets", {work_.authority, line.id, into.id, static_cast<std::int64_t>(targets)});
        if (line.person && stays(*line.person, into.unit)) work_.db.run("plan.set_line_person", {work_.authority, into.id, line.person});
    }

    /// Who looked after the line goes on in the heir's office.
    bool stays(Id person, Id unit) const {
        const auto members = identity::memberships_of_person(work_, person, work_.today());
        return std::any_of(members.begin(), members.end(), [&](const identity::Membership& each) { return each.unit == unit; });
    }

    void settle(const Assignment& line) {
        const auto times = occurrences_by_assignment(work_, line.id);
        if (const auto state = state_by(times); !times.empty()) work_.db.run("plan.set_assignment_state", {work_.authority, line.id, text_of(state)});
        identity::record(work_, {"plan.assignment", work_.authority, line.id}, "plan.line_taken_over",
                         {{"former_unit", "", name(passing_.unit)}, {"successor", "", name(line.unit)}, {"carried_out_on", "", day_.iso()}, {"basis", "", passing_.basis}});
    }

    void end(const Assignment& line, const Assignment& into, const std::vector<Id>& heirs) {
        std::string to;
        for (const Id heir : heirs) to += (to.empty() ? "" : "; ") + name(heir);
        work_.db.run("plan.lead_on_passed_lines", {work_.authority, line.id, into.id});
        work_.db.run("plan.end_passed_line", {work_.authority, line.id, into.id});
        identity::record(work_, {"plan.assignment", work_.authority, line.id}, "plan.line_passed_on",
                         {{"former_unit", "", name(passing_.unit)}, {"successor", "", to}, {"carried_out_on", "", day_.iso()}, {"basis", "", passing_.basis}});
    }

    /// The plan's own offices.
    void pass_offices() {
        std::vector<identity::Change> changes;
        const auto pass = [&](const char* statement, const char* field) {
            if (work_.db.run(statement, {work_.authority, plan_.id, passing_.unit, passing_.successor}) > 0)
                changes.push_back({field, name(passing_.unit), name(passing_.successor)});
        };
        pass("plan.pass_drafting", "drafting_unit");
        pass("plan.pass_aggregating", "aggregating_unit");
        changes.push_back({"former_unit", "", name(passing_.unit)});
        changes.push_back({"successor", "", name(passing_.successor)});
        changes.push_back({"carried_out_on", "", day_.iso()});
        changes.push_back({"basis", "", passing_.basis});
        identity::record(work_, {"plan.plan", work_.authority, plan_.id}, "plan.work_passed_on", changes);
    }

    void tell(const std::map<Id, std::int64_t>& counts) {
        for (const auto& [heir, count] : counts)
            tell_unit(work_, heir, kAssigned, {.key = "plan.notice_lines_passed",
                                               .args = {{"n", std::to_string(count)}, {"unit", name(passing_.unit)}, {"title", plan_.title}},
                                               .path = "/viec-don-vi",
                                               .about = plan_.title});
    }

    std::vector<Occurrence> all_times(Id assignment) {
        std::vector<Occurrence> times;
        for (const auto& row : work_.db.query("plan.all_occurrences_by_assignment", {work_.authority, assignment})) times.push_back(occurrence_from(row));
        return times;
    }

    Work& work_;
    const Plan& plan_;
    const Passing& passing_;
    Date day_;
    std::map<Id, std::string> names_;
};

}  // namespace

void carry_out(Work& work, const Plan& plan, const Passing& passing, Date day) {
    // Two that come at once find one of them too late.
    if (work.db.run("plan.set_passing_carried_out", {work.authority, plan.id, passing.unit, day}) == 0) return;
    Carrying(work, plan, passing, day).all();
    report_up(work, plan.id);
    ask_children(work, plan.id);
}

}  // namespace loa::plan
