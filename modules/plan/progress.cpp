#include "progress.h"

#include <map>

namespace loa::plan {

namespace {

std::optional<storage::Values> key_of_late(const Work& work, const Plan& plan) {
    if (plan.state != PlanState::Issued) return std::nullopt;
    return storage::Values{work.authority, plan.id, work.today()};
}

}  // namespace

Progress& Progress::operator+=(const Progress& other) {
    total += other.total;
    closed += other.closed;
    late += other.late;
    return *this;
}

void read_progress_by_subject_ahead(Work& work, const Plan& plan) {
    if (const auto key = key_of_late(work, plan)) work.db.read_ahead("plan.late_by_subject", *key);
    work.db.read_ahead("plan.progress_by_subject", {work.authority, plan.id});
}

std::vector<SubjectProgress> progress_by_subject(Work& work, const Plan& plan) {
    std::map<Id, std::int64_t> late;
    if (const auto key = key_of_late(work, plan))
        for (const auto& row : work.db.query("plan.late_by_subject", *key)) late[row.id("subject_id")] = row.number("late");
    std::vector<SubjectProgress> subjects;
    for (const auto& row : work.db.query("plan.progress_by_subject", {work.authority, plan.id})) {
        const auto activity = row.optional_id("activity_id"), duty = row.optional_id("duty_id");
        const auto found = late.find(activity ? *activity : duty.value_or(Id{}));
        subjects.push_back({activity, duty, {row.number("total"), row.number("closed"), found == late.end() ? 0 : found->second}});
    }
    return subjects;
}

std::vector<UnitProgress> progress_by_unit(Work& work, const Plan& plan) {
    std::map<Id, std::int64_t> late;
    if (const auto key = key_of_late(work, plan))
        for (const auto& row : work.db.query("plan.late_by_unit", *key)) late[row.id("unit_id")] = row.number("late");
    std::vector<UnitProgress> units;
    for (const auto& row : work.db.query("plan.unit_progress_by_plan", {work.authority, plan.id})) {
        const auto found = late.find(row.id("unit_id"));
        units.push_back({row.id("unit_id"), {row.number("lines"), row.number("closed"), found == late.end() ? 0 : found->second}});
    }
    return units;
}

std::unordered_map<Id, PlanProgress> progress_of_plans(Work& work) {
    std::unordered_map<Id, PlanProgress> plans;
    for (const auto& row : work.db.query("plan.progress_of_plans", {work.authority, std::optional<Id>()}))
        plans[row.id("plan_id")] = {row.number("units"), {row.number("lines"), row.number("closed"), 0}};
    for (const auto& row : work.db.query("plan.late_by_plan", {work.authority, work.today()})) plans[row.id("plan_id")].progress.late = row.number("late");
    return plans;
}

}  // namespace loa::plan
