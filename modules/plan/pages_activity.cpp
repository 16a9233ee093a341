// /ke-hoach/{id}/hoat-dong/{item}: one activity, who works on it, what kind it is.
#include <algorithm>

#include "actions.h"
#include "evidence.h"
#include "history.h"
#include "line_view.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "occurrences.h"
#include "pages.h"
#include "progress.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

std::vector<View> unit_views(Work& work, const Plan& plan, const ActivityText& activity) {
    const auto assignments = assignments_by_plan(work, plan.id);
    const auto shares = target_shares_by_plan(work, plan.id);
    std::vector<Id> ids;
    for (const auto& assignment : assignments)
        if (assignment.activity == activity.id && assignment.state != AssignmentState::Ended) ids.push_back(assignment.unit);
    std::vector<View> units;
    for (const auto& unit : identity::units_by_ids(work, ids)) {
        const auto found = std::find_if(assignments.begin(), assignments.end(), [&](const Assignment& assignment) {
            return assignment.unit == unit.id && assignment.activity == activity.id;
        });
        View line;
        line.set("name", unit.name).set("roles", roles_text(work, *found));
        for (const char* key : {"path", "percent", "line_state"}) line.set(key, "");  // not those of the activity
        if (may_read_evidence(work, plan, *found)) {
            const auto own = shares.find(found->id);
            line.set("path", line_path(*found));
            line.set("percent", std::to_string(percent_of(*found, own == shares.end() ? std::vector<double>{} : own->second)));
            set_line_state(work, line, found->state);
        }
        units.push_back(std::move(line));
    }
    return units;
}

bool may_change(const Work& work, const Plan& plan) {
    return (plan.state == PlanState::Draft || plan.state == PlanState::Issued) && may_complete(work, plan);
}

/// Its accountable lead has said that it is done, and parts of it wait for this person's word.
bool may_close_all(Work& work, const Plan& plan, Id activity) {
    if (plan.state != PlanState::Issued || !identity::may_in_unit(work, kConfirm, plan.aggregating_unit)) return false;
    return !closable(times_of_activity(work, plan.id, activity)).empty();
}

class Handlers {
  public:
    explicit Handlers(const Registry& registry) : registry_(registry) {}

    Response show(const Request& request, Work& work) const { return page(request, work, nullptr, 200); }

    Response set_kind(const Request& request, Work& work) const {
        ChangeKind input;
        input.plan = request.id();
        input.activity = request.id("item");
        input.version = request.form.number("version").value_or(0);
        input.kind = &kind_by_name(registry_, request.form.text("kind"));
        for (const auto& field : input.kind->fields)
            if (request.form.has(field.name)) input.answers.push_back({field.name, request.form.text(field.name)});
        const auto done = change_kind(work, input);
        if (done) return web::redirect(path_of(request.id(), "/hoat-dong/" + to_string(request.id("item")) + "#loai"));
        const auto& failure = done.failure();
        if (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict) return web::failed(failure);
        const Refused refused{"kind", &request.form, failure, "loai", "#k-"};
        return page(request, work, &refused, failure.reason == Reason::Invalid ? 422 : 409);
    }

    Response close_all(const Request& request, Work& work) const {
        const auto done = close_activity(work, request.id(), request.id("item"));
        if (done) return web::redirect(path_of(request.id(), "/hoat-dong/" + to_string(request.id("item"))));
        if (done.failure().reason != Reason::Conflict) return web::failed(done.failure());
        const Refused refused{"close", &request.form, done.failure()};
        return page(request, work, &refused, 409);
    }

