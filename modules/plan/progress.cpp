#include "progress.h"

#include <set>

namespace loa::plan {

namespace {

std::optional<storage::Values> key_of_due_days(const Work& work, const Plan& plan) {
    if (plan.state != PlanState::Issued) return std::nullopt;
    return storage::Values{work.authority, plan.issued_revision};
}

/// The activities and duties whose day is over.
std::set<Id> past_due(Work& work, const Plan& plan) {
    std::set<Id> past;
    if (const auto key = key_of_due_days(work, plan))
        for (const auto& row : work.db.query("plan.due_days_by_revision", *key))
            if (row.date("to_date") < work.today())
                for (const char* subject : {"activity_id", "duty_id"})
                    if (const auto id = row.optional_id(subject)) past.insert(*id);
    return past;
}

SubjectProgress subject_from(const storage::Row& row, const std::set<Id>& past) {
    SubjectProgress subject{row.optional_id("activity_id"), row.optional_id("duty_id"), {row.number("total"), row.number("closed"), 0}};
    const Id id = subject.activity ? *subject.activity : subject.duty.value_or(Id{});
    if (past.contains(id)) subject.progress.late = row.number("still_open");
    return subject;
}

}  // namespace

Progress& Progress::operator+=(const Progress& other) {
    total += other.total;
    closed += other.closed;
    late += other.late;
    return *this;
}

void read_progress_by_subject_ahead(Work& work, const Plan& plan) {
    if (const auto key = key_of_due_days(work, plan)) work.db.read_ahead("plan.due_days_by_revision", *key);
    work.db.read_ahead("plan.progress_by_subject", {work.authority, plan.id});
}

std::vector<SubjectProgress> progress_by_subject(Work& work, const Plan& plan) {
    const auto past = past_due(work, plan);
    std::vector<SubjectProgress> subjects;
    for (const auto& row : work.db.query("plan.progress_by_subject", {work.authority, plan.id}))
        subjects.push_back(subject_from(row, past));
    return subjects;
}

std::vector<UnitProgress> progress_by_unit(Work& work, const Plan& plan) {
    const auto past = past_due(work, plan);
    std::vector<UnitProgress> units;
    for (const auto& row : work.db.query("plan.progress_by_unit", {work.authority, plan.id})) {
        const Id unit = row.id("unit_id");
        if (units.empty() || units.back().unit != unit) units.push_back({unit, {}});
        units.back().progress += subject_from(row, past).progress;
    }
    return units;
}

}  // namespace loa::plan
