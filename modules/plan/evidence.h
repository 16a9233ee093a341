// What one unit has to reach of its assignment, and the evidence of what it did (house.md §5, ADR 0009).
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "loa/base/ref.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// A target of one assignment with what is done of it. `times` is how often its period comes in the activity's
/// time, so a rate is held against the whole of it.
struct AssignmentTarget : PlannedTarget {
    Id id;
    int position = 0;
    int times = 1;
    bool dropped = false;  // no longer asked for; what was done stays
    double done = 0;       // confirmed
    double below = 0;      // of it by the unit's own plan (child_report.h)
    double waiting = 0;    // submitted, not decided

    double needed() const { return value * times; }
    /// 0 … 1: more than asked for counts as all of it.
    double share() const;
};

struct EvidenceLine {
    Id target;
    double quantity = 0;
};

struct MeasureValue {
    std::string measure;
    double value = 0;
};

struct Evidence {
    Id id;
    Id assignment;
    std::string what;
    Date done_on;
    std::optional<std::string> place;
    std::optional<Id> channel;
    std::vector<Id> topics;
    std::vector<EvidenceLine> lines;
    std::vector<MeasureValue> measures;
    std::optional<std::string> explanation;    // why its day or the time of a photo is right all the same (evidence_time.h)
    std::optional<std::string> number_source;  // where the quantities come from, if no file and no page shows them
    std::optional<std::string> link;           // where it can be seen
    std::optional<std::string> link_title;     // of the copy that was saved
    std::optional<Instant> link_saved_at;
    std::optional<Id> link_file;               // media's record of the copy
    std::optional<Problem> link_problem;       // why there is none
    std::optional<Ref> record;                 // of another module, which it cites
    std::string record_title;                  // as it was called then
    EvidenceState state = EvidenceState::Submitted;
    std::optional<std::string> reason;
    Instant submitted_at;
    Id submitted_by;
    std::string submitted_by_name;
    std::optional<Id> personal_link;  // by which it was sent: then nobody with an account did
    std::optional<Id> link_given_by;  // who had given that link, and may not confirm
    std::string link_holder_name;
    std::string unit_name;     // of the unit that did it; "": the line's own
    std::string on_behalf_by;  // the office that recorded it in the unit's place; "": the unit did
    std::int64_t version = 1;
};

/// Reports of a line as its unit, or as the aggregating office in the place of a unit that can't (an outside body, a
/// hamlet without a computer), which every reader is shown; then somebody else must confirm.
enum class Standing { None, Own, OnBehalf };
Standing standing_of(const Work& work, const Plan& plan, const Assignment& assignment);
/// Whose people record it, where that is not the line's own unit: one above it (the host of a hamlet or an outside body), or
/// the aggregating office (ADR 33).
std::optional<Id> on_behalf_by(const Work& work, const Plan& plan, const Assignment& assignment);

/// NotFound unless it is a line of that plan and the person may see it: her own unit's, one that her unit took over, or any if
/// she may read others' evidence (the drafting and the aggregating office, leaders, auditors).
Result<Assignment> assignment_by_id(Work& work, const Plan& plan, Id assignment);
bool may_read_evidence(const Work& work, const Plan& plan, const Assignment& assignment);
/// For the files of a piece of evidence.
bool may_read_files_of(Work& work, Id evidence);

/// Do they count the same thing in the same period?
bool same_measure(const PlannedTarget& a, const PlannedTarget& b);

/// Dropped ones last, if `evidence` still counts towards them.
std::vector<AssignmentTarget> targets_by_assignment(Work& work, Id assignment);
/// Latest first.
std::vector<Evidence> evidence_by_assignment(Work& work, Id assignment);
/// Of that list `count` pieces, after the first `from`.
std::vector<Evidence> evidence_of_stretch(Work& work, Id assignment, std::int64_t from, std::int64_t count);
std::int64_t count_of_evidence(Work& work, Id assignment);
/// How many stand before it in that list; none where it does not stand there.
std::int64_t evidence_before(Work& work, Id assignment, Id evidence);
std::optional<Evidence> evidence_by_id(Work& work, Id evidence);

/// Per cent of an assignment: the mean over its targets; without targets 0, or 100 once it is closed.
int percent_of(const Assignment& assignment, const std::vector<double>& shares);
/// The shares of every target, by assignment, of one unit's lines or one plan's.
std::unordered_map<Id, std::vector<double>> target_shares_by_unit(Work& work, Id unit);
std::unordered_map<Id, std::vector<double>> target_shares_by_plan(Work& work, Id plan);

/// How often a period comes in the activity's time (its window, else the plan's years): "mỗi tháng", April to
/// December, is 9; at least 1, and 1 where the plan names no years.
int times_due(const Plan& plan, const std::optional<PlannedDeadline>& deadline, std::optional<Period> period);

/// Makes an assignment's targets these, in this order. One that counts the same thing in the same period as one
/// that is there keeps its id; one that is not asked for any more is dropped, never deleted.
struct WantedTarget {
    PlannedTarget target;
    int times = 1;
};
void write_assignment_targets(Work& work, Id assignment, const std::vector<WantedTarget>& wanted);
/// For many lines at once: what stands there, dropped ones too, of a plan's lines or those of one activity, by line.
std::unordered_map<Id, std::vector<AssignmentTarget>> stored_targets(Work& work, Id plan, std::optional<Id> activity);
void write_assignment_targets(Work& work, Id assignment, const std::vector<WantedTarget>& wanted, const std::vector<AssignmentTarget>& stored);

}  // namespace loa::plan
