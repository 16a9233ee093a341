// /viec-don-vi/in, /viec-don-vi/xuat: "Việc của đơn vị tôi" as it is printed, and for Word.
#include "download.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/web/route.h"
#include "pages.h"
#include "unit_paper.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

/// "?don-vi=" one of her units; else all of them.
std::vector<UnitPaper> papers(const Request& request, Work& work) {
    const auto asked = request.query.id("don-vi");
    const auto filter = unit_work_filter(request);
    std::vector<UnitPaper> all;
    for (const auto& unit : identity::units_by_ids(work, identity::own_units(work)))
        if (!asked || *asked == unit.id) all.push_back(unit_paper(work, unit, filter));
    return all;
}

View paper_view(const UnitPaper& unit) {
    View view;
    view.set("authority", unit.authority).set("unit", unit.unit).set("unit_name", unit.unit_name).set("place", unit.place).set("long_date", unit.date);
    std::vector<View> plans;
    for (const auto& plan : unit.plans) {
        std::vector<View> lines;
        for (const auto& line : plan.lines)
            lines.push_back(View().set("number", line.number).set("title", line.title).set("roles", line.roles).set("deadline", line.deadline).set("progress", line.progress).set("state", line.state).flag("late", line.late));
        plans.push_back(View().set("heading", plan.heading).set("lines", std::move(lines)));
    }
    view.flag("none", plans.empty()).set("plans", std::move(plans));
    return view;
}

Response show(const Request& request, Work& work) {
    View view;
    std::vector<View> units;
    for (const auto& unit : papers(request, work)) {
        View shown = paper_view(unit);
        shown.set("heading", upper(tr(work, "plan.paper_title")));
        shown.set("as_of", tr(work, "plan.paper_as_of", {{"unit", unit.unit_name}, {"day", work.today().vietnamese()}}));
        units.push_back(std::move(shown));
    }
    const auto asked = request.query.id("don-vi");
    view.set("docx_path", "/viec-don-vi/xuat?" + unit_work_filter(request).query() + (asked ? "&don-vi=" + to_string(*asked) : ""));
    view.flag("no_units", units.empty()).set("units", std::move(units));
    return web::show({.name = "plan/unit_paper", .title = tr(work, "plan.paper_title"), .view = std::move(view), .stands_under = "/viec-don-vi"});
}

Response send(const Request& request, Work& work) {
    const auto units = papers(request, work);
    if (units.empty()) return web::not_found();
    return download(formats::write_docx(docx_paper(work, units)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "viec-don-vi-" + work.today().iso() + ".docx");
}

}  // namespace

void join_unit_paper_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get, .pattern = "/viec-don-vi/in", .access = Access::SignedIn, .handler = show});
    registry.add(web::Route{.method = Method::Get, .pattern = "/viec-don-vi/xuat", .access = Access::SignedIn, .handler = send});
}

}  // namespace loa::plan
