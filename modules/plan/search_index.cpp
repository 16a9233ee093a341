#include "search_index.h"

#include "addresses.h"
#include "difference.h"
#include "loa/base/text.h"
#include "loa/search/search.h"
#include "queries.h"
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

std::string body_of(const ActivityText& activity) {
    std::vector<std::string> parts;
    if (activity.content) parts.push_back(*activity.content);
    for (const auto& party : activity.parties) parts.push_back(party.name);
    for (const auto& target : activity.targets) parts.push_back(target.text);
    for (const auto& product : activity.products) parts.push_back(product.text);
    return joined(parts, "\n");
}

}  // namespace

void index_plan(Work& work, const Content& content) {
    const Id plan = content.revision.plan;
    search::index(work, {.ref = {"plan.plan", work.authority, plan},
                         .kind_label = "plan.plan",
                         .title = content.revision.head.title,
                         .body = body_of(content),
                         .path = path_of(plan)});
    for (const auto& activity : content.activities) {
        const Ref ref{"plan.activity", work.authority, activity.id};
        if (activity.dropped) {
            search::remove(work, ref);
            continue;
        }
        search::index(work, {.ref = ref,
                             .kind_label = "plan.activity",
                             .title = label_of(activity),
                             .body = body_of(activity),
                             .path = path_of(plan, "/hoat-dong/" + to_string(activity.id))});
    }
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

void index_entry(Work& work, Catalogue catalogue, Id id, const std::string& name) {
    const bool topic = catalogue == Catalogue::Topics;
    search::index(work, {.ref = {topic ? "plan.topic" : "plan.channel", work.authority, id},
                         .kind_label = topic ? "plan.topics" : "plan.channels",
                         .title = name,
                         .body = "",
                         .path = catalogue_path(catalogue)});
}

search::SearchSource plans_source() { return {{"plan.plan", "plan.activity", "plan.duty"}, index_all_plans, {kDraft.name, kReadDrafts.name}}; }
search::SearchSource catalogues_source() { return {{"plan.topic", "plan.channel"}, index_all_entries}; }

}  // namespace loa::plan
