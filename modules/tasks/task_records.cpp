#include "task_records.h"

#include "actions.h"
#include "loa/base/date.h"
#include "queries.h"
#include "views.h"

namespace loa::tasks {

plan::EvidenceRecordKind done_tasks() {
    return {.name = kTaskKind,
            .label = "tasks.done_task",
            .of_line =
                [](Work& work, Id assignment) {
                    std::vector<plan::EvidenceRecord> records;
                    for (const auto& row : work.db.query("tasks.done_tasks_of_line", {work.authority, assignment})) {
                        const Id task = row.id("id");
                        records.push_back({ref_of(work, task), row.text("title"), path_of(task), row.instant("closed_at").date()});
                    }
                    return records;
                },
            .by_id = [](Work& work, Id id) -> std::optional<plan::EvidenceRecord> {
                const auto task = task_by_id(work, id);
                if (!task) return std::nullopt;
                return plan::EvidenceRecord{ref_of(work, id), task->title, path_of(id), {}};
            }};
}

}  // namespace loa::tasks
