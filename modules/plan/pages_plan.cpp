// /ke-hoach/{id}: a plan with its parts and its steps.
#include <functional>

#include "actions.h"
#include "child_view.h"
#include "history.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/media/file.h"
#include "loa/web/route.h"
#include "next_year.h"
#include "pages.h"
#include "passing_view.h"
#include "plan_parts.h"
#include "progress.h"
#include "review_view.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

struct Tab {
    const char* name;
    Extent shows;
    void (*fill)(Work&, View&, const Shown&);
};

void fill_content(Work& work, View& view, const Shown& shown) {
    fill_clauses(work, view, shown.content,
                 {ClauseKind::Objective, ClauseKind::Requirement, ClauseKind::Theme, ClauseKind::Channel,
                  ClauseKind::Budget, ClauseKind::Reporting});
}

void fill_bases(Work& work, View& view, const Shown& shown) {
    fill_clauses(work, view, shown.content, {ClauseKind::LegalBasis, ClauseKind::Recipient});
}

void fill_units(Work& work, View& view, const Shown& shown) {
    const auto counts = progress_by_unit(work, shown.plan);
    std::vector<Id> ids;
    for (const auto& count : counts) ids.push_back(count.unit);
    std::vector<View> units;
    for (const auto& unit : identity::units_by_ids(work, ids)) {
        const auto found = std::find_if(counts.begin(), counts.end(), [&](const UnitProgress& count) { return count.unit == unit.id; });
        const auto& [total, closed, late] = found->progress;
        View line;
        line.set("name", unit.name).set("total", total).set("closed", closed).set("late", late).flag("any_late", late > 0);
        line.flag("outside", unit.outside());
        units.push_back(std::move(line));
    }
    view.flag("no_units", units.empty()).flag("tab_units");
    view.set("units", std::move(units));
}

void fill_timeline(Work& work, View& view, const Shown& shown) {
    const Plan& plan = shown.plan;
    std::vector<View> lines;
    for (const auto& line : history_of(work, plan, {"plan.plan", work.authority, plan.id}))
        lines.push_back(timeline_view(work, line));
    view.set("timeline", std::move(lines)).flag("tab_timeline");
}

void fill_revisions(Work& work, View& view, const Shown& shown) {
    const Plan& plan = shown.plan;
    std::vector<View> list;
    const auto revisions = revisions_by_plan(work, plan.id);
    for (const auto& revision : revisions) {
        if (revision.state != RevisionState::Issued && !may_read_draft(work, plan)) continue;
        View line;
        line.set("document", document_line(work, revision)).set("ordinal", revision.ordinal);
        line.set("kind", tr(work, "plan.revision_" + std::string(text_of(revision.kind))));
        line.set("state", tr(work, "plan.state_" + std::string(text_of(revision.state))));
        line.set("reason", revision.reason.value_or(""));
        line.set("path", path_of(plan.id, "/ban/" + to_string(revision.id)));
        line.flag("in_force", plan.issued_revision == revision.id);
        list.push_back(std::move(line));
    }
    view.set("revisions", std::move(list)).flag("tab_revisions");
}

constexpr Tab kTabs[] = {{"hoat-dong", Extent::Activities, fill_activities},
                         {"nhiem-vu", Extent::Duties, fill_duties},
                         {"noi-dung", Extent::Clauses, fill_content},
                         {"can-cu", Extent::Clauses, fill_bases},
                         {"don-vi", Extent::Head, fill_units},
                         {"ban-sua-doi", Extent::Head, fill_revisions},
                         {"dien-bien", Extent::Head, fill_timeline}};

const Tab& asked_tab(const std::string& name) {
    for (const auto& tab : kTabs)
        if (name == tab.name) return tab;
    return kTabs[0];
}

