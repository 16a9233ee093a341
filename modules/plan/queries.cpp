#include "queries.h"

#include <algorithm>
#include <unordered_map>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "rows.h"
#include "verbs.h"

namespace loa::plan {

namespace {

using storage::Row;

std::optional<int> optional_int(const Row& row, std::string_view column) {
    const auto number = row.optional_number(column);
    return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
}

Plan plan_from(const Row& row) {
    Plan plan;
    plan.id = row.id("id");
    plan.state = plan_state(row.text("state"));
    plan.title = row.text("title");
    plan.year_from = static_cast<int>(row.number("year_from"));
    plan.year_to = static_cast<int>(row.number("year_to"));
    plan.drafting_unit = row.id("drafting_unit_id");
    plan.aggregating_unit = row.id("aggregating_unit_id");
    plan.issued_revision = row.optional_id("issued_revision_id");
    plan.draft_revision = row.optional_id("draft_revision_id");
    plan.created_at = row.instant("created_at");
    plan.created_by = row.id("created_by");
    plan.version = row.number("version");
    return plan;
}

Revision revision_from(const Row& row) {
    Revision revision;
    revision.id = row.id("id");
    revision.plan = row.id("plan_id");
    revision.ordinal = static_cast<int>(row.number("ordinal"));
    revision.kind = revision_kind(row.text("kind"));
    revision.state = revision_state(row.text("state"));
    auto& head = revision.head;
    head.type = row.optional_text("document_type");
    head.number = row.optional_text("document_number");
    head.symbol = row.optional_text("document_symbol");
    head.issuer = row.optional_text("issuer");
    head.place = row.optional_text("place");
    head.date = {optional_int(row, "day"), optional_int(row, "month"), optional_int(row, "year")};
    head.title = row.text("title");
    head.decision = row.optional_text("decision");
    head.signed_authority = row.optional_text("signed_authority");
    head.signed_on_behalf = row.optional_text("signed_on_behalf");
    head.signer_position = row.optional_text("signer_position");
    head.signer_name = row.optional_text("signer_name");
    revision.head_fields = head_lines_from(row.optional_text("head_lines"));
    revision.head_confirmed_by = row.optional_id("document_confirmed_by");
    revision.head_version = row.number("document_version");
    revision.issued_number = row.optional_text("issued_number");
    revision.issued_on = row.optional_date("issued_on");
    revision.file = row.optional_id("file_id");
    revision.file_name = row.optional_text("file_name");
    revision.created_at = row.instant("created_at");
    revision.changed_at = row.instant("changed_at");
    revision.changed_by = row.id("changed_by");
    revision.reason = row.optional_text("reason");
    revision.proposed_by = row.optional_id("proposed_by");
    revision.version = row.number("version");
    return revision;
}

Review review_from(const Row& row) {
    Review review;
    review.confidence = confidence(row.number("confidence"));
    if (const auto first = optional_int(row, "first_line"))
        review.lines = formats::LineRange{*first, optional_int(row, "last_line").value_or(*first)};
    review.confirmed_by = row.optional_id("confirmed_by");
    review.changed_at = row.instant("changed_at");
    review.changed_by = row.id("changed_by");
    review.version = row.number("version");
    return review;
}

Clause clause_from(const Row& row) {
    Clause clause;
    clause.id = row.id("id");
    clause.kind = clause_kind(row.text("kind"));
    clause.position = static_cast<int>(row.number("position"));
    clause.text = row.text("text");
    clause.cited_number = row.optional_text("cited_number");
    clause.cited_issuer = row.optional_text("cited_issuer");
    clause.cited_date = {optional_int(row, "cited_day"), optional_int(row, "cited_month"),
                         optional_int(row, "cited_year")};
    clause.reported_to = row.optional_text("reported_to");
    clause.dropped = row.flag("dropped");
    clause.review = review_from(row);
    return clause;
}

ActivityText activity_from(const Row& row) {
    ActivityText activity;
    activity.id = row.id("activity_id");
    activity.kind = row.text("kind");
    activity.answers = answers_from_json(row.text("kind_fields"));
    activity.kind_version = row.number("kind_version");
    activity.position = static_cast<int>(row.number("position"));
    activity.ordinal = row.text("ordinal");
    activity.title = row.text("title");
    activity.group_title = row.optional_text("group_title");
    activity.content = row.optional_text("content");
    activity.funding = row.optional_text("funding");
    activity.dropped = row.flag("dropped");
    activity.added = addition_from(row);
    activity.fields = field_lines_from(row.optional_text("field_lines"));
    activity.review = review_from(row);
    return activity;
}

DutyText duty_from(const Row& row) {
    DutyText duty;
    duty.id = row.id("duty_id");
    duty.position = static_cast<int>(row.number("position"));
    duty.text = row.text("text");
    duty.activity = row.optional_id("activity_id");
    duty.dropped = row.flag("dropped");
    duty.review = review_from(row);
    return duty;
}

Party party_from(const Row& row) {
    Party party;
    party.id = row.id("id");
    party.role = party_role(row.text("role"));
    party.position = static_cast<int>(row.number("position"));
    party.name = row.text("name");
    party.unit = row.optional_id("unit_id");
    party.group = row.optional_id("group_id");
    party.accountable = row.flag("accountable");
    party.added = addition_from(row);
    return party;
}

PlannedDeadline deadline_from(const Row& row) {
    PlannedDeadline deadline;
    deadline.text = row.text("text");
    deadline.kind = deadline_kind(row.text("kind"));
    deadline.from = row.optional_date("from_date");
    deadline.to = row.optional_date("to_date");
    if (const auto every = row.optional_text("every")) deadline.every = parse_period(*every);
    deadline.due_day = optional_int(row, "due_day");
    deadline.due_month = optional_int(row, "due_month");
    deadline.added = addition_from(row);
    return deadline;
}

Product product_from(const Row& row) {
    return {row.text("text"), addition_from(row)};
}

/// Hands each row that hangs on an activity or a duty to its owner.
class Owners {
  public:
    explicit Owners(Content& content) {
        for (auto& clause : content.clauses) clauses_[clause.id] = &clause;
        for (auto& activity : content.activities) activities_[activity.id] = &activity;
        for (auto& duty : content.duties) duties_[duty.id] = &duty;
    }

