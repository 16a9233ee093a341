#include "types.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "loa/base/check.h"

namespace loa::plan {

namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<PlanState, 4> kPlanStates{{{PlanState::Draft, "draft"},
                                           {PlanState::Issued, "issued"},
                                           {PlanState::Closed, "closed"},
                                           {PlanState::Withdrawn, "withdrawn"}}};
constexpr Names<RevisionState, 5> kRevisionStates{{{RevisionState::Draft, "draft"},
                                                   {RevisionState::UnderReview, "under_review"},
                                                   {RevisionState::Approved, "approved"},
                                                   {RevisionState::Issued, "issued"},
                                                   {RevisionState::Withdrawn, "withdrawn"}}};
constexpr Names<RevisionKind, 3> kRevisionKinds{{{RevisionKind::First, "first"},
                                                 {RevisionKind::Amendment, "amendment"},
                                                 {RevisionKind::Correction, "correction"}}};
constexpr Names<ClauseKind, 8> kClauseKinds{{{ClauseKind::LegalBasis, "legal_basis"},
                                             {ClauseKind::Objective, "objective"},
                                             {ClauseKind::Requirement, "requirement"},
                                             {ClauseKind::Theme, "theme"},
                                             {ClauseKind::Channel, "channel"},
                                             {ClauseKind::Budget, "budget"},
                                             {ClauseKind::Reporting, "reporting"},
                                             {ClauseKind::Recipient, "recipient"}}};
constexpr Names<PartyRole, 3> kPartyRoles{
    {{PartyRole::Lead, "lead"}, {PartyRole::Partner, "partner"}, {PartyRole::Requested, "requested"}}};
constexpr Names<AssignmentState, 4> kAssignmentStates{{{AssignmentState::Open, "open"},
                                                       {AssignmentState::Reported, "reported"},
                                                       {AssignmentState::Closed, "closed"},
                                                       {AssignmentState::Ended, "ended"}}};
constexpr Names<OccurrenceState, 4> kOccurrenceStates{{{OccurrenceState::Open, "open"},
                                                       {OccurrenceState::Reported, "reported"},
                                                       {OccurrenceState::Closed, "closed"},
                                                       {OccurrenceState::Ended, "ended"}}};
constexpr Names<Answer, 3> kAnswers{{{Answer::None, "none"}, {Answer::Accepted, "accepted"}, {Answer::Returned, "returned"}}};
constexpr Names<EvidenceState, 4> kEvidenceStates{{{EvidenceState::Submitted, "submitted"},
                                                   {EvidenceState::Confirmed, "confirmed"},
                                                   {EvidenceState::Returned, "returned"},
                                                   {EvidenceState::Withdrawn, "withdrawn"}}};
constexpr Names<SupplementState, 3> kSupplementStates{
    {{SupplementState::Draft, "draft"}, {SupplementState::Given, "given"}, {SupplementState::Dropped, "dropped"}}};
constexpr Names<WaitingFileState, 4> kWaitingFileStates{{{WaitingFileState::Waiting, "waiting"},
                                                         {WaitingFileState::Read, "read"},
                                                         {WaitingFileState::Refused, "refused"},
                                                         {WaitingFileState::Cancelled, "cancelled"}}};
constexpr Names<DeadlineKind, 5> kDeadlineKinds{{{DeadlineKind::Fixed, "fixed"},
                                                 {DeadlineKind::Window, "window"},
                                                 {DeadlineKind::Recurring, "recurring"},
                                                 {DeadlineKind::Relative, "relative"},
                                                 {DeadlineKind::Continuous, "continuous"}}};

constexpr Names<Period, 6> kPeriods{{{Period::Day, "day"},
                                     {Period::Week, "week"},
                                     {Period::Month, "month"},
                                     {Period::Quarter, "quarter"},
                                     {Period::HalfYear, "half_year"},
                                     {Period::Year, "year"}}};
constexpr Names<Comparator, 5> kComparators{{{Comparator::AtLeast, "at_least"},
                                             {Comparator::Exactly, "exactly"},
                                             {Comparator::About, "about"},
                                             {Comparator::MoreThan, "more_than"},
                                             {Comparator::Increase, "increase"}}};

constexpr Names<ActivityField, 9> kActivityFields{{{ActivityField::Title, "title"},
                                                   {ActivityField::Leads, "leads"},
                                                   {ActivityField::Partners, "partners"},
                                                   {ActivityField::Requested, "requested"},
                                                   {ActivityField::Content, "content"},
                                                   {ActivityField::Deadline, "deadline"},
                                                   {ActivityField::Products, "products"},
                                                   {ActivityField::Targets, "targets"},
                                                   {ActivityField::Funding, "funding"}}};

constexpr Names<HeadField, 9> kHeadFields{{{HeadField::Type, "type"},
                                           {HeadField::Number, "number"},
                                           {HeadField::Symbol, "symbol"},
                                           {HeadField::Issuer, "issuer"},
                                           {HeadField::Place, "place"},
                                           {HeadField::Date, "date"},
                                           {HeadField::Title, "title"},
                                           {HeadField::Decision, "decision"},
                                           {HeadField::Signature, "signature"}}};

template <class Enum, std::size_t N>
std::string_view name_in(const Names<Enum, N>& names, Enum value) {
    for (const auto& [known, name] : names)
        if (known == value) return name;
    constexpr bool every_value_has_a_name = false;
    LOA_CHECK(every_value_has_a_name);
    return {};
}

template <class Enum, std::size_t N>
std::optional<Enum> find_in(const Names<Enum, N>& names, std::string_view text) {
    for (const auto& [value, name] : names)
        if (name == text) return value;
    return std::nullopt;
}

template <class Enum, std::size_t N>
Enum value_in(const Names<Enum, N>& names, std::string_view text) {
    const auto value = find_in(names, text);
    LOA_CHECK(value.has_value());
    return *value;
}

}  // namespace

