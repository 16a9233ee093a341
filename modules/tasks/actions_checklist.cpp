// The checklist of a task: no version, because what two people tick does not meet.
#include <algorithm>

#include "actions.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "rights.h"
#include "search_index.h"

namespace loa::tasks {

namespace {

Result<Task> task_to_tick(Work& work, Id id) {
    auto task = task_by_id(work, id);
    if (!task) return task.failure();
    if (!UnitRights(work, task->unit).changes(*task)) return forbidden("tasks.not_yours");
    return task;
}

void record_item(Work& work, Id task, std::string_view event, const std::string& before, const std::string& after) {
    identity::record(work, ref_of(work, task), event, {{"item", before, after}});
}

void swap_items(Work& work, Id task, const ChecklistItem& one, const ChecklistItem& other) {
    work.db.run("tasks.set_item_position", {work.authority, task, one.id, other.position});
    work.db.run("tasks.set_item_position", {work.authority, task, other.id, one.position});
}

}  // namespace

Result<> add_items(Work& work, Id id, const std::string& text) {
    const auto task = task_to_tick(work, id);
    if (!task) return task.failure();
    std::vector<std::string> items;
    for (const auto line : split(text, '\n'))
        if (auto item = squeezed(line); !item.empty()) items.push_back(std::move(item));
    if (items.empty()) return invalid("text", "tasks.item_missing");
    for (const auto& item : items)
        if (length(item) > kItemLength) return invalid("text", "tasks.item_too_long", {{"n", std::to_string(kItemLength)}});
    if (items_of(work, id).size() + items.size() > kMostItems) return invalid("text", "tasks.too_many_items", {{"n", std::to_string(kMostItems)}});
    for (const auto& item : items) {
        work.db.run("tasks.insert_item", {work.authority, work.new_id(), id, item});
        record_item(work, id, "tasks.item_added", "", item);
    }
    index_task(work, id);
    return Done{};
}

Result<> change_item(Work& work, Id id, Id which, ItemAct act) {
    const auto task = task_to_tick(work, id);
    if (!task) return task.failure();
    const auto items = items_of(work, id);
    const auto item = std::find_if(items.begin(), items.end(), [&](const ChecklistItem& each) { return each.id == which; });
    if (item == items.end()) return conflict("tasks.item_gone");
    switch (act) {
        case ItemAct::Tick:
            if (item->done_at) return Done{};
            work.db.run("tasks.set_item_done", {work.authority, id, which, work.now, work.actor.person});
            record_item(work, id, "tasks.item_ticked", "", item->text);
            break;
        case ItemAct::Untick:
            if (!item->done_at) return Done{};
            work.db.run("tasks.set_item_done", {work.authority, id, which, {}, {}});
            record_item(work, id, "tasks.item_unticked", "", item->text);
            break;
        case ItemAct::Up:
            if (item != items.begin()) swap_items(work, id, *item, *(item - 1));
            break;
        case ItemAct::Down:
            if (item + 1 != items.end()) swap_items(work, id, *item, *(item + 1));
            break;
        case ItemAct::Remove:
            work.db.run("tasks.delete_item", {work.authority, id, which});
            record_item(work, id, "tasks.item_removed", item->text, "");
            index_task(work, id);
            break;
    }
    return Done{};
}

}  // namespace loa::tasks
