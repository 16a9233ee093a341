// The plan in nouns: what one revision of it says, and what was made of it. Words of the source plan are in
// docs/glossary.md; the model is house.md §5 and ADR 0008.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/id.h"
#include "loa/formats/document.h"
#include "loa/plan/reading.h"

namespace loa::plan {

enum class PlanState { Draft, Issued, Closed, Withdrawn };
enum class RevisionState { Draft, UnderReview, Approved, Issued, Withdrawn };
enum class RevisionKind { First, Amendment, Correction };
enum class ClauseKind { LegalBasis, Objective, Requirement, Theme, Channel, Budget, Reporting, Recipient };
enum class PartyRole { Lead, Partner, Requested };
/// Reported: the unit says that its part is done. Closed: the aggregating office agrees. Ended: the plan no
/// longer names the unit for it.
enum class AssignmentState { Open, Reported, Closed, Ended };
/// Of one time a line falls due. Ended: the plan asks for it no more.
enum class OccurrenceState { Open, Reported, Closed, Ended };
/// What a unit says to being given a line.
enum class Answer { None, Accepted, Returned };
enum class EvidenceState { Submitted, Confirmed, Returned, Withdrawn };
enum class SupplementState { Draft, Given, Dropped };
enum class WaitingFileState { Waiting, Read, Refused, Cancelled };

/// Each as its SQL text ("under_review") and back; an unknown text is our own mistake.
std::string_view text_of(PlanState state);
std::string_view text_of(RevisionState state);
std::string_view text_of(RevisionKind kind);
std::string_view text_of(ClauseKind kind);
std::string_view text_of(PartyRole role);
std::string_view text_of(DeadlineKind kind);
std::string_view text_of(AssignmentState state);
std::string_view text_of(OccurrenceState state);
std::string_view text_of(Answer answer);
std::string_view text_of(EvidenceState state);
std::string_view text_of(SupplementState state);
std::string_view text_of(WaitingFileState state);
PlanState plan_state(std::string_view text);
RevisionState revision_state(std::string_view text);
RevisionKind revision_kind(std::string_view text);
ClauseKind clause_kind(std::string_view text);
PartyRole party_role(std::string_view text);
DeadlineKind deadline_kind(std::string_view text);
AssignmentState assignment_state(std::string_view text);
OccurrenceState occurrence_state(std::string_view text);
Answer answer(std::string_view text);
EvidenceState evidence_state(std::string_view text);
SupplementState supplement_state(std::string_view text);
WaitingFileState waiting_file_state(std::string_view text);
std::string_view text_of(Period period);
std::optional<Period> parse_period(std::string_view text);
std::string_view text_of(Comparator comparator);
std::string_view text_of(ActivityField field);
std::optional<ActivityField> parse_activity_field(std::string_view text);
std::string_view text_of(HeadField field);
std::optional<HeadField> parse_head_field(std::string_view text);
Comparator comparator(std::string_view text);
/// Stored so that "at least worth a look" is a comparison: 1 incomplete, 2 check, 3 sure.
int number_of(Confidence confidence);
Confidence confidence(std::int64_t number);
/// Amounts are stored in thousandths, so that "87,5%" is exact.
std::int64_t thousandths(double amount);
double from_thousandths(std::int64_t stored);
/// The clause kinds in the order of the paper; also guards what a form may send.
const std::vector<ClauseKind>& clause_kinds();
std::optional<ClauseKind> parse_clause_kind(std::string_view text);

/// The day a printed date surely is, where all its parts are there and make a real one.
std::optional<Date> whole(const PartialDate& date);
/// No part of it is beyond every calendar, and all of them together, if they are there, make a real day.
bool may_be_a_day(const PartialDate& date);
/// "05/01/2024", "…/01/2024" with dots for what is not printed; "" when nothing is.
std::string vietnamese(const PartialDate& date);

/// A catalogue entry: what can be told (Topic) or how (Channel).
struct Topic {
    Id id;
    std::string code;
    std::string name;
};
struct Channel {
    Id id;
    std::string code;
    std::string name;
};

enum class Catalogue { Topics, Channels };
/// A catalogue's entry with its days, for those who look after it.
struct CatalogueLine {
    Id id;
    std::string code;
    std::string name;
    Date valid_from;
    std::optional<Date> valid_to;  // the first day on which it is no more
    std::int64_t version = 1;
};

struct Plan {
    Id id;
    PlanState state = PlanState::Draft;
    std::string title;
    int year_from = 0;  // 0: the paper names no year
    int year_to = 0;
    Id drafting_unit;
    Id aggregating_unit;
    std::optional<Id> issued_revision;
    std::optional<Id> draft_revision;
    Instant created_at;
    Id created_by;
    std::int64_t version = 0;

