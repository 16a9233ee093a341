// /ke-hoach/{id}/chuyen-giao: units that end, and who takes over what the plan asks of them; /{item}: one of them.
#include <algorithm>

#include "actions.h"
#include "assign.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "pages.h"
#include "passing.h"
#include "passing_view.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kLineField = "line-";

/// The plan in force that the person may do this for.
Result<Plan> plan_of(Work& work, const Request& request) {
    auto plan = plan_by_id(work, request.id());
    if (plan && !may_pass_on(work, *plan)) return forbidden("plan.may_not_pass_on");
    return plan;
}

Response list_page(Work& work, const Plan& plan, const Refused* refused, int status) {
    const auto rows = passing_rows(work, plan);
    std::vector<View> units, only;
    for (const auto& row : rows) {
        units.push_back(row_view(work, plan, row));
        if (row.state == PassingRow::State::Waiting && row.unit.heirs.size() == 1) only.push_back(View().set("id", to_string(row.unit.unit)));
    }
    View view;
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title);
    view.flag("none", rows.empty()).set("units", std::move(units));
    view.flag("any_only", only.size() > 1).set("only_count", tr(work, "plan.passing_all_count", {{"n", std::to_string(only.size())}}));
    view.set("only", std::move(only));
    if (refused) set_problem_list(work, view, *refused);
    return web::show({.name = "plan/passings", .title = tr(work, "plan.passings"), .view = std::move(view), .stands_under = "/ke-hoach"}, status);
}

Response show_list(const Request& request, Work& work) {
    const auto plan = plan_of(work, request);
    if (!plan) return web::failed(plan.failure());
    if (plan->state == PlanState::Draft) return web::redirect(path_of(plan->id));  // nothing is given out yet
    return list_page(work, *plan, nullptr, 200);
}

Response one_page(Work& work, const Plan& plan, const PassingRow& row, const Refused* refused, int status) {
    const auto title = tr(work, "plan.passing_of", {{"unit", row.unit.name}});
    View view = row_view(work, plan, row);
    view.set("title", title).set("rule", tr(work, "plan.passing_rule_open", {{"day", row.unit.day.vietnamese()}}));
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title);
    set_form(work, view, plan, row, refused);
    set_passed(work, view, plan, row);
    if (refused) set_problem_list(work, view, *refused);
    return web::show({.name = "plan/passing", .title = title, .view = std::move(view), .stands_under = "/ke-hoach"}, status);
}

Response page_of(Work& work, const Plan& plan, Id unit, const Refused* refused, int status) {
    const auto rows = passing_rows(work, plan);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const PassingRow& each) { return each.unit.unit == unit; });
    if (row == rows.end()) return web::failed(not_found("plan.no_such_ending"));
    return one_page(work, plan, *row, refused, status);
}

Response show_one(const Request& request, Work& work) {
    const auto plan = plan_of(work, request);
    return plan ? page_of(work, *plan, request.id("item"), nullptr, 200) : web::failed(plan.failure());
}

/// What was typed again, with what stands against it; on the page where the person was.
Response refuse(const Request& request, Work& work, const Failure& failure, const Result<Plan>& plan) {
    const bool told = failure.reason == Reason::Invalid || failure.reason == Reason::Conflict;
    if (!plan || !told) return web::failed(failure);
    const int status = failure.reason == Reason::Invalid ? 422 : 409;
    const Refused refused{"passing", failure.reason == Reason::Invalid ? &request.form : nullptr, failure, "giao", "#"};
    return request.parameters.has("item") ? page_of(work, *plan, request.id("item"), &refused, status) : list_page(work, *plan, &refused, status);
}

Response confirm(const Request& request, Work& work) {
    const auto plan = plan_of(work, request);
    if (!plan) return web::failed(plan.failure());
    ConfirmPassing input{.plan = plan->id, .unit = request.id("item"), .successor = request.form.id("successor").value_or(Id{}),
                         .version = request.form.number("version").value_or(0)};
    for (const auto& [name, text] : request.form.items())
        if (name.starts_with(kLineField))
            if (const auto line = parse_id(std::string_view(name).substr(kLineField.size()))) input.lines[*line] = request.form.ids(name);
    const auto done = confirm_passing(work, input);
    if (!done) return refuse(request, work, done.failure(), plan);
    return web::redirect(path_of(plan->id, "/chuyen-giao/" + to_string(input.unit)));
}

Response confirm_all(const Request& request, Work& work) {
    const auto plan = plan_of(work, request);
    if (!plan) return web::failed(plan.failure());
    const auto done = confirm_only_successors(work, plan->id, request.form.ids("units"));
    return done ? web::redirect(path_of(plan->id, "/chuyen-giao")) : refuse(request, work, done.failure(), plan);
}

Response take_back(const Request& request, Work& work) {
    const auto plan = plan_of(work, request);
    if (!plan) return web::failed(plan.failure());
    const auto done = take_back_passing(work, plan->id, request.id("item"), request.form.number("version").value_or(0));
    if (!done) return refuse(request, work, done.failure(), plan);
    return web::redirect(path_of(plan->id, "/chuyen-giao/" + to_string(request.id("item"))));
}

}  // namespace

void join_passing_pages(Registry& registry) {
    const auto add = [&](web::Method method, const std::string& rest, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method, .pattern = "/ke-hoach/{id}/chuyen-giao" + rest, .access = web::Access::Granted, .verb = std::string(kPassOn.name), .handler = handler});
    };
    add(web::Method::Get, "", show_list);
    add(web::Method::Post, "", confirm_all);
    add(web::Method::Get, "/{item}", show_one);
    add(web::Method::Post, "/{item}", confirm);
    add(web::Method::Post, "/{item}/bo", take_back);
}

}  // namespace loa::plan
