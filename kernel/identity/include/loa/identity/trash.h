// What people delete can be taken back for 30 days. The record stays where it is and its slice hides it; the trash
// knows of it, who may take it back, and when it goes for good:
//
//     inline const identity::TrashKind kPlans{"plan.plan", &kDraft, take_back_plan, purge_plan};
//     registry.add(kPlans);                                                    // in join()
//     put_in_trash(work, kPlans, {.record = plan, .title = …, .unit = …});     // in the action, beside hiding it
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/ref.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/identity/permissions.h"
#include "loa/storage/work.h"
#include "loa/web/view.h"

namespace loa::identity {

inline constexpr int kDaysInTrash = 30;

/// One kind of record that can be deleted; the translation key of its name is its `kind`.
struct TrashKind {
    std::string kind;  // of a Ref: "plan.plan"
    const Verb* verb;  // who holds it in the record's unit sees it in the trash and may take it back
    /// Shows the record again; gives the path where it stands. In the transaction of the taking back.
    std::function<Result<std::string>(Work&, Id record)> take_back;
    /// Erases it for good; by the system.
    std::function<void(Work&, Id record)> purge;
};

struct Deleted {
    Id record;
    std::string title;  // as the person knows it
    Id unit;            // whose it is
};
/// Puts a record of the acting authority into the trash, which the slice hides in the same transaction, and writes the
/// line "identity.deleted", whose title can be erased: people have typed it, or it is the name of their file. Whether the actor may is the slice's question. Gives the item's id, for undo_view().
Id put_in_trash(Work& work, const TrashKind& kind, const Deleted& deleted);

struct TrashItem {
    Id id;
    Ref record;
    std::string title;
    Id unit;
    std::string unit_name;
    Id deleted_by;
    std::string deleted_by_name;
    Instant deleted_at;
    Instant purged_at;  // when it goes
};
/// What the actor may take back, the last deleted first; at most 200.
std::vector<TrashItem> trash(const Work& work, const Registry& registry);
/// One that the actor may take back.
std::optional<TrashItem> trash_item(const Work& work, const Registry& registry, Id item);

/// Gives the path where the record stands again. Not found: no such item, or not for the actor to take back; whatever
/// the slice refuses.
Result<std::string> take_back(Work& work, const Registry& registry, Id item);

/// Erases what has lain there for kDaysInTrash, at most 100 at once; by a job, for the system. Gives how many.
int purge_trash(Work& work, const Registry& registry);

/// For the page that a deletion returns to, "/ke-hoach?da-xoa=<item>": {{#undo}}{{>identity/_undo}}{{/undo}} says what was deleted
/// and offers it back. Nothing once it is back.
std::optional<web::View> undo_view(const Work& work, const Registry& registry, std::optional<Id> item);

}  // namespace loa::identity
