#include "tests/support/tasks_desk.h"

#include <algorithm>
#include <set>

#include "loa/base/check.h"

namespace loa::app {

TasksDesk::TasksDesk(Commune& commune) : commune_(commune) {
    commune.town().read(Id{}, [&](Work& work) {
        for (const auto& line : work.db.query("plan.assignments_by_plan", {work.authority, commune.issued()})) {
            if (line.id("unit_id") != commune.drafting_unit() || assignment_) continue;
            const auto due = work.db.one("plan.line_words", {work.authority, line.id("id")})->optional_date("due_on");
            if (!due || *due < work.today().plus_days(20)) continue;
            assignment_ = line.id("id");
            due_ = *due;
        }
    });
    LOA_CHECK(assignment_);
    path_ = "/ke-hoach/" + to_string(commune.issued()) + "/viec/" + to_string(assignment_) + "/cong-viec";
}

std::vector<storage::Row> TasksDesk::all() {
    return commune_.town().read(Id{}, [&](Work& work) {
        return work.db.list("tasks.tasks", {work.authority}, {.filters = {{"assignment", assignment_}}, .order = "column", .limit = 1000});
    });
}

Id TasksDesk::add(const std::string& visitor, Form form) {
    std::set<Id> before;
    for (const auto& row : all()) before.insert(row.id("id"));
    sent(commune_.visitor(visitor), path_, form);
    for (const auto& row : all())
        if (!before.contains(row.id("id"))) return row.id("id");
    return {};
}

storage::Row TasksDesk::row(Id task) {
    return commune_.town().read(Id{}, [&](Work& work) {
        return work.db.list("tasks.tasks", {work.authority}, {.filters = {{"task", task}}, .order = "due"}).front();
    });
}

std::string TasksDesk::version(Id task) { return std::to_string(row(task).number("version")); }

std::vector<std::string> TasksDesk::events(Id task) {
    return commune_.town().read(Id{}, [&](Work& work) {
        std::vector<std::string> events;
        for (const auto& line : identity::timeline_of(work, {"tasks.task", work.authority, task})) events.push_back(line.event);
        std::reverse(events.begin(), events.end());
        return events;
    });
}

std::vector<std::string> TasksDesk::notices(const std::string& visitor, const std::string& kind) {
    return commune_.town().read(Id{}, [&](Work& work) {
        std::vector<std::string> found;
        for (const auto& row : work.db.query("jobs.notices", {work.authority, commune_.person(visitor), 1000, 0}))
            if (row.text("kind") == kind) found.push_back(row.text("args"));
        return found;
    });
}

}  // namespace loa::app
