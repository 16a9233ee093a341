// /cong-viec/mau: the templates of the person's units, and taking back what a unit keeps.
#include "actions.h"
#include "board_query.h"
#include "loa/base/text.h"
#include "loa/identity/trash.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"
#include "rights.h"
#include "verbs.h"
#include "views.h"

namespace loa::tasks {

namespace {

using web::Request;
using web::Response;
using web::View;

View template_view(const Work& work, const Template& each) {
    std::vector<View> steps;
    for (const auto& task : each.tasks) {
        View step;
        step.set("step", task.title).set("note", task.note).set("checklist", joined(task.checklist, "; "));
        step.set("when", !task.days_before          ? tr(work, "tasks.no_day")
                         : *task.days_before == 0 ? tr(work, "tasks.on_the_day")
                                                  : tr(work, "tasks.days_before", {{"n", std::to_string(*task.days_before)}}));
        steps.push_back(std::move(step));
    }
    View view;
    view.set("template", each.choice).set("name", each.name).set("steps", std::move(steps));
    return view;
}

Response show(const Request& request, Work& work, const Registry& registry) {
    View view;
    if (auto undo = identity::undo_view(work, registry, request.query.id("da-xoa"))) view.set("undo", *std::move(undo));
    std::vector<View> shipped, units;
    for (const auto& each : templates_for(work, Id{})) shipped.push_back(template_view(work, each));
    for (const auto& unit : board_units(work)) {
        std::vector<View> own;
        for (const auto& each : templates_for(work, unit.id))
            if (each.id) own.push_back(template_view(work, each));
        if (own.empty()) continue;
        units.push_back(View().set("unit", unit.name).flag("may_delete", UnitRights(work, unit.id).works()).set("own", std::move(own)));
    }
    view.flag("none_kept", units.empty()).set("units", std::move(units)).set("shipped", std::move(shipped));
    return web::show({.name = "tasks/templates", .title = tr(work, "tasks.templates"), .view = std::move(view), .stands_under = std::string(kBoardPath)});
}

Response remove(const Request& request, Work& work) {
    const auto done = delete_template(work, request.id());
    return done ? web::redirect("/cong-viec/mau?da-xoa=" + to_string(*done)) : web::failed(done.failure());
}

}  // namespace

void join_template_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get, .pattern = "/cong-viec/mau", .access = web::Access::SignedIn, .handler = [&registry](const Request& request, Work& work) { return show(request, work, registry); }});
    registry.add(web::Route{.method = web::Method::Post, .pattern = "/cong-viec/mau/{id}/xoa", .access = web::Access::Granted, .verb = std::string(kWork.name), .handler = remove});
}

}  // namespace loa::tasks
