// Reads of the plan module. Each gives only what the acting authority owns; whether the person may see a
// draft is asked with may_read (rights.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/base/result.h"
#include "loa/identity/units.h"
#include "loa/storage/work.h"
#include "rights.h"
#include "types.h"

namespace loa::plan {

/// NotFound also when the person may not see it: a draft is nobody's business but its office's.
Result<Plan> plan_by_id(Work& work, Id plan);

Revision revision_by_id(Work& work, Id revision);
std::vector<Revision> revisions_by_plan(Work& work, Id plan);
/// How much of a revision is read; the rest of Content stays empty.
enum class Extent {
    All,
    Head,        // the revision alone
    Clauses,
    Activities,  // with all that they have
    Duties       // with the activities they are attached to, whose targets, products, Topics and Channels stay unread
};
/// What a revision says, in the order of the paper.
Content content_of(Work& work, Id revision, Extent extent = Extent::All);
/// The numbered lines the reader saw; empty for a plan that was typed in.
std::vector<std::string> source_lines(Work& work, Id revision);

/// What the reader found odd in the paper of that revision, from its top down.
std::vector<Warning> warnings_of(Work& work, Id revision);
std::vector<Topic> topics_on(Work& work, Date day);
std::vector<Channel> channels_on(Work& work, Date day);
/// All there ever were, in their order.
std::vector<CatalogueLine> catalogue_lines(Work& work, Catalogue catalogue);

std::vector<Assignment> assignments_by_plan(Work& work, Id plan);
/// Of one unit, those that are asked of it now.
std::vector<Assignment> assignments_of_unit(Work& work, Id plan, Id unit);
std::vector<Step> steps_by_plan(Work& work, Id plan);

/// NotFound too for who may not draft such work.
Result<Supplement> supplement_by_id(Work& work, const Plan& plan, Id supplement);
/// Those that are not given yet, in the order they were made.
std::vector<Supplement> supplement_drafts(Work& work, const Plan& plan);
/// Units that such work can be given to: the authority's own, as of today.
std::vector<identity::Unit> units_to_give(Work& work);

/// A line of a plans list.
struct PlanLine {
    Plan plan;
    RevisionState revision_state = RevisionState::Draft;
    std::optional<std::string> issued_number, symbol;
    std::optional<Date> issued_on;
    Instant changed_at;
};
struct PlanFilter {
    std::optional<PlanState> state;
    std::optional<int> year;
    int limit = 50;
    int offset = 0;
};
std::vector<PlanLine> plans(Work& work, const PlanFilter& filter);

/// One line of "Việc của đơn vị tôi": an assignment with the words of the revision in force.
struct UnitLine {
    Assignment assignment;
    std::string plan_title;
    std::optional<std::string> document_number;  // "15/KH-UBND"
    std::optional<Date> issued_on;
    std::string ordinal;  // "" for a duty
    std::string text;     // the activity's title, or the duty
    std::optional<std::string> deadline_text;
    std::optional<Date> due;  // the next time it does, or the first it missed; none once all are reported
    bool deadline_added = false;  // by a person, not by the paper
};
std::vector<UnitLine> lines_of_unit(Work& work, Id unit);

// For a page that will ask for them (storage::Transaction::read_ahead).
void read_steps_ahead(Work& work, const Plan& plan);
void read_channels_ahead(Work& work, Date day);

}  // namespace loa::plan