/// What this person may do with the plan now; each is a form of its own on the page.
void set_steps(Work& work, View& view, const Plan& plan, const std::optional<Revision>& draft) {
    const bool drafts = identity::may_in_unit(work, kDraft, plan.drafting_unit);
    const bool approves = identity::may_in_unit(work, kApprove, plan.drafting_unit);
    const bool closes = identity::may_in_unit(work, kClose, plan.aggregating_unit);
    view.set("plan_version", std::to_string(plan.version));
    if (draft) {
        view.set("version", std::to_string(draft->version));
        view.flag("may_review", drafts && draft->state == RevisionState::Draft);
        view.flag("may_submit", drafts && draft->state == RevisionState::Draft);
        const bool correction = draft->kind == RevisionKind::Correction;
        view.flag("may_approve", approves && draft->state == RevisionState::UnderReview && !correction);
        view.flag("may_agree", may_agree(work, plan, *draft));
        view.flag("may_return", may_return(work, plan, *draft));
        view.flag("may_issue", drafts && draft->state == RevisionState::Approved);
        view.flag("may_abandon", drafts && draft->state == RevisionState::Draft && plan.issued_revision);
        if (draft->state == RevisionState::Approved) {
            view.set("today", work.today().vietnamese());
            view.set("symbol", draft->head.symbol.value_or(""));
        }
    }
    const bool in_force = plan.state == PlanState::Issued;
    view.flag("may_amend", drafts && in_force && !draft).flag("may_correct", drafts && in_force && !draft);
    view.flag("may_supplement", in_force && may_supplement(work, plan));
    view.flag("may_make_next", may_make_next(work, plan));
    view.flag("may_see_links", in_force && may_give_link(work, plan, plan.aggregating_unit));
    view.flag("may_close", closes && in_force && !draft);
    const bool on_the_desk = plan.state == PlanState::Draft && draft && draft->state == RevisionState::Draft;
    view.flag("may_delete", drafts && on_the_desk);
    view.flag("may_withdraw", in_force ? approves : plan.state == PlanState::Draft && drafts && !on_the_desk);
    view.flag("may_complete", drafts && (in_force || (draft && draft->state == RevisionState::Draft)));
}

void set_progress(Work& work, View& view, const Plan& plan, const std::optional<Revision>& draft) {
    struct Stage {
        const char* key;
        bool done, now;
    };
    const auto state = draft ? draft->state : RevisionState::Issued;
    const bool issued = !draft && plan.issued_revision;
    const Stage stages[] = {
        {"plan.stage_draft", state != RevisionState::Draft, state == RevisionState::Draft},
        {"plan.stage_review", state == RevisionState::Approved || issued, state == RevisionState::UnderReview},
        {"plan.stage_issue", issued, state == RevisionState::Approved},
        {"plan.stage_running", plan.state == PlanState::Closed, issued && plan.state == PlanState::Issued}};
    std::vector<View> steps;
    int number = 0;
    for (const auto& stage : stages) {
        ++number;
        View step;
        step.set("number", number).set("name", tr(work, stage.key)).flag("done", stage.done).flag("now", stage.now);
        steps.push_back(std::move(step));
    }
    view.set("steps", std::move(steps));
}

/// Who confirms what is done.
void set_aggregator(Work& work, View& view, const Plan& plan) {
    if (const auto unit = identity::unit_by_id(work, plan.aggregating_unit)) view.set("aggregating_unit", unit->name);
    view.flag("may_hand_over", may_set_aggregating_unit(work, plan));
}

/// Units that end, of which nobody has said yet who takes over.
void set_passings(Work& work, View& view, const Plan& plan) {
    if (plan.state != PlanState::Issued || !may_pass_on(work, plan)) return;
    View passings;
    passings.set("path", path_of(plan.id, "/chuyen-giao"));
    if (const auto waiting = any_unit_ends(work) ? passings_waiting(work, plan) : 0; waiting > 0)
        view.set("passings_waiting", passings.set("text", tr(work, "plan.passings_waiting", {{"n", std::to_string(waiting)}})));
    else view.set("passings", std::move(passings));
}

