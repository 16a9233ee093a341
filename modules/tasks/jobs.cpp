// What happens by the clock: tasks fall due. And what becomes of them when somebody leaves or a unit ends.
#include "jobs.h"

#include "loa/identity/deputies.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/queue.h"
#include "notices.h"
#include "views.h"

namespace loa::tasks {

namespace {

/// Also what fell due while everything was off.
void tell_of_due_tasks(Work& work) {
    for (const auto& row : work.db.query("tasks.tasks_falling_due", {work.authority, work.today()})) {
        std::vector<Id> people;
        for (const auto& member : work.db.query("tasks.participants_by_task", {work.authority, row.id("id")})) people.push_back(member.id("person_id"));
        for (const Id person : identity::with_deputies(work, people))
            jobs::notify(work, person, kDue,
                         {.key = "tasks.notice_due", .args = {{"title", row.text("title")}}, .path = path_of(row.id("id")), .about = row.text("plan_title"), .deadline = row.date("due_on")});
        work.db.run("tasks.set_reminded", {work.authority, row.id("id")});
    }
}

/// For the installation: one job for each authority that has such tasks. For an authority: telling.
Result<> remind(Work& work, const jobs::Job& job) {
    if (job.authority) {
        tell_of_due_tasks(work);
        return Done{};
    }
    for (const auto& row : work.db.query("tasks.authorities_with_due_tasks", {work.today()})) {
        Work inside = work;
        inside.authority = row.id("authority_id");
        jobs::enqueue(inside, job.kind, "{}", {.unique_key = job.kind});
    }
    return Done{};
}

/// The colleague is on them instead; where she is already, she answers for what the leaver answered for.
std::int64_t move_tasks(Work& work, Id from, Id to) {
    const auto rows = work.db.query("tasks.open_tasks_of_person", {work.authority, from, to});
    for (const auto& row : rows) {
        const Id task = row.id("task_id");
        work.db.run("tasks.touch_task", {work.authority, task});  // a form that still names the leaver fits no more
        work.db.run("tasks.delete_participant", {work.authority, task, from});
        if (row.number("already") == 0)
            work.db.run("tasks.insert_participant", {work.authority, task, to, row.number("responsible")});
        else if (row.flag("responsible"))
            work.db.run("tasks.make_responsible", {work.authority, task, to});
    }
    return static_cast<std::int64_t>(rows.size());
}

std::vector<identity::PreviewLine> open_tasks(const Work& work, const identity::UnitChangeSet& set) {
    std::vector<identity::PreviewLine> said;
    for (const auto& change : set.changes) {
        if (change.kind != identity::ChangeKind::End) continue;
        const auto tasks = work.db.one("tasks.count_of_open_tasks_of_unit", {work.authority, change.unit})->number("tasks");
        const auto* key = change.successors.empty() ? "tasks.preview_open_tasks_stay" : "tasks.preview_open_tasks";
        if (tasks > 0) said.push_back({change.id, key, {{"n", std::to_string(tasks)}}});
    }
    return said;
}

}  // namespace

identity::UnitChangePreview tasks_of_ending_units() { return {"tasks.open_tasks", open_tasks}; }

void join_jobs(Registry& registry) {
    registry.add(jobs::JobKind{.name = "tasks.remind", .handler = remind, .lease_seconds = 300});
    registry.add(jobs::Schedule{.name = "tasks.remind", .job_kind = "tasks.remind", .daily_at = jobs::ClockTime{7, 0}});
}

identity::HandoverPart tasks_handed_over() {
    return {"tasks.handover",
            [](Work& work, Id from) { return work.db.one("tasks.count_of_open_tasks", {work.authority, from})->number("tasks"); },
            [](Work& work, Id from, Id to) { return move_tasks(work, from, to); }};
}

}  // namespace loa::tasks
