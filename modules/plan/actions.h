// Everything that changes a plan. Each act: may they? → is it still as they saw it? → check → change →
// record. A version that no longer fits is a Conflict that names who changed the item and when.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loa/base/result.h"
#include "loa/identity/units.h"
#include "loa/media/file.h"
#include "loa/plan/activity_kind.h"
#include "loa/plan/evidence_record.h"
#include "loa/plan/reading.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

// ---- import -------------------------------------------------------------------------------------------

/// What may come in: bytes of a file, and a text that is short enough to be a plan. An issued one has some ten thousand
/// characters; reading what is past a million would hold up everybody's writes.
inline constexpr std::size_t kLargestPlanFile = std::size_t{32} << 20;
bool is_too_long(const formats::TextDocument& document);

/// A reading becomes a draft plan. Nothing is added to it but proposals: which unit a name means (only where
/// exactly one unit or group of that day bears it) and which Topic or Channel a printed theme means.
struct ImportPlan {
    ParsedPlan reading;
    std::vector<std::string> lines;
    std::string file_name;
    std::optional<media::AcceptedFile> file;
    Id drafting_unit;
};
Result<Id> import_plan(Work& work, const ImportPlan& input);

// ---- review: the words ----------------------------------------------------------------------------------

struct CorrectDocument {
    Id plan;
    std::int64_t version = 0;
    DocumentHead head;
};
/// Saves the head and foot of the paper as the person says they read, and confirms them.
Result<> correct_document(Work& work, const CorrectDocument& input);

/// The whole draft as the person last saw it; without a version whatever it is now.
struct SeenDraft {
    Id plan;
    std::optional<std::int64_t> version = {};
};

/// One item of the draft, as the person last saw it.
struct ItemRef {
    Id plan;
    Id item;
    std::int64_t version = 0;
    std::optional<Id> above = {};  // the item that stood above it: a merge joins it to that one or to none
};
enum class Direction { Up, Down };

struct ClauseWords {
    std::string text;
    std::optional<std::string> cited_number, cited_issuer;
    PartialDate cited_date;
    std::optional<std::string> reported_to;
    std::string deadline;                // reporting: by when, as a plan would say it
    std::vector<Id> topics, channels;  // themes and channels: what it means, confirmed by the person
};
Result<> correct_clause(Work& work, const ItemRef& item, const ClauseWords& words);
Result<Id> add_clause(Work& work, Id plan, ClauseKind kind, const ClauseWords& words);
/// Left out of the draft, where it stands crossed out until restored; gone once the draft is submitted.
Result<> drop_clause(Work& work, const ItemRef& item);
Result<> restore_clause(Work& work, const ItemRef& item);
Result<> move_clause(Work& work, const ItemRef& item, Direction direction);
/// `text` is the clause's text with a line break where it should be cut.
Result<> split_clause(Work& work, const ItemRef& item, const std::string& text);
/// Joins it to the one above of the same kind.
Result<> merge_clause(Work& work, const ItemRef& item);
/// Confirms every clause of a kind as it stands; proposed Topics and Channels with them.
Result<> confirm_clauses(Work& work, const SeenDraft& seen, ClauseKind kind);

/// An activity as typed into the form: one name, target or product a line.
struct ActivityWords {
    std::string ordinal, title, group_title, content, funding;
    std::vector<std::string> leads, partners, requested, targets, products;
    std::string deadline;
};
Result<> correct_activity(Work& work, const ItemRef& item, const ActivityWords& words);
Result<> confirm_activity(Work& work, const ItemRef& item);
/// Those the reader is sure of, as they stand.
Result<> confirm_sure_activities(Work& work, const SeenDraft& seen);
Result<Id> add_activity(Work& work, Id plan, const ActivityWords& words);
/// As with clauses; one that was issued before stays for good, as "bãi bỏ".
Result<> drop_activity(Work& work, const ItemRef& item);
Result<> restore_activity(Work& work, const ItemRef& item);
Result<> move_activity(Work& work, const ItemRef& item, Direction direction);
/// `title` is the title with a line break where it should be cut; both parts keep the parties.
Result<Id> split_activity(Work& work, const ItemRef& item, const std::string& title);
Result<> merge_activity(Work& work, const ItemRef& item);

