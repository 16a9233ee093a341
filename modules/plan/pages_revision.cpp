// /ke-hoach/{id}/ban/{item}: one revision of a plan, held against the one before it, and what it says.
#include <algorithm>

#include "difference.h"
#include "loa/web/route.h"
#include "pages.h"
#include "plan_parts.h"
#include "queries.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

Response show_revision(const Request& request, Work& work) {
    auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    const auto revisions = revisions_by_plan(work, plan->id);
    const auto found = std::find_if(revisions.begin(), revisions.end(),
                                    [&](const Revision& revision) { return revision.id == request.id("item"); });
    if (found == revisions.end()) return web::not_found();
    if (found->state != RevisionState::Issued && !may_read_draft(work, *plan)) return web::not_found();
    // Compared with the last one that was in force before it.
    const auto before = std::find_if(found + 1, revisions.end(), [](const Revision& revision) { return revision.state == RevisionState::Issued; });

    View view;
    view.set("plan_path", path_of(plan->id)).set("plan_title", plan->title);
    view.set("document", document_line(work, *found)).set("reason", found->reason.value_or(""));
    const std::string kind = tr(work, "plan.revision_" + std::string(text_of(found->kind)));
    view.set("kind", kind);
    view.flag("first", before == revisions.end());
    const Content content = content_of(work, found->id);
    const Shown shown{*plan, content, nullptr};
    fill_activities(work, view, shown);
    fill_duties(work, view, shown);
    fill_clauses(work, view, content, clause_kinds());
    if (before != revisions.end()) {
        view.set("compared", document_line(work, *before));
        std::vector<View> differences;
        for (const auto& difference : difference_between(content_of(work, before->id), content))
            differences.push_back(difference_view(work, difference));
        view.flag("same", differences.empty());
        view.set("differences", std::move(differences));
    }
    return web::show({"plan/revision", kind + ", " + document_line(work, *found), std::move(view)});
}

}  // namespace

void join_revision_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/ke-hoach/{id}/ban/{item}",
                            .access = web::Access::Granted,
                            .verb = std::string(kRead.name),
                            .handler = show_revision});
}

}  // namespace loa::plan