  private:
    Response page(const Request& request, Work& work, const Refused* refused, int status) const {
        auto plan = plan_by_id(work, request.id());
        if (!plan) return web::failed(plan.failure());
        const Content content = content_of(work, plan->shown_revision());
        const auto* activity = content.activity(request.id("item"));
        if (!activity) return web::not_found();
        const Names names(work, content);
        View view = activity_view(work, names, *plan, *activity);
        view.set("plan_path", path_of(plan->id)).set("plan_title", plan->title);
        view.set("document", document_line(work, content.revision));

        std::vector<View> duties, lines;
        for (const auto& duty : content.duties)
            if (duty.activity == activity->id) duties.push_back(duty_view(work, names, content, duty));
        view.flag("has_duties", !duties.empty());
        view.set("duties", std::move(duties));
        for (const auto& subject : progress_by_subject(work, *plan)) {
            if (subject.activity != activity->id) continue;
            set_progress_of(work, view, subject.progress, "progress_units");
            if (subject.progress.whole()) set_deadline(work, view, activity->deadline, false);
        }
        view.flag("may_close_all", may_close_all(work, *plan, activity->id));
        auto units = unit_views(work, *plan, *activity);
        view.flag("has_units", !units.empty());
        view.set("units", std::move(units));
        set_kind_parts(work, view, *plan, *activity, refused);
        for (const auto& line : history_of(work, *plan, {"plan.activity", work.authority, activity->id}))
            lines.push_back(timeline_view(work, line));
        view.flag("has_timeline", !lines.empty());
        view.set("timeline", std::move(lines));
        if (refused) set_problem_list(work, view, *refused);
        return web::show({"plan/activity", activity->title, std::move(view)}, status);
    }

    /// Its kind with the answers, and the form for those who may change it.
    void set_kind_parts(Work& work, View& view, const Plan& plan, const ActivityText& activity, const Refused* refused) const {
        const ActivityKind& kind = kind_by_name(registry_, activity.kind);
        // A refused form is shown with the questions of the kind that was chosen in it.
        const ActivityKind& chosen = kind_by_name(registry_, shown_value(refused, "kind", kind.name));
        View shown;
        shown.set("name", tr(work, kind.label));
        std::vector<View> answers, fields, options;
        const auto answered = [&](const KindField& field) {
            const auto found = std::find_if(activity.answers.begin(), activity.answers.end(),
                                            [&](const KindAnswer& answer) { return answer.name == field.name; });
            return found == activity.answers.end() ? std::string() : found->text;
        };
        for (const auto& field : kind.fields) {
            View answer;
            answer.set("label", tr(work, field.label)).set("text", answered(field));
            answers.push_back(std::move(answer));
        }
        for (const auto& field : chosen.fields) {
            const std::string text = answered(field);
            View input;
            input.set("name", field.name).set("label", tr(work, field.label)).set("value", shown_value(refused, field.name, text)).set("error", "");
            if (field.type != KindField::Type::Text) input.set("hint", tr(work, field.type == KindField::Type::Date ? "plan.answer_day_hint" : "plan.answer_number_hint"));
            if (refused)
                for (const auto& problem : refused->failure.problems)
                    if (problem.field == field.name) input.set("error", text_of(work, problem));
            fields.push_back(std::move(input));
        }
        shown.set("answers", std::move(answers));
        if (may_change(work, plan)) {
            for (const auto& option : registry_.all<ActivityKind>()) {
                View choice;
                choice.set("value", option.name).set("label", tr(work, option.label)).flag("chosen", option.name == chosen.name);
                options.push_back(std::move(choice));
            }
            View form;
            form.set("version", std::to_string(activity.kind_version)).flag("open", refused != nullptr);
            form.set("options", std::move(options)).set("fields", std::move(fields));
            set_form_problems(work, form, refused);
            shown.set("form", std::move(form));
        }
        view.set("kind", std::move(shown));
    }

    const Registry& registry_;
};

}  // namespace

void join_activity_pages(Registry& registry) {
    const Handlers handlers(registry);
    const std::string path = "/ke-hoach/{id}/hoat-dong/{item}";
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = path,
                            .access = web::Access::Granted,
                            .verb = std::string(kRead.name),
                            .handler = [handlers](const Request& request, Work& work) { return handlers.show(request, work); }});
    registry.add(web::Route{.method = web::Method::Post,
                            .pattern = path + "/loai",
                            .access = web::Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = [handlers](const Request& request, Work& work) { return handlers.set_kind(request, work); }});
    registry.add(web::Route{.method = web::Method::Post,
                            .pattern = path + "/khep",
                            .access = web::Access::Granted,
                            .verb = std::string(kConfirm.name),
                            .handler = [handlers](const Request& request, Work& work) { return handlers.close_all(request, work); }});
}

}  // namespace loa::plan
