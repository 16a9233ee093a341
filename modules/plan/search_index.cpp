#include "search_index.h"

#include <algorithm>

#include "addresses.h"
#include "difference.h"
#include "evidence.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/media/file.h"
#include "loa/plan/assigned_line.h"
#include "loa/search/search.h"
#include "queries.h"
#include "rows.h"
#include "verbs.h"

namespace loa::plan {

namespace {

std::string body_of(const Content& content) {
    std::vector<std::string> parts;
    const auto& revision = content.revision;
    if (revision.issued_number) parts.push_back(*revision.issued_number + "/" + revision.head.symbol.value_or(""));
    if (revision.head.issuer) parts.push_back(*revision.head.issuer);
    for (const auto& clause : content.clauses)
        if (!clause.dropped) parts.push_back(clause.text);
    return joined(parts, "\n");
}

std::string body_of(const Evidence& evidence, const std::vector<media::File>& files) {
    std::vector<std::string> parts{evidence.what};
    for (const auto& said : {evidence.place, evidence.number_source, evidence.link_title, evidence.link})
        if (said) parts.push_back(*said);
    for (const auto& file : files) parts.push_back(file.name);
    return joined(parts, "\n");
}

std::string body_of(const ActivityText& activity) {
    std::vector<std::string> parts;
    if (activity.content) parts.push_back(*activity.content);
    for (const auto& party : activity.parties) parts.push_back(party.name);
    for (const auto& target : activity.targets) parts.push_back(target.text);
    for (const auto& product : activity.products) parts.push_back(product.text);
    return joined(parts, "\n");
}

}  // namespace

namespace {

void index_head(Work& work, const Content& content) {
    const Id plan = content.revision.plan;
    search::index(work, {.ref = {"plan.plan", work.authority, plan},
                         .kind_label = "plan.plan",
                         .title = content.revision.head.title,
                         .body = body_of(content),
                         .path = path_of(plan)});
}

void index_or_remove(Work& work, Id plan, const ActivityText& activity) {
    const Ref ref{"plan.activity", work.authority, activity.id};
    if (activity.dropped) return search::remove(work, ref);
    search::index(work, {.ref = ref,
                         .kind_label = "plan.activity",
                         .title = label_of(activity),
                         .body = body_of(activity),
                         .path = path_of(plan, "/hoat-dong/" + to_string(activity.id))});
}

}  // namespace

void index_activity(Work& work, const Content& content, Id activity) {
    index_head(work, content);
    if (const auto* text = content.activity(activity)) index_or_remove(work, content.revision.plan, *text);
}

void index_plan(Work& work, const Content& content) {
    const Id plan = content.revision.plan;
    index_head(work, content);
    for (const auto& activity : content.activities) index_or_remove(work, plan, activity);
    for (const auto& duty : content.duties) {
        const Ref ref{"plan.duty", work.authority, duty.id};
        if (duty.dropped) {
            search::remove(work, ref);
            continue;
        }
        search::index(work, {.ref = ref,
                             .kind_label = "plan.duty",
                             .title = shortened(duty.text, 120),
                             .body = duty.text + "\n" + names_in_role(duty.parties, PartyRole::Lead),
                             .path = path_of(plan, "?muc=nhiem-vu#nv-" + to_string(duty.id))});
    }
}

namespace {

/// As may_read_draft() says.
search::Visibility readers_of_draft(const Plan& plan) {
    using search::Visibility;
    return Visibility::verb_in(kReadDrafts.name, plan.drafting_unit) |
           Visibility::verb_in(kDraft.name, plan.drafting_unit) | Visibility::verb_in(kDraft.name, plan.aggregating_unit);
}

void index_draft(Work& work, const Plan& plan) {
    if (plan.issued_revision || !plan.draft_revision) return;
    const Content content = content_of(work, *plan.draft_revision, Extent::Clauses);
    search::index(work, {.ref = {"plan.plan", work.authority, plan.id},
                         .kind_label = "plan.draft_found",
                         .title = plan.title,
                         .body = body_of(content),
                         .path = path_of(plan.id),
                         .visibility = readers_of_draft(plan)});
}

void index_all_plans(Work& work) {
    PlanFilter filter;
    filter.limit = 200;
    for (;; filter.offset += filter.limit) {
        const auto page = plans(work, filter);
        for (const auto& line : page)
            if (line.plan.issued_revision) index_plan(work, content_of(work, *line.plan.issued_revision));
            else index_draft(work, line.plan);
        if (static_cast<int>(page.size()) < filter.limit) return;
    }
}

void index_all_entries(Work& work) {
    for (const auto catalogue : {Catalogue::Topics, Catalogue::Channels})
        for (const auto& line : catalogue_lines(work, catalogue)) index_entry(work, catalogue, line.id, line.name);
}

}  // namespace

void index_draft(Work& work, Id plan) {
    if (const auto found = plan_by_id(work, plan)) index_draft(work, *found);
}

/// By which a plan's offices read the lines of all units.
constexpr std::string_view kLinesOfPlan = "plan.lines";

search::Visibility readers_of_lines(Id plan, Id unit) {
    using search::Visibility;
    return Visibility::verb_in(kReadEvidence.name, unit) | Visibility::verb_in(kReport.name, unit) | Visibility::granted(kLinesOfPlan, plan);
}

void index_evidence(Work& work, Id id) {
    const auto evidence = evidence_by_id(work, id);
    const auto row = work.db.one("plan.assignment_of_evidence", {work.authority, id});
    LOA_CHECK(evidence && row);
    const Assignment assignment = assignment_from(*row);
    const Ref ref{"plan.evidence", work.authority, id};
    search::index(work, {.ref = ref,
                         .kind_label = "plan.evidence",
                         .title = shortened(evidence->what, 120),
                         .body = body_of(*evidence, media::files_of(work, ref)),
                         .path = line_path(assignment) + "#mc-" + to_string(id),
                         .visibility = readers_of_lines(assignment.plan, assignment.unit)});
}

namespace {

void index_all_evidence(Work& work) {
    for (const auto& row : work.db.query("plan.evidence_of_authority", {work.authority})) index_evidence(work, row.id("id"));
}

/// The plans whose lines the person reads because her office drafts them or puts them together, as may_read_evidence() says.
std::vector<search::Visibility> plans_of_her_office(Work& work) {
    std::vector<search::Visibility> granted;
    const auto drafts = identity::units_where_may(work, kDraft), confirms = identity::units_where_may(work, kConfirm);
    if (drafts.empty() && confirms.empty()) return granted;
    const auto contains = [](const std::vector<Id>& units, Id unit) { return std::find(units.begin(), units.end(), unit) != units.end(); };
    for (const auto& row : work.db.query("plan.offices_of_plans", {work.authority}))
        if (contains(drafts, row.id("drafting_unit_id")) || contains(confirms, row.id("aggregating_unit_id")))
            granted.push_back(search::Visibility::granted(kLinesOfPlan, row.id("id")));
    return granted;
}

}  // namespace

void index_entry(Work& work, Catalogue catalogue, Id id, const std::string& name) {
    const bool topic = catalogue == Catalogue::Topics;
    search::index(work, {.ref = {topic ? "plan.topic" : "plan.channel", work.authority, id},
                         .kind_label = topic ? "plan.topics" : "plan.channels",
                         .title = name,
                         .body = "",
                         .path = catalogue_path(catalogue)});
}

search::SearchSource plans_source() { return {{"plan.plan", "plan.activity", "plan.duty"}, index_all_plans, {kDraft.name, kReadDrafts.name}}; }
search::SearchSource evidence_source() { return {{"plan.evidence"}, index_all_evidence, {kReadEvidence.name, kReport.name}, plans_of_her_office}; }
search::SearchSource catalogues_source() { return {{"plan.topic", "plan.channel"}, index_all_entries}; }

}  // namespace loa::plan