/// How far the plan is as a whole.
void set_plan_progress(const Work& work, View& view, const std::vector<SubjectProgress>& progress) {
    Progress all;
    for (const auto& line : progress) all += line.progress;
    set_progress_of(work, view, all, "progress_lines");
}

void set_last_reason(Work& work, View& view, const Plan& plan) {
    const auto last = last_refusal(work, plan);
    if (!last) return;
    View view_of_reason;
    view_of_reason.set("heading", tr(work, "plan.reason_" + last->name, {{"person", last->person_name}, {"at", last->at.vietnamese()}}));
    view_of_reason.set("reason", *last->reason);
    view.set("last_reason", std::move(view_of_reason));
}

Response plan_page(const Request& request, Work& work, const Plan& plan, const Refused* refused, int status) {
    // A draft of an issued plan is its office's business; everybody else sees what is in force.
    const bool sees_draft = plan.draft_revision && may_read_draft(work, plan);
    const Id shown = plan.issued_revision ? *plan.issued_revision : plan.shown_revision();
    const Tab& chosen = asked_tab(request.query.text("muc"));
    if (plan.issued_revision) read_progress_by_subject_ahead(work, plan);
    read_steps_ahead(work, plan);
    identity::read_unit_ahead(work, plan.aggregating_unit);
    const Content content = content_of(work, shown, chosen.shows);
    const auto draft = sees_draft ? std::optional(revision_by_id(work, *plan.draft_revision)) : std::nullopt;

    View view;
    view.set("plan_path", path_of(plan.id)).set("title", content.revision.head.title);
    view.set("document", document_line(work, content.revision)).set("issuer", content.revision.head.issuer.value_or(""));
    set_state(work, view, plan, content.revision.state);
    if (draft && plan.issued_revision)
        view.set("draft_note", tr(work, "plan.draft_note_" + std::string(text_of(draft->kind)),
                                  {{"state", tr(work, "plan.state_" + std::string(text_of(draft->state)))}}));
    if (content.revision.file) view.set("file_path", media::file_path(*content.revision.file)).set("file_name", content.revision.file_name.value_or(""));
    set_steps(work, view, plan, draft);
    set_progress(work, view, plan, draft);
    const auto progress = plan.issued_revision ? progress_by_subject(work, plan) : std::vector<SubjectProgress>();
    set_plan_progress(work, view, progress);
    set_last_reason(work, view, plan);
    set_aggregator(work, view, plan);
    set_passings(work, view, plan);
    set_lower(work, view, plan);
    set_parent(work, view, plan);

    std::vector<View> tabs;
    for (const auto& tab : kTabs) {
        View item;
        item.set("path", path_of(plan.id, std::string("?muc=") + tab.name)).set("name", tr(work, std::string("plan.tab_") + tab.name));
        item.flag("current", &tab == &chosen);
        tabs.push_back(std::move(item));
    }
    view.set("tabs", std::move(tabs)).flag("slim", &chosen != &kTabs[0]);
    chosen.fill(work, view, {plan, content, &progress});
    if (refused) {
        set_problem_list(work, view, *refused);
        for (const char* field : {"number", "issued_on"}) view.set(std::string("typed_") + field, request.form.text(field));
        // Back into the form that it came from: "refused_rut" is shown in the form of /ke-hoach/1/rut alone.
        View form;
        form.set("reason", request.form.text("reason"));
        set_form_problems(work, form, refused);
        view.set("refused_" + refused->form, std::move(form));
    }
    return web::show({"plan/plan", content.revision.head.title, std::move(view)}, status);
}

Response show_plan(const Request& request, Work& work) {
    auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    return plan_page(request, work, *plan, nullptr, 200);
}

// ---- its steps --------------------------------------------------------------------------------------------------

constexpr std::string_view kSubmit = "chuyen-ra-soat";
constexpr std::string_view kIssue = "ban-hanh";

