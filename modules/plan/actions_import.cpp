// A reading becomes a draft plan: the words as read, names resolved where exactly one unit bears them, and
// proposals that a person will confirm.
#include "actions.h"
#include "draft.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "proposals.h"
#include "queries.h"
#include "search_index.h"
#include "verbs.h"

namespace loa::plan {

namespace {

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

DocumentHead head_of(const ParsedHeader& document) {
    DocumentHead head;
    head.type = unless_empty(document.type);
    head.number = unless_empty(document.number);
    head.symbol = unless_empty(document.symbol);
    head.issuer = unless_empty(document.issuer);
    head.place = unless_empty(document.place);
    head.date = document.date;
    head.title = document.title;
    head.decision = unless_empty(document.decision);
    if (document.signature) {
        head.signed_authority = unless_empty(document.signature->authority);
        head.signed_on_behalf = unless_empty(document.signature->on_behalf);
        head.signer_position = unless_empty(document.signature->position);
        head.signer_name = unless_empty(document.signature->name);
    }
    return head;
}

class Importer {
  public:
    Importer(Work& work, const ImportPlan& input, Id revision, Date day)
        : work_(work),
          reading_(input.reading),
          revision_(revision),
          names_(UnitNames::on(work, day)),
          topics_(topics_on(work, work.today())),
          channels_(channels_on(work, work.today())) {}

    void write_clauses() {
        for (const auto& basis : reading_.legal_bases) {
            Clause clause = clause_of(ClauseKind::LegalBasis, basis.text, basis.source);
            clause.cited_number = unless_empty(basis.number);
            clause.cited_issuer = unless_empty(basis.issuer);
            clause.cited_date = basis.date;
            if (basis.number.empty() || !basis.date.complete()) clause.review.confidence = Confidence::Check;
            write(std::move(clause));
        }
        write_items(ClauseKind::Objective, reading_.objectives);
        write_items(ClauseKind::Requirement, reading_.requirements);
        write_items(ClauseKind::Theme, reading_.themes);
        write_items(ClauseKind::Channel, reading_.channels);
        write_items(ClauseKind::Budget, reading_.budget);
        for (const auto& report : reading_.reporting) {
            Clause clause = clause_of(ClauseKind::Reporting, report.text, report.source);
            clause.reported_to = unless_empty(report.to);
            if (report.deadline) clause.deadline = PlannedDeadline{*report.deadline, {}};
            write(std::move(clause));
        }
        write_items(ClauseKind::Recipient, reading_.document.recipients);
    }

    void write_activities(Id plan) {
        int position = 0;
        for (const auto& parsed : reading_.activities) {
            ActivityText activity;
            activity.id = work_.new_id();
            activity.position = ++position;
            activity.ordinal = parsed.ordinal;
            activity.title = parsed.title;
            activity.group_title = unless_empty(parsed.group);
            activity.content = unless_empty(parsed.content);
            activity.funding = unless_empty(parsed.funding);
            add_parties(activity.parties, PartyRole::Lead, parsed.leads);
            add_parties(activity.parties, PartyRole::Partner, parsed.partners);
            add_parties(activity.parties, PartyRole::Requested, parsed.requested);
            if (parsed.deadline) activity.deadline = PlannedDeadline{*parsed.deadline, {}};
            for (const auto& target : parsed.targets) activity.targets.push_back({target, {}});
            for (const auto& product : parsed.products) activity.products.push_back({product, {}});
            activity.fields = parsed.fields;
            activity.review.lines = lines_of(parsed.source);
            activity.review.confidence = confidence_of(activity);
            work_.db.run("plan.insert_activity", {work_.authority, activity.id, plan, activity.kind});
            write_activity(work_, revision_, activity);
        }
    }

    void write_duties(Id plan) {
        int position = 0;
        for (const auto& parsed : reading_.duties) {
            DutyText duty;
            duty.id = work_.new_id();
            duty.position = ++position;
            duty.text = parsed.text;
            add_parties(duty.parties, PartyRole::Lead, parsed.units);
            if (parsed.deadline) duty.deadline = PlannedDeadline{*parsed.deadline, {}};
            duty.review.lines = lines_of(parsed.source);
            duty.review.confidence = confidence_of(duty);
            work_.db.run("plan.insert_duty", {work_.authority, duty.id, plan});
            write_duty(work_, revision_, duty);
        }
    }