    Clause* clause(const Row& row) const { return find(clauses_, row.optional_id("clause_id")); }
    ActivityText* activity(const Row& row) const { return find(activities_, row.optional_id("activity_id")); }
    DutyText* duty(const Row& row) const { return find(duties_, row.optional_id("duty_id")); }

  private:
    template <class T>
    static T* find(const std::unordered_map<Id, T*>& owners, std::optional<Id> id) {
        const auto found = id ? owners.find(*id) : owners.end();
        return found == owners.end() ? nullptr : found->second;
    }

    std::unordered_map<Id, Clause*> clauses_;
    std::unordered_map<Id, ActivityText*> activities_;
    std::unordered_map<Id, DutyText*> duties_;
};

/// ",12,15,": the units for which may_read_draft() says yes by what the person is there or above.
std::string units_of_own_drafts(const Work& work) {
    std::string list = ",";
    for (const Verb* verb : {&kDraft, &kReadDrafts})
        for (const Id unit : identity::units_where_may(work, *verb)) list += to_string(unit) + ",";
    return list;
}

}  // namespace

Result<Plan> plan_by_id(Work& work, Id plan) {
    const auto row = work.db.one("plan.plan_by_id", {work.authority, plan});
    if (!row) return not_found("plan.not_found");
    Plan found = plan_from(*row);
    if (!may_read(work, found)) return not_found("plan.not_found");
    return found;
}

Revision revision_by_id(Work& work, Id revision) {
    const auto row = work.db.one("plan.revision_by_id", {work.authority, revision});
    LOA_CHECK(row.has_value());
    return revision_from(*row);
}

std::vector<Revision> revisions_by_plan(Work& work, Id plan) {
    std::vector<Revision> revisions;
    for (const auto& row : work.db.query("plan.revisions_by_plan", {work.authority, plan}))
        revisions.push_back(revision_from(row));
    return revisions;
}

namespace {

/// A statement of queries_content.sql: its rows are items of the content, or hang on such items.
struct Part {
    const char* statement;
    std::vector<Extent> extents;
    void (*add)(Content&, const Row&);
    void (*hang)(const Owners&, const Row&);
};

void add_clause(Content& content, const Row& row) { content.clauses.push_back(clause_from(row)); }
void add_activity(Content& content, const Row& row) { content.activities.push_back(activity_from(row)); }
void add_duty(Content& content, const Row& row) { content.duties.push_back(duty_from(row)); }

bool is_of_topic(const Row& row) { return row.text("catalogue") == "topic"; }

void hang_clause_mapping(const Owners& owners, const Row& row) {
    if (auto* clause = owners.clause(row))
        (is_of_topic(row) ? clause->topics : clause->channels).push_back({row.id("target_id"), row.optional_id("confirmed_by")});
}

void hang_activity_mapping(const Owners& owners, const Row& row) {
    if (auto* activity = owners.activity(row))
        (is_of_topic(row) ? activity->topics : activity->channels).push_back(row.id("target_id"));
}

void hang_target(const Owners& owners, const Row& row) {
    if (auto* activity = owners.activity(row)) activity->targets.push_back(target_from(row));
}

void hang_product(const Owners& owners, const Row& row) {
    if (auto* activity = owners.activity(row)) activity->products.push_back(product_from(row));
}

void hang_party(const Owners& owners, const Row& row) {
    if (auto* activity = owners.activity(row)) activity->parties.push_back(party_from(row));
    if (auto* duty = owners.duty(row)) duty->parties.push_back(party_from(row));
}

void hang_deadline(const Owners& owners, const Row& row) {
    if (auto* activity = owners.activity(row)) activity->deadline = deadline_from(row);
    if (auto* duty = owners.duty(row)) duty->deadline = deadline_from(row);
    if (auto* clause = owners.clause(row)) clause->deadline = deadline_from(row);
}

const std::vector<Part>& parts() {
    using enum Extent;
    static const std::vector<Part> parts{
        {"plan.clauses_by_revision", {All, Clauses}, add_clause, nullptr},
        {"plan.activities_by_revision", {All, Activities, Duties}, add_activity, nullptr},
        {"plan.duties_by_revision", {All, Duties}, add_duty, nullptr},
        {"plan.clause_mappings_by_revision", {All, Clauses}, nullptr, hang_clause_mapping},
        {"plan.targets_by_revision", {All, Activities}, nullptr, hang_target},
        {"plan.products_by_revision", {All, Activities}, nullptr, hang_product},
        {"plan.activity_mappings_by_revision", {All, Activities}, nullptr, hang_activity_mapping},
        {"plan.parties_by_revision", {All, Activities, Duties}, nullptr, hang_party},
        {"plan.deadlines_by_revision", {All, Clauses, Activities, Duties}, nullptr, hang_deadline}};
    return parts;
}

}  // namespace

Content content_of(Work& work, Id revision, Extent extent) {
    const storage::Values key{work.authority, revision};
    std::vector<const Part*> read;
    for (const auto& part : parts())
        if (std::find(part.extents.begin(), part.extents.end(), extent) != part.extents.end()) read.push_back(&part);
    for (const auto* part : read) work.db.read_ahead(part->statement, key);

    Content content;
    content.revision = revision_by_id(work, revision);
    for (const auto* part : read)
        if (part->add != nullptr)
            for (const auto& row : work.db.query(part->statement, key)) part->add(content, row);
    const Owners owners(content);
    for (const auto* part : read)
        if (part->hang != nullptr)
            for (const auto& row : work.db.query(part->statement, key)) part->hang(owners, row);
    return content;
}

std::vector<std::string> source_lines(Work& work, Id revision) {
    const auto row = work.db.one("plan.source_by_revision", {work.authority, revision});
    std::vector<std::string> lines;
    if (row)
        for (const auto line : split(row->text("lines"), '\n')) lines.emplace_back(line);
    return lines;
}

std::vector<Warning> warnings_of(Work& work, Id revision) {
    std::vector<Warning> warnings;
    for (const auto& row : work.db.query("plan.warnings_by_revision", {work.authority, revision}))
        warnings.push_back({row.text("code"), row.text("about"),
                            {static_cast<int>(row.number("first_line")), static_cast<int>(row.number("last_line"))}});
    return warnings;
}

std::vector<Topic> topics_on(Work& work, Date day) {
    std::vector<Topic> topics;
    for (const auto& row : work.db.query("plan.topics_on", {work.authority, day}))
        topics.push_back({row.id("id"), row.text("code"), row.text("name")});
    return topics;
}

void read_channels_ahead(Work& work, Date day) {
    work.db.read_ahead("plan.channels_on", {work.authority, day});
}

std::vector<Channel> channels_on(Work& work, Date day) {
    std::vector<Channel> channels;
    for (const auto& row : work.db.query("plan.channels_on", {work.authority, day}))
        channels.push_back({row.id("id"), row.text("code"), row.text("name")});
    return channels;
}

std::vector<CatalogueLine> catalogue_lines(Work& work, Catalogue catalogue) {
    std::vector<CatalogueLine> lines;
    for (const auto& row : work.db.query(catalogue == Catalogue::Topics ? "plan.all_topics" : "plan.all_channels", {work.authority}))
        lines.push_back({row.id("id"), row.text("code"), row.text("name"), row.date("valid_from"), row.optional_date("valid_to"),
                         row.number("version")});
    return lines;
}

std::vector<Assignment> assignments_by_plan(Work& work, Id plan) {
    std::vector<Assignment> assignments;
    for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, plan}))
        assignments.push_back(assignment_from(row));
    return assignments;
}

