// Changes of units that are prepared ahead and take effect by themselves on their day: all of a set or none
// (docs/adr/0017). Each authority prepares what begins, is renamed and ends in its own tree; what ends may be carried
// on by units of other authorities, once they have agreed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/identity/units.h"
#include "loa/storage/work.h"

namespace loa::identity {

enum class ChangeKind { Create, Rename, End };
/// "create", "rename", "end": the column, the form value, and "identity.change_kind.<code>".
std::string_view code(ChangeKind kind);
std::optional<ChangeKind> change_kind_from(std::string_view code);

enum class ChangeSetState {
    Draft,      // may be edited
    Confirmed,  // waits for its day; may be taken back
    Applied,    // in force
    Cancelled
};
std::string_view code(ChangeSetState state);
std::optional<ChangeSetState> change_set_state_from(std::string_view code);

struct ChangeSuccessor {
    UnitKey unit;  // there on the day, or begun by the same set
    std::optional<std::int64_t> share;  // percent, as in CloseUnit
    bool takes_people = false;          // memberships continue there; of one successor at most
};

struct UnitChange {
    Id id;
    ChangeKind kind = ChangeKind::Create;
    Id unit;                         // Create: of the unit that will be; known beforehand, so that others can name it
    std::optional<Id> parent;        // Create
    UnitKind unit_kind = UnitKind::Office;  // Create
    std::string name;                // Create, Rename; End: as it is called when the set is read
    std::string short_name;          // Create, Rename; "": the name itself
    ClosingKind closing = ClosingKind::Dissolved;  // End
    std::vector<ChangeSuccessor> successors;       // End
};

struct UnitChangeSet {
    Id authority;
    Id id;
    std::string name;   // "Sắp xếp đơn vị hành chính năm 2025"
    std::string basis;  // "Nghị quyết 1663/NQ-UBTVQH15"
    Date day;           // the first on which all of it holds
    ChangeSetState state = ChangeSetState::Draft;
    std::optional<Problem> problem;  // why it could not take effect; `field` is the id of the change, or ""
    std::int64_t version = 0;
    std::vector<UnitChange> changes;  // in the order in which they were entered
};

// ---- Queries -----------------------------------------------------------------------------------------------

/// The acting authority's, the latest day first; without their changes.
std::vector<UnitChangeSet> change_sets(const Work& work, int limit = 100);
std::optional<UnitChangeSet> change_set_by_id(const Work& work, Id id);

/// Another authority's set that sends something to a unit of the acting one, before it has taken effect.
struct IncomingChangeSet {
    UnitChangeSet set;  // only those changes that send something here
    std::string from;   // the other authority's name
    bool accepted = false;
};
std::vector<IncomingChangeSet> incoming_change_sets(const Work& work);
/// The authorities whose agreement a set still lacks.
std::vector<Id> authorities_to_accept(const Work& work, const UnitChangeSet& set);

// ---- What will move ------------------------------------------------------------------------------------------

struct PreviewLine {
    Id change;        // what it is about; none: the whole set
    std::string key;  // translation key of the sentence
    std::vector<std::pair<std::string, std::string>> args;
};
/// A slice says what of its own moves when a set takes effect: registry.add(UnitChangePreview{…}). It reads only.
struct UnitChangePreview {
    std::string name;  // "plan.open_assignments"
    std::function<std::vector<PreviewLine>(const Work&, const UnitChangeSet&)> lines;
};
/// Memberships, places in groups, names and units below, and what the other slices say.
std::vector<PreviewLine> preview_lines(const Work& work, const Registry& registry, const UnitChangeSet& set);

/// What a slice does on the day with what of its own hangs on the units, in the transaction of the set and after the tree has
/// changed: registry.add(UnitChangePart{…}).
struct UnitChangePart {
    std::string name;  // "plan.pass_on_work"
    std::function<void(Work&, const UnitChangeSet&)> carry_out;
};

/// What the day would bring if it came now: everything is carried out and taken back.
struct ChangeTrial {
    std::optional<Failure> failure;  // `field` of each problem is the id of the change, or ""
    std::vector<UnitNode> tree;      // of the day, where nothing failed
};
/// On write work.
ChangeTrial try_changes(Work& work, const UnitChangeSet& set);

// ---- Actions (verb identity.manage_units) ----------------------------------------------------------------

struct DescribeChangeSet {
    Id id;  // none: a new one is made
    std::string name;
    std::string basis;
    Date day;
    std::int64_t version = 0;  // of the one that is edited
};
/// Makes a draft, or edits one. Invalid: no name.
Result<Id> describe_change_set(Work& work, const DescribeChangeSet& input);

struct AddChange {
    Id set;
    UnitChange change;  // id, and unit of Create: none, they are made
    std::int64_t version = 0;
};
/// Gives the id of the change (Create: of the unit that will be). What close_unit and create_unit can refuse before the
/// day is refused here: a split into one, shares that do not add up, a unit that is changed twice. Agreements of
/// others end.
Result<Id> add_change(Work& work, const AddChange& input);
Result<> remove_change(Work& work, Id set, Id change, std::int64_t version);

/// The acting authority agrees to take over what another one's set sends to it: people come with their roles.
Result<> accept_change_set(Work& work, Id authority, Id set);

/// From draft to confirmed: tried out whole first; fails with what the day would fail with. A day that has come takes
/// effect by the next run of the job. Invalid: empty, or another authority has not agreed.
Result<> confirm_change_set(Work& work, Id set, std::int64_t version);
/// From confirmed back to draft, before the day has done it.
Result<> reopen_change_set(Work& work, Id set, std::int64_t version);
Result<> cancel_change_set(Work& work, Id set, std::int64_t version);

/// For the system: carries out every confirmed set of the acting authority whose day has come, each whole, with what the
/// slices do, or not at all; one that can't be carried out says why and tells the administrators.
void apply_due_changes(Work& work, const Registry& registry);

}  // namespace loa::identity
