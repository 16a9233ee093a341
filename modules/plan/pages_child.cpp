// /ke-hoach/{id}/cap-duoi: what lower committees made of their lines, and the button by which one of them makes its plan;
// /ke-hoach/{id}/cap-tren: what such a plan carries out, and what was amended up there since.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "child_plan.h"
#include "child_report.h"
#include "child_view.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/timeline.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "new_draft.h"
#include "pages.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kBelow = "/cap-duoi", kAbove = "/cap-tren";

View unit_view(const Work& work, const LowerUnit& unit) {
    View view;
    view.set("name", unit.name).set("number", unit.number);
    if (unit.issued_on) view.set("issued_on", unit.issued_on->vietnamese());
    set_child_state(work, view, unit.state);
    return view;
}

/// One activity or duty, with what all units together did of it by plans of their own.
struct Subject {
    std::int64_t units = 0, lines = 0, closed = 0, pieces = 0;
    std::vector<ChildLine::Amount> amounts;

    void add(const ChildLine& line) {
        ++units;
        lines += line.lines;
        closed += line.closed;
        pieces += line.pieces;
        for (const auto& amount : line.amounts) {
            const auto same = std::find_if(amounts.begin(), amounts.end(), [&](const ChildLine::Amount& other) {
                return fold_keeping_marks(other.unit_word) == fold_keeping_marks(amount.unit_word);
            });
            if (same == amounts.end()) {
                amounts.push_back(amount);
            } else {
                same->done += amount.done;
                same->needed += amount.needed;
            }
        }
    }
};

void set_figures(const Work& work, View& view, const Subject& subject) {
    view.set("pieces", subject.pieces).set("lines", tr(work, "plan.child_lines_closed", {{"closed", std::to_string(subject.closed)}, {"total", std::to_string(subject.lines)}}));
    std::vector<View> amounts;
    for (const auto& each : subject.amounts)
        amounts.push_back(View().set("text", tr(work, "plan.child_amount", {{"done", amount(work, each.done)}, {"needed", amount(work, each.needed)}, {"unit", each.unit_word}})));
    view.set("amounts", std::move(amounts));
}

Id subject_of(const Assignment& assignment) { return assignment.activity ? *assignment.activity : assignment.duty.value_or(Id{}); }

/// What the lines are about that units do by plans of their own, in the order of the plan.
struct NamedSubject {
    Id id;
    std::string title, path;
    Subject figures;
};
std::vector<NamedSubject> subjects_of(Work& work, const Plan& plan) {
    std::map<Id, Subject> figures;
    std::unordered_map<Id, Id> subjects;  // by line
    for (const auto& assignment : assignments_by_plan(work, plan.id)) subjects.emplace(assignment.id, subject_of(assignment));
    for (const auto& line : child_lines(work, plan.id)) figures[subjects.at(line.assignment)].add(line);
    std::vector<NamedSubject> named;
    const Content content = content_of(work, plan.shown_revision());
    for (const auto& activity : content.activities)
        if (const auto found = figures.find(activity.id); found != figures.end())
            named.push_back({activity.id, label_of(activity), path_of(plan.id, "/hoat-dong/" + to_string(activity.id)), found->second});
    for (const auto& duty : content.duties)
        if (const auto found = figures.find(duty.id); found != figures.end())
            named.push_back({duty.id, shortened(duty.text, 120), path_of(plan.id, "?muc=nhiem-vu#nv-" + to_string(duty.id)), found->second});
    return named;
}

/// Which of the units the list shows.
struct StateChoice {
    std::string_view code, name;
    std::optional<bool> issued;
};
constexpr StateChoice kStates[] = {{"", "plan.children_all", std::nullopt}, {"da-ban-hanh", "plan.children_with_plan", true}, {"chua-ban-hanh", "plan.children_without_plan", false}};

const StateChoice& state_asked(const Request& request) {
    for (const auto& choice : kStates)
        if (choice.code == request.query.text("tinh-trang")) return choice;
    return kStates[0];
}