    /// What the paper lacks is seen from the plan; what is odd in the paper is known here alone.
    void write_warnings() {
        for (const auto& warning : reading_.warnings)
            if (!warning.about.empty())
                work_.db.run("plan.insert_warning", {work_.authority, work_.new_id(), revision_, warning.code, warning.about,
                                                     warning.source.first, warning.source.last});
    }

  private:
    static std::optional<formats::LineRange> lines_of(const formats::LineRange& source) {
        return source.first > 0 ? std::optional(source) : std::nullopt;
    }

    Clause clause_of(ClauseKind kind, const std::string& text, const formats::LineRange& source) {
        Clause clause;
        clause.id = work_.new_id();
        clause.kind = kind;
        clause.text = text;
        clause.review.lines = lines_of(source);
        return clause;
    }

    void write_items(ClauseKind kind, const std::vector<ParsedItem>& items) {
        for (const auto& item : items) {
            Clause clause = clause_of(kind, item.text, item.source);
            if (kind == ClauseKind::Theme)
                for (const Id topic : proposed_topics(item.text, topics_)) clause.topics.push_back({topic, {}});
            if (kind == ClauseKind::Channel)
                for (const Id channel : proposed_channels(item.text, channels_)) clause.channels.push_back({channel, {}});
            write(std::move(clause));
        }
    }

    void write(Clause clause) {
        clause.position = ++position_;
        write_clause(work_, revision_, clause);
    }

    void add_parties(std::vector<Party>& parties, PartyRole role, const std::vector<std::string>& printed) {
        for (auto& party : parties_named(names_, role, printed)) parties.push_back(std::move(party));
    }

    Work& work_;
    const ParsedPlan& reading_;
    Id revision_;
    UnitNames names_;
    std::vector<Topic> topics_;
    std::vector<Channel> channels_;
    int position_ = 0;
};

}  // namespace

bool is_too_long(const formats::TextDocument& document) {
    constexpr std::size_t kLongestText = 1U << 20;
    std::size_t size = 0;
    for (const auto& line : document.lines) size += line.size();
    return size > kLongestText;
}

Result<Id> import_plan(Work& work, const ImportPlan& input) {
    if (!identity::may_in_unit(work, kDraft, input.drafting_unit)) return forbidden("plan.not_drafting_unit");
    if (input.reading.document.title.empty() && input.reading.activities.empty() && input.reading.duties.empty())
        return invalid("file", "plan.nothing_read");

    // An authority's first plan brings it the catalogues that Loa ships with.
    if (catalogue_lines(work, Catalogue::Topics).empty()) ship_catalogues(work);

    Revision revision;
    revision.id = work.new_id();
    revision.plan = work.new_id();
    revision.head = head_of(input.reading.document);
    revision.head_fields = input.reading.document.fields;
    const auto [from, to] = years_of(revision.head);
    // A paper whose title could not be read goes by the name of its file until a person types it.
    if (revision.head.title.empty()) revision.head.title = input.file_name;
    if (input.file) revision.file = media::add_file(work, *input.file, {"plan.plan", work.authority, revision.plan});
    revision.file_name = input.file_name;
    work.db.run("plan.insert_plan", {work.authority, revision.plan, revision.head.title, from, to, input.drafting_unit,
                                     input.drafting_unit, revision.id, work.now, work.actor.person});
    write_revision(work, revision);
    if (!input.lines.empty())
        work.db.run("plan.insert_source", {work.authority, revision.id, joined(input.lines, "\n")});

    Importer importer(work, input, revision.id, revision.day().value_or(work.today()));
    importer.write_clauses();
    importer.write_activities(revision.plan);
    importer.write_duties(revision.plan);
    importer.write_warnings();

    work.db.run("plan.insert_step", {work.authority, work.new_id(), revision.plan, revision.id, "imported",
                                     work.actor.person, work.now, std::optional<std::string>()});
    identity::record(work, {"plan.plan", work.authority, revision.plan}, "plan.imported",
                     {{"file", "", input.file_name}});
    index_draft(work, revision.plan);
    return revision.plan;
}

}  // namespace loa::plan