    /// The year that "trước ngày 30/9" means when it is said on that day: that day's, as far as the plan reaches.
    int year_near(Date day) const;
    /// The revision a reader sees first: the one in force, or else the draft.
    Id shown_revision() const { return issued_revision ? *issued_revision : draft_revision.value_or(Id{}); }
};

/// What stands at the head and foot of the paper.
struct DocumentHead {
    std::optional<std::string> type, number, symbol, issuer, place;
    PartialDate date;
    std::string title;
    std::optional<std::string> decision;
    std::optional<std::string> signed_authority, signed_on_behalf, signer_position, signer_name;

    bool operator==(const DocumentHead&) const = default;
};

struct Revision {
    Id id;
    Id plan;
    int ordinal = 1;
    RevisionKind kind = RevisionKind::First;
    RevisionState state = RevisionState::Draft;
    DocumentHead head;
    std::vector<HeadReading> head_fields;  // where the reader found them
    std::optional<Id> head_confirmed_by;
    std::int64_t head_version = 1;
    std::optional<std::string> issued_number;
    std::optional<Date> issued_on;
    std::optional<Id> file;
    std::optional<std::string> file_name;
    Instant created_at;
    Instant changed_at;
    Id changed_by;
    std::optional<std::string> reason;
    std::optional<Id> proposed_by;
    std::int64_t version = 1;

    /// The words may still change.
    bool open() const { return state == RevisionState::Draft; }
    /// The day names of units are resolved on: the issued day, or the printed one as far as it is known.
    std::optional<Date> day() const;
};

/// What every item of a revision carries through the review.
struct Review {
    Confidence confidence = Confidence::Sure;
    std::optional<formats::LineRange> lines;  // none: typed by a person
    std::optional<Id> confirmed_by;
    Instant changed_at;
    Id changed_by;
    std::int64_t version = 1;
};

/// A proposal of Loa until a person has said yes.
struct Mapping {
    Id target;
    std::optional<Id> confirmed_by;
};

/// Who added what the paper leaves open; what is printed has none.
struct Addition {
    Id by;
    Instant at;
};

struct Party {
    Id id;
    PartyRole role = PartyRole::Lead;
    int position = 0;
    std::string name;  // as printed
    std::optional<Id> unit;
    std::optional<Id> group;
    bool accountable = false;
    std::optional<Addition> added;

    bool resolved() const { return unit || group; }
};

/// A deadline or target with who added it; the words and their meaning are the reader's (loa/plan/reading.h).
struct PlannedDeadline : Deadline {
    std::optional<Addition> added;
};

struct PlannedTarget : Target {
    std::optional<Addition> added;
};

struct Product {
    std::string text;
    std::optional<Addition> added;
};

/// What the reader found odd in the paper itself; `about` is the number or word as printed.
struct Warning {
    std::string code;  // the contract's: "duplicate_ordinal"
    std::string about;
    formats::LineRange lines;
};

struct Clause {
    Id id;
    ClauseKind kind = ClauseKind::Objective;
    int position = 0;
    std::string text;
    // legal basis
    std::optional<std::string> cited_number, cited_issuer;
    PartialDate cited_date;
    // reporting
    std::optional<std::string> reported_to;
    std::optional<PlannedDeadline> deadline;
    // theme, channel
    std::vector<Mapping> topics, channels;
    bool dropped = false;  // in a draft
    Review review;