std::string_view text_of(PlanState state) { return name_in(kPlanStates, state); }
std::string_view text_of(RevisionState state) { return name_in(kRevisionStates, state); }
std::string_view text_of(RevisionKind kind) { return name_in(kRevisionKinds, kind); }
std::string_view text_of(ClauseKind kind) { return name_in(kClauseKinds, kind); }
std::string_view text_of(PartyRole role) { return name_in(kPartyRoles, role); }
std::string_view text_of(DeadlineKind kind) { return name_in(kDeadlineKinds, kind); }
std::string_view text_of(AssignmentState state) { return name_in(kAssignmentStates, state); }
std::string_view text_of(OccurrenceState state) { return name_in(kOccurrenceStates, state); }
std::string_view text_of(Answer answer) { return name_in(kAnswers, answer); }
std::string_view text_of(EvidenceState state) { return name_in(kEvidenceStates, state); }
std::string_view text_of(SupplementState state) { return name_in(kSupplementStates, state); }
std::string_view text_of(WaitingFileState state) { return name_in(kWaitingFileStates, state); }

PlanState plan_state(std::string_view text) { return value_in(kPlanStates, text); }
RevisionState revision_state(std::string_view text) { return value_in(kRevisionStates, text); }
RevisionKind revision_kind(std::string_view text) { return value_in(kRevisionKinds, text); }
ClauseKind clause_kind(std::string_view text) { return value_in(kClauseKinds, text); }
PartyRole party_role(std::string_view text) { return value_in(kPartyRoles, text); }
DeadlineKind deadline_kind(std::string_view text) { return value_in(kDeadlineKinds, text); }
AssignmentState assignment_state(std::string_view text) { return value_in(kAssignmentStates, text); }
OccurrenceState occurrence_state(std::string_view text) { return value_in(kOccurrenceStates, text); }
Answer answer(std::string_view text) { return value_in(kAnswers, text); }
EvidenceState evidence_state(std::string_view text) { return value_in(kEvidenceStates, text); }
SupplementState supplement_state(std::string_view text) { return value_in(kSupplementStates, text); }
WaitingFileState waiting_file_state(std::string_view text) { return value_in(kWaitingFileStates, text); }