/// The units behind the sums of one activity or duty, each with its line.
std::optional<Response> show_subject(Work& work, const Plan& plan, Id subject) {
    const auto all = subjects_of(work, plan);
    const auto found = std::find_if(all.begin(), all.end(), [&](const NamedSubject& one) { return one.id == subject; });
    if (found == all.end()) return std::nullopt;
    std::unordered_map<Id, Assignment> assignments;
    std::vector<Id> ids;
    for (auto& assignment : assignments_by_plan(work, plan.id))
        if (subject_of(assignment) == subject) ids.push_back(assignment.unit), assignments.emplace(assignment.id, std::move(assignment));
    std::unordered_map<Id, std::string> names;
    for (const auto& unit : identity::units_by_ids(work, ids)) names[unit.id] = unit.name;
    std::vector<View> rows;
    for (const auto& line : child_lines(work, plan.id)) {
        const auto assignment = assignments.find(line.assignment);
        if (assignment == assignments.end()) continue;
        Subject own;
        own.add(line);
        View row;
        set_figures(work, row, own);
        rows.push_back(row.set("unit", names[assignment->second.unit]).set("path", line_path(assignment->second)));
    }
    View view;
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title).set("all_path", path_of(plan.id, kBelow));
    view.set("subject", found->title).set("subject_path", found->path).set("rows", std::move(rows));
    set_figures(work, view, found->figures);
    return web::show({.name = "plan/child_subject", .title = found->title, .view = std::move(view), .stands_under = "/ke-hoach"});
}

Response show_children(const Request& request, Work& work) {
    const auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    if (!may_read_children(work, *plan)) return web::forbidden();
    if (const auto subject = request.query.id("viec")) return show_subject(work, *plan, *subject).value_or(web::not_found());
    View view;
    view.set("plan_path", path_of(plan->id)).set("plan_title", plan->title);
    const auto units = lower_units(work, plan->id);
    set_children_summary(work, view, units);
    std::vector<View> unit_views, timeline, subjects, states;
    const auto& state = state_asked(request);
    for (const auto& choice : kStates) {
        const auto count = std::count_if(units.begin(), units.end(), [&](const LowerUnit& unit) { return choice.issued.value_or(unit.has_issued()) == unit.has_issued(); });
        states.push_back(View()
                             .set("label", tr(work, choice.name, {{"n", std::to_string(count)}}))
                             .set("path", path_of(plan->id, kBelow) + (choice.code.empty() ? "" : "?tinh-trang=" + std::string(choice.code)))
                             .flag("chosen", &choice == &state));
    }
    for (const auto& unit : units)
        if (state.issued.value_or(unit.has_issued()) == unit.has_issued()) unit_views.push_back(unit_view(work, unit));
    for (const auto& subject : subjects_of(work, *plan)) {
        View item;
        set_figures(work, item, subject.figures);
        item.set("title", subject.title).set("path", subject.path).set("unit_count", subject.figures.units);
        subjects.push_back(item.set("units_path", path_of(plan->id, kBelow) + "?viec=" + to_string(subject.id)));
    }
    view.set("states", std::move(states)).flag("none_of_state", unit_views.empty());
    for (const auto& line : identity::timeline_of(work, {"plan.child_report", work.authority, plan->id})) timeline.push_back(timeline_view(work, line));
    view.flag("no_units", units.empty()).flag("no_subjects", subjects.empty()).flag("has_timeline", !timeline.empty());
    view.set("units", std::move(unit_views)).set("subjects", std::move(subjects)).set("timeline", std::move(timeline));
    return web::show({"plan/children", tr(work, "plan.children"), std::move(view)});
}

/// Makes it or opens it, and acts for the authority whose it is from here on.
Response make_child(const Request& request, Work& work) {
    const auto made = make_child_plan(work, request.id(), request.form.id("unit").value_or(Id{}));
    if (!made) return web::failed(made.failure());
    const auto chosen = identity::choose_authority(work, request.cookies.raw(web::kSessionCookie), made->authority);
    if (!chosen) return web::failed(chosen.failure());
    return web::redirect(path_of(made->plan));
}