struct DutyWords {
    std::string text;
    std::vector<std::string> units;
    std::string deadline;
    std::optional<Id> activity;  // attached to it
};
Result<> correct_duty(Work& work, const ItemRef& item, const DutyWords& words);
Result<Id> add_duty(Work& work, Id plan, const DutyWords& words);
Result<> drop_duty(Work& work, const ItemRef& item);
Result<> restore_duty(Work& work, const ItemRef& item);
Result<> move_duty(Work& work, const ItemRef& item, Direction direction);
Result<> split_duty(Work& work, const ItemRef& item, const std::string& text);
Result<> merge_duty(Work& work, const ItemRef& item);
Result<> confirm_duties(Work& work, const SeenDraft& seen);

/// Everything of the draft as it was read; names that no unit bears stay open.
Result<> confirm_all(Work& work, Id plan);

// ---- review: the names ------------------------------------------------------------------------------------

/// What a printed name means, for every place of the draft where it stands; remembered as an alias.
struct ResolveName {
    Id plan;
    std::string name;
    enum class As { Unit, Group, NewUnit, OutsideBody } as = As::Unit;
    std::optional<Id> unit, group;
    identity::UnitKind kind = identity::UnitKind::Office;  // of the new unit, which comes below the committee
};
Result<> resolve_name(Work& work, const ResolveName& input);

// ---- completion: what the paper leaves open -----------------------------------------------------------------

/// Only what the paper does not print; each addition keeps who made it. Empty fields leave things open.
struct CompleteActivity {
    Id plan, activity;
    std::int64_t version = 0;
    std::vector<Id> leads;
    std::optional<Id> accountable;  // a party among several leads
    std::string deadline;
    std::vector<std::string> targets, products;
    std::vector<Id> topics, channels;
};
Result<> complete_activity(Work& work, const CompleteActivity& input);

// ---- states -------------------------------------------------------------------------------------------------

/// The step as the person saw the revision.
struct TakeStep {
    Id plan;
    std::int64_t version = 0;
    std::string reason;
};
Result<> submit_plan(Work& work, const TakeStep& input);
Result<> return_plan(Work& work, const TakeStep& input);  // needs a reason
Result<> approve_plan(Work& work, const TakeStep& input);
struct IssuePlan {
    Id plan;
    std::int64_t version = 0;
    std::string number;
    std::string issued_on;  // as typed
};
/// Freezes the revision, gives it number and day, makes or mends the assignments and tells the units.
Result<> issue_plan(Work& work, const IssuePlan& input);
Result<> close_plan(Work& work, const TakeStep& input);
Result<> withdraw_plan(Work& work, const TakeStep& input);  // needs a reason
/// Into the trash, a draft that has not left its office's desk; gives the item of the trash. `version` is the plan's.
Result<Id> delete_draft(Work& work, const TakeStep& input);

/// Opens the next revision with the words of the one in force.
Result<Id> amend_plan(Work& work, const TakeStep& input);
/// Mends a misreading after issue: opens a revision that has no number of its own; another person than the
/// one who asked for it approves (agree_correction). Needs a reason.
Result<Id> correct_reading(Work& work, const TakeStep& input);
Result<> agree_correction(Work& work, const TakeStep& input);
/// Throws away the revision being worked on; the one in force stays.
Result<> abandon_revision(Work& work, const TakeStep& input);

/// Work that a plan in force lacks, as typed.
struct SupplementWords {
    std::string title;
    std::optional<Id> unit, topic, channel;
    std::string deadline;  // needed, and not past already
    std::string target;    // or nothing
};
SupplementWords words_of(const Supplement& supplement);
struct SupplementRef {
    Id plan, supplement;
    std::int64_t version = 0;
};
Result<Id> draft_supplement(Work& work, Id plan, const SupplementWords& words);
Result<> correct_supplement(Work& work, const SupplementRef& supplement, const SupplementWords& words);
Result<> drop_supplement(Work& work, const SupplementRef& supplement);
/// By a leader: it becomes an activity of the revision in force, and of the draft of the next where there is one, that shows
/// who added it; its unit is told. Gives the activity.
Result<Id> give_supplement(Work& work, const SupplementRef& supplement);