    /// A person has said yes to the words and to what they are proposed to mean.
    bool agreed() const;
};

/// What a kind asks about an activity (loa/plan/activity_kind.h), answered.
struct KindAnswer {
    std::string name;
    std::string text;
};
std::vector<KindAnswer> answers_from_json(const std::string& text);

/// An activity as one revision words it; the id, the kind and its answers are the same in every revision.
struct ActivityText {
    Id id;
    std::string kind = "general";
    std::vector<KindAnswer> answers;
    std::int64_t kind_version = 1;
    int position = 0;
    std::string ordinal;
    std::string title;
    std::optional<std::string> group_title, content, funding;
    bool dropped = false;
    std::vector<Party> parties;
    std::optional<PlannedDeadline> deadline;
    std::vector<PlannedTarget> targets;
    std::vector<Product> products;
    std::vector<Id> topics, channels;
    /// Who gave it where the paper has no such activity (Supplement).
    std::optional<Addition> added;
    /// Where each field was read; one without an entry was typed, or stands somewhere in `review.lines`.
    std::vector<FieldReading> fields;
    Review review;
};

struct DutyText {
    Id id;
    int position = 0;
    std::string text;
    std::optional<Id> activity;
    bool dropped = false;
    std::vector<Party> parties;
    std::optional<PlannedDeadline> deadline;
    Review review;
};

/// All that one revision says, or the part of it that content_of() was asked for.
struct Content {
    Revision revision;
    std::vector<Clause> clauses;
    std::vector<ActivityText> activities;
    std::vector<DutyText> duties;

    /// Without those left out of a draft.
    std::vector<const Clause*> clauses_of(ClauseKind kind) const;
    std::vector<const Clause*> left_out_of(ClauseKind kind) const;
    const ActivityText* activity(Id id) const;
    const DutyText* duty(Id id) const;
};

/// Work that the paper does not have, for one unit: a draft until a leader gives it. Deadline and target are as typed.
struct Supplement {
    Id id;
    Id plan;
    SupplementState state = SupplementState::Draft;
    std::string title;
    Id unit, topic, channel;
    std::string deadline, target;
    std::optional<Id> activity;  // what it became
    Instant changed_at;
    Id created_by, changed_by;
    std::int64_t version = 1;
};

struct Assignment {
    Id id;
    Id plan;
    std::optional<Id> activity;
    std::optional<Id> duty;
    Id unit;
    bool accountable = false;
    bool lead = false;
    bool partner = false;
    bool requested = false;
    AssignmentState state = AssignmentState::Open;  // what its occurrences make of it
    Answer answer = Answer::None;
    std::optional<std::string> answer_reason;  // why the unit gave it back, or why it has it all the same
    std::optional<Instant> answered_at;
    std::optional<Id> answered_by;
    std::optional<Id> person;  // of the unit, who looks after it
    std::optional<Id> passed_to;  // the successor's line that this one went into
    std::int64_t version = 1;

    /// The activity or duty that it is about.
    Id subject() const { return activity ? *activity : duty.value_or(Id{}); }
};

/// One time that a line falls due.
struct Occurrence {
    Id id;
    Id assignment;
    Id due_unit;                          // whose it was when it fell due or was reported; the line's, until that passes on
    std::optional<Date> from, to;         // the period it is for, both days included; none: the one time there is
    std::optional<Date> printed_on;       // the day the plan says; none: no day is said
    std::optional<Date> due_on;           // the day that counts: the same, or the working day after it
    OccurrenceState state = OccurrenceState::Open;
    /// When the unit reported it done: on time is by this, not by when somebody looked at it. Returned: none.
    std::optional<Instant> reported_at;
    std::optional<Id> reported_by;
    std::optional<Date> closed_on;      // when the aggregating office confirmed it
    std::optional<std::string> reason;  // why it was returned, or why it was reported before the others
    std::int64_t version = 1;

    bool late_on(Date day) const { return state == OccurrenceState::Open && due_on && *due_on < day; }
    /// Reported by the end of its day; none while it is open, or has no day.
    std::optional<bool> on_time() const;
};

/// What it is to the unit: the codes of the texts "plan.role_<code>".
std::vector<std::string_view> role_codes(const Assignment& assignment);

/// One step of a revision through its states; the reason is what the other side reads.
struct Step {
    std::string name;  // imported, submitted, approved, returned, issued, closed, withdrawn …
    Id person;
    std::string person_name;
    Instant at;
    std::optional<std::string> reason;
};

}  // namespace loa::plan
