#include "loa/identity/trash.h"

#include <fmt/format.h>

#include <algorithm>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/identity/timeline.h"
#include "page_parts.h"

namespace loa::identity {

namespace {
TrashItem item_of(const Work& work, const storage::Row& row) {
    return {.id = row.id("id"),
            .record = {row.text("record_kind"), work.authority, row.id("record_id")},
            .title = row.text("title"),
            .unit = row.id("unit_id"),
            .unit_name = row.text("unit_name"),
            .deleted_by = row.id("deleted_by"),
            .deleted_by_name = row.optional_text("deleted_by_name").value_or(""),
            .deleted_at = row.instant("deleted_at"),
            .purged_at = row.instant("purged_at")};
}

const TrashKind& kind_of(const Registry& registry, std::string_view kind) {
    const auto& kinds = registry.all<TrashKind>();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const TrashKind& each) { return each.kind == kind; });
    if (found == kinds.end()) throw Fault(fmt::format("nothing of the kind {} can be deleted", kind));
    return *found;
}

/// ",12,15,": the units where the actor may take things of this kind back.
std::string units_of(const Work& work, const TrashKind& kind) {
    std::string list = ",";
    for (const Id unit : units_where_may(work, *kind.verb)) list += to_string(unit) + ",";
    return list;
}
}  // namespace

Id put_in_trash(Work& work, const TrashKind& kind, const Deleted& deleted) {
    const Id id = work.new_id();
    work.db.run("identity.add_trash_item",
                {work.authority, id, kind.kind, deleted.record, deleted.title, deleted.unit, work.actor.person, work.now,
                 work.now.plus_seconds(std::int64_t{kDaysInTrash} * 24 * 60 * 60)});
    record(work, {kind.kind, work.authority, deleted.record}, "identity.deleted", {}, {{"title", deleted.title, ""}});
    return id;
}

std::vector<TrashItem> trash(const Work& work, const Registry& registry) {
    std::vector<TrashItem> items;
    for (const TrashKind& kind : registry.all<TrashKind>()) {
        const std::string units = units_of(work, kind);
        if (units == ",") continue;
        for (const auto& row : work.db.query("identity.trash", {work.authority, kind.kind, units})) items.push_back(item_of(work, row));
    }
    std::stable_sort(items.begin(), items.end(), [](const TrashItem& a, const TrashItem& b) { return a.deleted_at > b.deleted_at; });
    return items;
}

std::optional<TrashItem> trash_item(const Work& work, const Registry& registry, Id item) {
    const auto row = work.db.one("identity.trash_item", {work.authority, item});
    if (!row) return std::nullopt;
    auto found = item_of(work, *row);
    if (!may_in_unit(work, *kind_of(registry, found.record.kind).verb, found.unit)) return std::nullopt;
    return found;
}

Result<std::string> take_back(Work& work, const Registry& registry, Id item) {
    const auto found = trash_item(work, registry, item);
    if (!found) return not_found();
    // The row is the lock: of two who take it back at once, one finds it gone.
    if (work.db.run("identity.remove_trash_item", {work.authority, item}) == 0) return not_found();
    auto path = kind_of(registry, found->record.kind).take_back(work, found->record.id);
    if (path) record(work, found->record, "identity.taken_back", {}, {{"title", "", found->title}});
    return path;
}

int purge_trash(Work& work, const Registry& registry) {
    LOA_CHECK(work.actor.system);
    int purged = 0;
    for (const auto& row : work.db.query("identity.trash_to_purge", {work.now})) {
        Work inside = work;
        inside.authority = row.id("authority_id");
        const std::string kind = row.text("record_kind");
        const Id owner = row.id("record_id");
        if (inside.db.run("identity.remove_trash_item", {inside.authority, row.id("id")}) == 0) continue;
        kind_of(registry, kind).purge(inside, owner);
        record(inside, {kind, inside.authority, owner}, "identity.purged", {}, {{"title", row.text("title"), ""}});
        ++purged;
    }
    return purged;
}

std::optional<web::View> undo_view(const Work& work, const Registry& registry, std::optional<Id> item) {
    const auto found = item ? trash_item(work, registry, *item) : std::nullopt;
    if (!found) return std::nullopt;
    web::View view;
    view.set("sentence", tr(work, "identity.deleted_now", {{"title", found->title}, {"days", std::to_string(kDaysInTrash)}}));
    view.set("action", tr(work, "identity.take_back")).set("path", "/thung-rac/" + to_string(found->id) + "/lay-lai");
    return view;
}

}  // namespace loa::identity