struct ChangeKind {
    Id plan, activity;
    std::int64_t version = 0;  // ActivityText::kind_version
    const ActivityKind* kind = nullptr;
    std::vector<KindAnswer> answers;  // as typed; of fields that the kind does not have nothing is taken
};
/// Says what kind of activity it is, and answers what that kind asks. Id, parties, targets, evidence and what
/// an earlier kind asked stay.
Result<> change_kind(Work& work, const ChangeKind& input);

// ---- doing: what units report of their lines --------------------------------------------------------------

/// One unit's line of a plan in force, as the person last saw it; without a version whatever it is now.
struct LineRef {
    Id plan, assignment;
    std::optional<std::int64_t> version;
};
struct EvidenceRef {
    Id plan, assignment, evidence;
    std::int64_t version = 0;
};
struct EvidenceWords {
    std::string what;
    std::string done_on;  // as typed; not after today
    std::string place;
    std::vector<std::pair<Id, std::string>> quantities;  // target of the line, amount as typed; empty: none
    std::vector<std::pair<KindMeasure, std::string>> measures;  // those of the activity's kind, as typed
    std::vector<Id> topics;     // none: those of the activity
    std::optional<Id> channel;  // none: the activity's, where it has one alone
    std::string link;           // "https://…", or nothing; a job saves a copy of the page
    std::string number_source;  // where the quantities come from: needed where there is neither file nor link
    std::string record;         // "tasks.task:12", which it cites (evidence_records.h), or nothing
    std::vector<EvidenceRecord> records = {};  // those that its line may cite now
    std::string explanation;    // needed where its times raise a question (evidence_time.h)
    std::string sent_as;        // by which a telephone knows it, for good: what comes twice is one piece; or nothing
};
/// By people of the unit. It counts once the aggregating office has confirmed it.
Result<Id> submit_evidence(Work& work, const LineRef& line, const EvidenceWords& words,
                           const std::vector<media::AcceptedFile>& files);
/// A returned piece, mended; new files join those that are there, kMostFiles together.
Result<> resubmit_evidence(Work& work, const EvidenceRef& evidence, const EvidenceWords& words,
                           const std::vector<media::AcceptedFile>& files);
/// A wrong file leaves a piece that does not count yet; it lies in the trash for a while. Conflict where it is all that numbers
/// of a waiting piece stand on. Gives the trash's item.
Result<Id> remove_evidence_file(Work& work, const EvidenceRef& evidence, Id file);
/// By the unit, with a reason, at any time: what it counted for is taken back.
Result<> withdraw_evidence(Work& work, const EvidenceRef& evidence, const std::string& reason);
/// By people of the aggregating office.
Result<> confirm_evidence(Work& work, const EvidenceRef& evidence);
Result<> return_evidence(Work& work, const EvidenceRef& evidence, const std::string& reason);
/// By them too, of a piece that waits or is confirmed: what it told and by which Channel, in place of what stood there. The
/// figures of the coverage matrix follow.
Result<> set_evidence_told(Work& work, const EvidenceRef& evidence, const std::vector<Id>& topics, std::optional<Id> channel);
/// The unit answers to being given the line: it takes it, names who of its people looks after it (none: nobody in
/// particular), or gives it back with a reason; then the aggregating office has the plan amended, or keeps it there with a
/// reason of its own.
Result<> accept_line(Work& work, const LineRef& line);
Result<> hand_line(Work& work, const LineRef& line, std::optional<Id> person);
Result<> give_back_line(Work& work, const LineRef& line, const std::string& reason);
Result<> keep_line(Work& work, const LineRef& line, const std::string& reason);