// ---- from below ---------------------------------------------------------------------------------------------------

View missing_view(const ParentLine& line) {
    View view;
    view.set("id", to_string(line.assignment.id)).set("title", line.words.title).set("content", line.words.content.value_or(""));
    view.set("deadline", line.words.deadline ? line.words.deadline->text : "");
    return view;
}

Response parent_page(Work& work, const Plan& plan, const ChildPlan& child, const Refused* refused, int status) {
    View view;
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title);
    const auto parent = parent_plan(work, child.parent_authority, child.parent_plan, child.parent_unit);
    view.flag("parent_gone", !parent);
    if (parent) {
        const Id revision = plan.draft_revision && may_read_draft(work, plan) ? *plan.draft_revision : plan.shown_revision();
        const auto activities = child_activities(work, plan.id, revision);
        const auto news = parent_news(work, *parent, child, activities);
        view.set("document", document_line(work, parent->content.revision)).set("issuer", parent->issuer).set("parent_title", parent->plan.title);
        view.set("given", tr(work, "plan.parent_lines", {{"n", std::to_string(parent->lines.size())}, {"missing", std::to_string(news.missing.size())}}));
        std::vector<View> missing, ended, changed;
        for (const auto* line : news.missing) missing.push_back(missing_view(*line));
        const Content content = content_of(work, revision, Extent::Activities);
        for (const auto& activity : news.ended)
            if (const auto* words = content.activity(activity.activity)) ended.push_back(View().set("title", label_of(*words)));
        for (const auto& difference : news.changed) changed.push_back(difference_view(work, difference));
        const bool drafts = identity::may_in_unit(work, kDraft, plan.drafting_unit);
        const bool open = drafts && plan.draft_revision && revision_by_id(work, *plan.draft_revision).open();
        view.flag("amended", news.amended).flag("any_missing", !missing.empty()).flag("any_ended", !ended.empty()).flag("any_changed", !changed.empty());
        view.flag("same", missing.empty() && ended.empty() && !news.amended);
        view.flag("may_take", drafts && (news.amended || (open && !missing.empty()))).flag("open", open).flag("drafts", drafts);
        view.flag("needs_draft", drafts && !open && !missing.empty());
        view.set("missing", std::move(missing)).set("ended", std::move(ended)).set("changed", std::move(changed));
    }
    if (refused) set_problem_list(work, view, *refused);
    return web::show({"plan/parent", tr(work, "plan.parent"), std::move(view)}, status);
}

Response show_parent(const Request& request, Work& work) {
    const auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    const auto child = child_plan_by_plan(work, plan->id);
    return child ? parent_page(work, *plan, *child, nullptr, 200) : web::not_found();
}

Response take_over(const Request& request, Work& work) {
    const auto done = take_over_parent_lines(work, request.id(), request.form.ids("lines"));
    if (done) return web::redirect(path_of(request.id(), kAbove));
    const auto plan = plan_by_id(work, request.id());
    const auto child = plan ? child_plan_by_plan(work, plan->id) : std::nullopt;
    if (!child || done.failure().reason != Reason::Conflict) return web::failed(done.failure());
    const Refused refused{"lines", &request.form, done.failure(), "", "#"};
    return parent_page(work, *plan, *child, &refused, 409);
}

}  // namespace

void join_child_pages(Registry& registry) {
    const auto add = [&](web::Method method, std::string_view rest, const identity::Verb& verb, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method,
                                .pattern = "/ke-hoach/{id}" + std::string(rest),
                                .access = web::Access::Granted,
                                .verb = std::string(verb.name),
                                .handler = handler});
    };
    add(web::Method::Get, kBelow, kRead, show_children);
    add(web::Method::Post, kBelow, kReport, make_child);
    add(web::Method::Get, kAbove, kRead, show_parent);
    add(web::Method::Post, kAbove, kDraft, take_over);
}

}  // namespace loa::plan