std::string_view text_of(Period period) { return name_in(kPeriods, period); }
std::string_view text_of(ActivityField field) { return name_in(kActivityFields, field); }
std::optional<ActivityField> parse_activity_field(std::string_view text) { return find_in(kActivityFields, text); }
std::string_view text_of(HeadField field) { return name_in(kHeadFields, field); }
std::optional<HeadField> parse_head_field(std::string_view text) { return find_in(kHeadFields, text); }
std::optional<Period> parse_period(std::string_view text) { return find_in(kPeriods, text); }
std::string_view text_of(Comparator value) { return name_in(kComparators, value); }
Comparator comparator(std::string_view text) { return value_in(kComparators, text); }

int number_of(Confidence value) {
    switch (value) {
        case Confidence::Incomplete: return 1;
        case Confidence::Check: return 2;
        case Confidence::Sure: return 3;
    }
    return 1;
}

Confidence confidence(std::int64_t number) {
    return number >= 3 ? Confidence::Sure : number == 2 ? Confidence::Check : Confidence::Incomplete;
}

std::int64_t thousandths(double amount) { return std::llround(amount * 1000); }
double from_thousandths(std::int64_t stored) { return static_cast<double>(stored) / 1000; }

std::vector<std::string_view> role_codes(const Assignment& assignment) {
    std::vector<std::string_view> codes;
    if (assignment.accountable) codes.push_back("accountable");
    else if (assignment.lead) codes.push_back(assignment.duty ? "duty" : "lead");
    if (assignment.partner) codes.push_back("partner");
    if (assignment.requested) codes.push_back("requested");
    return codes;
}

const std::vector<ClauseKind>& clause_kinds() {
    static const std::vector<ClauseKind> kinds = [] {
        std::vector<ClauseKind> all;
        for (const auto& [kind, name] : kClauseKinds) all.push_back(kind);
        return all;
    }();
    return kinds;
}

std::optional<ClauseKind> parse_clause_kind(std::string_view text) { return find_in(kClauseKinds, text); }

std::optional<Date> whole(const PartialDate& date) {
    if (!date.complete()) return std::nullopt;
    return Date::from(*date.year, *date.month, *date.day);
}

bool may_be_a_day(const PartialDate& date) {
    const auto within = [](std::optional<int> part, int last) { return !part || (*part >= 1 && *part <= last); };
    return within(date.day, 31) && within(date.month, 12) && within(date.year, 9999) && (!date.complete() || whole(date));
}

std::string vietnamese(const PartialDate& date) {
    if (date.empty()) return {};
    const auto part = [](std::optional<int> value, int width) {
        return value ? fmt::format("{:0{}}", *value, width) : std::string("…");
    };
    return part(date.day, 2) + "/" + part(date.month, 2) + "/" + part(date.year, 4);
}

int Plan::year_near(Date day) const { return year_from == 0 ? day.year() : std::clamp(day.year(), year_from, year_to); }

std::optional<Date> Revision::day() const {
    if (issued_on) return issued_on;
    if (!head.date.year) return std::nullopt;
    return Date::from(*head.date.year, head.date.month.value_or(1), head.date.day.value_or(1));
}

std::optional<bool> Occurrence::on_time() const {
    if (!reported_at || !due_on) return std::nullopt;
    return reported_at->date() <= *due_on;
}

bool Clause::agreed() const {
    for (const auto* mappings : {&topics, &channels})
        for (const auto& mapping : *mappings)
            if (!mapping.confirmed_by) return false;
    return review.confirmed_by.has_value();
}

std::vector<const Clause*> Content::clauses_of(ClauseKind kind) const {
    std::vector<const Clause*> found;
    for (const auto& clause : clauses)
        if (clause.kind == kind && !clause.dropped) found.push_back(&clause);
    return found;
}

std::vector<const Clause*> Content::left_out_of(ClauseKind kind) const {
    std::vector<const Clause*> found;
    for (const auto& clause : clauses)
        if (clause.kind == kind && clause.dropped) found.push_back(&clause);
    return found;
}

const ActivityText* Content::activity(Id id) const {
    for (const auto& activity : activities)
        if (activity.id == id) return &activity;
    return nullptr;
}

const DutyText* Content::duty(Id id) const {
    for (const auto& duty : duties)
        if (duty.id == id) return &duty;
    return nullptr;
}

}  // namespace loa::plan