std::vector<Assignment> assignments_of_unit(Work& work, Id plan, Id unit) {
    std::vector<Assignment> assignments;
    for (const auto& row : work.db.query("plan.assignments_of_unit", {work.authority, plan, unit})) assignments.push_back(assignment_from(row));
    return assignments;
}

std::vector<Step> steps_by_plan(Work& work, Id plan) {
    std::vector<Step> steps;
    for (const auto& row : work.db.query("plan.steps_by_plan", {work.authority, plan}))
        steps.push_back({row.text("name"), row.id("person_id"), row.optional_text("person_name").value_or(""),
                         row.instant("at"), row.optional_text("reason")});
    return steps;
}

void read_steps_ahead(Work& work, const Plan& plan) {
    work.db.read_ahead("plan.steps_by_plan", {work.authority, plan.id});
}

std::vector<PlanLine> plans(Work& work, const PlanFilter& filter) {
    storage::ListRequest request;
    request.order = "newest";
    request.limit = filter.limit;
    request.offset = filter.offset;
    if (filter.state) request.filters.emplace_back("state", std::string(text_of(*filter.state)));
    if (filter.year) request.filters.emplace_back("year", *filter.year);
    if (!identity::may_throughout(work, kReadDrafts)) request.filters.emplace_back("drafts_of", units_of_own_drafts(work));

    std::vector<PlanLine> lines;
    for (const auto& row : work.db.list("plan.plans", {work.authority}, request))
        lines.push_back({plan_from(row), revision_state(row.text("revision_state")), row.optional_text("issued_number"),
                         row.optional_text("document_symbol"), row.optional_date("issued_on"),
                         row.instant("changed_at")});
    return lines;
}

std::vector<UnitLine> lines_of_unit(Work& work, Id unit) {
    std::vector<UnitLine> lines;
    for (const auto& row : work.db.query("plan.assignments_by_unit", {work.authority, unit})) {
        UnitLine line;
        line.assignment = assignment_from(row);
        line.plan_title = row.text("plan_title");
        if (const auto number = row.optional_text("issued_number"))
            line.document_number = *number + "/" + row.optional_text("document_symbol").value_or("");
        line.issued_on = row.optional_date("issued_on");
        line.ordinal = row.optional_text("ordinal").value_or("");
        line.text = row.optional_text("activity_title").value_or(row.optional_text("duty_text").value_or(""));
        line.deadline_text = row.optional_text("deadline_text");
        line.due = row.optional_date("due_on");
        line.deadline_added = row.optional_id("deadline_added_by").has_value();
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace loa::plan