/// One time the line falls due, as the person last saw it; without an occurrence the first that the act is for.
struct OccurrenceRef {
    Id plan, assignment;
    std::optional<Id> occurrence;
    std::optional<std::int64_t> version;  // the occurrence's
};
/// The unit says that its part is done; the aggregating office confirms it or returns it with a reason. The accountable
/// lead, whose word closes the activity, gives a reason where another lead has not said so yet for the same period
/// (invalid, "plan.leads_not_done"). A period that has not begun is nobody's yet (conflict, "plan.period_not_begun").
Result<> report_line(Work& work, const OccurrenceRef& occurrence, const std::string& reason = "");
Result<> close_line(Work& work, const OccurrenceRef& occurrence);
Result<> return_line(Work& work, const OccurrenceRef& occurrence, const std::string& reason);
/// Confirms every part of an activity that was reported, for the times of which its accountable lead has said that they
/// are done (conflict, "plan.accountable_not_done": of none).
Result<> close_activity(Work& work, Id plan, Id activity);
/// Gives one unit its share, one target a line. It stays through amendments of the plan.
Result<> set_line_targets(Work& work, const LineRef& line, const std::vector<std::string>& typed);

/// A link by which somebody without an account answers for the line's unit, in the whole plan. Only where nobody of the unit
/// has an account.
struct GiveLink {
    Id plan, assignment;
    std::string holder_name;
    std::string contact;     // a telephone number or a mail address, or nothing
    std::string expires_on;  // the last day, as typed; empty: usual_end()
};
/// The secret is shown to who gave the link, once: it is kept nowhere.
struct GivenLink {
    Id link;
    std::string secret;
};
Result<GivenLink> give_link(Work& work, const GiveLink& input);
struct LinkRef {
    Id plan, link;
    std::int64_t version = 0;
};
/// A new secret and a new last day; the address before leads nowhere from then on. Also for one that is over.
Result<GivenLink> renew_link(Work& work, const LinkRef& link, const std::string& expires_on);
Result<> revoke_link(Work& work, const LinkRef& link);
/// Once for each act of who came by it, before the act and in its transaction. Conflict: kMostUses today.
Result<> use_link(Work& work);
inline constexpr int kMostUses = 40;

struct SetAggregatingUnit {
    Id plan, unit;
    std::int64_t version = 0;
};
/// Who follows the plan up and confirms what is done; the drafting unit until it says otherwise.
Result<> set_aggregating_unit(Work& work, const SetAggregatingUnit& input);

// ---- units that end ---------------------------------------------------------------------------------------

/// Who takes over from a unit that ends, as the person saw it.
struct ConfirmPassing {
    Id plan, unit;
    Id successor;                              // of everything that `lines` does not name
    std::map<Id, std::vector<Id>> lines = {};  // by line of that unit; of several the first gets what was done so far
    std::int64_t version = 0;                  // of what was said before; 0: nothing was
};
/// Kept until the day; carried out at once where that has come. Invalid: a successor that does not carry on for the unit, or
/// ends by then itself. Conflict: somebody else has said so meanwhile, or it is carried out.
Result<> confirm_passing(Work& work, const ConfirmPassing& input);
/// Everything of each of these units to its only successor; those of which somebody has spoken already stay as they are.
/// Gives how many.
Result<int> confirm_only_successors(Work& work, Id plan, const std::vector<Id>& units);
/// As if nobody had said so, before the day.
Result<> take_back_passing(Work& work, Id plan, Id unit, std::int64_t version);

// ---- catalogues ---------------------------------------------------------------------------------------------

struct CatalogueRef {
    Catalogue catalogue = Catalogue::Topics;
    Id id;
    std::int64_t version = 0;
};
/// From today on.
Result<Id> add_catalogue_entry(Work& work, Catalogue catalogue, const std::string& name);
/// The same thing by a better name; what was done under it shows the new one.
Result<> rename_catalogue_entry(Work& work, const CatalogueRef& entry, const std::string& name);
/// Offered no more from today on; what was done under it stays.
Result<> end_catalogue_entry(Work& work, const CatalogueRef& entry);
Result<> revive_catalogue_entry(Work& work, const CatalogueRef& entry);

/// Gives an authority the Topics and Channels that Loa ships with; what it has already stays.
void ship_catalogues(Work& work);

}  // namespace loa::plan