/// After a step the person sees the plan; after a refusal the plan with the reasons, and what they typed.
Response after_step(const Request& request, Work& work, const Result<>& done, const std::string& next = "") {
    if (done) return web::redirect(path_of(request.id(), next));
    const auto& failure = done.failure();
    auto plan = plan_by_id(work, request.id());
    if (!plan || (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict)) return web::failed(failure);
    const std::string step = request.path.substr(request.path.rfind('/') + 1);
    const int status = failure.reason == Reason::Invalid ? 422 : 409;
    if (step != kSubmit) {
        const Refused refused{step, &request.form, failure, "", step == kIssue ? "#" : "#" + step + "-"};
        return plan_page(request, work, *plan, &refused, status);
    }
    // What keeps a draft from the leader is mended on the review page, wherever it was handed in from.
    const bool there = request.form.text("from") == "review" && plan->draft_revision;
    const Refused refused{step, &request.form, failure, "", there ? "#" : path_of(plan->id, "/ra-soat#")};
    return there ? review_page(work, *plan, &refused, status) : plan_page(request, work, *plan, &refused, status);
}

TakeStep step_of(const Request& request) {
    return {request.id(), request.form.number("version").value_or(0), request.form.raw("reason")};
}

template <class T>
Result<> done_with(const Result<T>& result) {
    if (!result) return result.failure();
    return Done{};
}

Response post_delete(const Request& request, Work& work) {
    const auto item = delete_draft(work, step_of(request));
    return item ? web::redirect("/ke-hoach?da-xoa=" + to_string(*item)) : after_step(request, work, item.failure());
}

struct StepRoute {
    std::string_view name;
    const Verb& verb;
    std::function<Response(const Request&, Work&)> handler;
};

const std::vector<StepRoute>& step_routes() {
    static const std::vector<StepRoute> routes{
        {kSubmit, kDraft, [](const Request& r, Work& w) { return after_step(r, w, submit_plan(w, step_of(r))); }},
        {"tra-lai", kClose, [](const Request& r, Work& w) { return after_step(r, w, return_plan(w, step_of(r))); }},
        {"duyet", kApprove, [](const Request& r, Work& w) { return after_step(r, w, approve_plan(w, step_of(r))); }},
        {kIssue, kDraft,
         [](const Request& r, Work& w) {
             const IssuePlan input{r.id(), r.form.number("version").value_or(0), r.form.text("number"), r.form.text("issued_on")};
             return after_step(r, w, issue_plan(w, input));
         }},
        {"ket-thuc", kClose, [](const Request& r, Work& w) { return after_step(r, w, close_plan(w, step_of(r))); }},
        {"rut", kRead, [](const Request& r, Work& w) { return after_step(r, w, withdraw_plan(w, step_of(r))); }},
        {"xoa", kDraft, post_delete},
        {"dieu-chinh", kDraft, [](const Request& r, Work& w) { return after_step(r, w, done_with(amend_plan(w, step_of(r))), "/ra-soat"); }},
        {"dinh-chinh", kDraft, [](const Request& r, Work& w) { return after_step(r, w, done_with(correct_reading(w, step_of(r))), "/ra-soat"); }},
        {"dong-y-dinh-chinh", kClose, [](const Request& r, Work& w) { return after_step(r, w, agree_correction(w, step_of(r))); }},
        {"bo-ban-sua", kDraft, [](const Request& r, Work& w) { return after_step(r, w, abandon_revision(w, step_of(r))); }}};
    return routes;
}

}  // namespace

void join_plan_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/ke-hoach/{id}",
                            .access = Access::Granted,
                            .verb = std::string(kRead.name),
                            .handler = show_plan});
    for (const auto& step : step_routes())
        registry.add(web::Route{.method = Method::Post,
                                .pattern = "/ke-hoach/{id}/" + std::string(step.name),
                                .access = Access::Granted,
                                .verb = std::string(step.verb.name),
                                .handler = step.handler});
}

}  // namespace loa::plan
