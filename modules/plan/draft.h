// The revision being worked on: who may touch it, and how its parts are written. Used by the actions only.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actions.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"
#include "names.h"
#include "typed.h"
#include "types.h"

namespace loa::plan {

struct Draft {
    Plan plan;
    Revision revision;

    /// The day names are resolved on: the paper's own, or today while it prints none.
    Date day(const Work& work) const { return revision.day().value_or(work.today()); }
    /// The year a phrase such as "trước ngày 30/11" means.
    int year(const Work& work) const;
};

/// What a person chooses for an item of the draft: to leave it out, or to keep it after all.
enum class Choice { Keep, LeaveOut };

/// The plan's draft, if there is one, the person's office drafts this plan, and it has not left her desk.
Result<Draft> open_draft(Work& work, Id plan);
/// The same, if nobody has changed it since the person saw it.
Result<Draft> open_draft(Work& work, const SeenDraft& seen);

/// The Conflict of an item, or of the whole draft, that another person has changed meanwhile: who, and when.
Failure changed_meanwhile(Work& work, Id changed_by, Instant changed_at);
Failure changed_meanwhile(Work& work, const Revision& draft);

/// What a part hangs on: exactly one of the three; parties have no clause.
struct Subject {
    std::optional<Id> activity;
    std::optional<Id> duty = {};
    std::optional<Id> clause = {};
};

/// A new revision in the state Draft, with its head.
void write_revision(Work& work, const Revision& revision);
/// Parts that hang on an activity, duty or clause, each written anew in the given order.
void write_parties(Work& work, Id revision, const Subject& subject, const std::vector<Party>& parties);
void write_deadline(Work& work, Id revision, const Subject& subject, const std::optional<PlannedDeadline>& deadline);
void write_targets(Work& work, Id revision, Id activity, const std::vector<PlannedTarget>& targets);
void write_products(Work& work, Id revision, Id activity, const std::vector<Product>& products);
void write_clause(Work& work, Id revision, const Clause& clause);
void write_activity(Work& work, Id revision, const ActivityText& activity);
/// Those of the activity, whatever the revision, in place of the ones it had; each added by the actor.
void write_topics_and_channels(Work& work, const ActivityText& activity);
/// Behind the others of the revision.
void append_activity(Work& work, Id revision, ActivityText activity);
void write_duty(Work& work, Id revision, const DutyText& duty);

/// The parties that a list of printed names means on that day; a name that no unit bears stays open.
std::vector<Party> parties_named(const UnitNames& names, PartyRole role, const std::vector<std::string>& printed);
/// What a person has said a name means stays when the same name is typed again.
void keep_meanings(std::vector<Party>& parties, const std::vector<Party>& before);

/// Adds those that `parties` does not have yet, by role and name.
void unite_parties(std::vector<Party>& parties, const std::vector<Party>& more);

/// The lines of a text area that hold anything, each squeezed.
std::vector<std::string> typed_lines(std::string_view text);

/// Swaps the item with its neighbour; false at the end of the list.
bool move_in(std::vector<Id>& order, Id item, Direction direction);
/// Puts `added` right after `known`.
void insert_after(std::vector<Id>& order, Id known, Id added);
/// Numbers the items anew in this order; `statement` sets one item's position.
void write_order(Work& work, const Draft& draft, std::string_view statement, const std::vector<Id>& order);

/// How much is there: an activity without a lead, or with a name that no unit bears, is not sure; nor is one with a
/// field that the reader doubted, until a person has saved it.
Confidence confidence_of(const ActivityText& activity);
Confidence confidence_of(const DutyText& duty);

/// The years a plan is for, as its title prints them ("giai đoạn 2022 - 2025"), else the year of its date; 0 if it has none.
std::pair<int, int> years_of(const DocumentHead& head);

/// Marks the revision as changed now by the actor; every act on a draft ends with it.
void touch(Work& work, const Draft& draft);

}  // namespace loa::plan
