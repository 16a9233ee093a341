// "Việc của đơn vị tôi", and what the overview says of it.
#include <algorithm>

#include "child_report.h"
#include "desk.h"
#include "ending_units.h"
#include "evidence.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/web/panel.h"
#include "loa/web/route.h"
#include "pages.h"
#include "passing_view.h"
#include "progress.h"
#include "unit_work_filter.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::size_t kNextDue = 8;
constexpr int kOnDesk = 10, kMostSupplements = 50;

using Shares = std::unordered_map<Id, std::vector<double>>;

View line_view(const Work& work, const UnitLine& line, const Shares& shares) {
    View view;
    const auto& assignment = line.assignment;
    view.set("text", line.text).set("ordinal", line.ordinal).set("roles", capitalised(roles_text(work, assignment)));
    view.set("path", line_path(assignment));
    const auto own = shares.find(assignment.id);
    view.flag("has_targets", own != shares.end());
    view.set("percent", std::to_string(percent_of(assignment, own == shares.end() ? std::vector<double>{} : own->second)));
    set_line_state(work, view, assignment.state);
    view.set("plan_title", line.plan_title).set("document_number", line.document_number.value_or(""));
    view.set("deadline", line.deadline_text.value_or("")).flag("deadline_added", line.deadline_added);
    if (line.due) {
        view.set("due", i18n::until_due(work.language, *line.due, work.today()));
        view.flag("late", *line.due < work.today() && assignment.state == AssignmentState::Open);
    }
    view.flag("open", assignment.state == AssignmentState::Open);
    return view;
}

/// What a unit that stands for a lower committee has of plans of its own, as far as the person has a part in them.
struct Children {
    std::vector<std::pair<Id, PlanState>> states;  // by the plan above
    bool member = false;                           // she may act for that committee too
};

std::optional<Children> children_of(Work& work, const identity::Unit& unit) {
    // Nobody lends what she may do elsewhere.
    if (!unit.represents_authority || work.actor.acting_for || !identity::may_in_unit(work, kReport, unit.id)) return std::nullopt;
    const auto authorities = identity::authorities_of_person(work, work.actor.person);
    const bool member = std::any_of(authorities.begin(), authorities.end(), [&](const identity::Authority& one) { return one.id == *unit.represents_authority; });
    return Children{child_states_of_unit(work, unit.id), member};
}

/// The button by which it makes its own plan of these lines, or opens it.
View child_button(const Work& work, const identity::Unit& unit, Id plan, const Children& known) {
    const auto& children = known.states;
    const bool there = std::any_of(children.begin(), children.end(), [&](const auto& child) { return child.first == plan && child.second != PlanState::Withdrawn; });
    View view;
    view.flag("member", known.member).set("needs_membership", tr(work, "plan.child_needs_membership", {{"unit", unit.name}}));
    view.set("action", path_of(plan, "/cap-duoi")).set("unit", to_string(unit.id)).flag("there", there);
    view.set("make", tr(work, "plan.child_make", {{"unit", unit.name}}));
    return view;
}

/// A plan's lines of one unit, under the plan's heading.
std::vector<View> by_plan(Work& work, const identity::Unit& unit, const std::vector<UnitLine>& lines, const Shares& shares) {
    const auto children = children_of(work, unit);
    std::vector<View> plans;
    for (std::size_t at = 0; at < lines.size();) {
        const Id plan = lines[at].assignment.plan;
        View view;
        view.set("title", lines[at].plan_title).set("document_number", lines[at].document_number.value_or(""));
        if (lines[at].issued_on) view.set("issued_on", lines[at].issued_on->vietnamese());
        view.set("path", path_of(plan));
        if (children) view.set("child", child_button(work, unit, plan, *children));
        std::vector<View> items;
        for (; at < lines.size() && lines[at].assignment.plan == plan; ++at) items.push_back(line_view(work, lines[at], shares));
        view.set("count", static_cast<std::int64_t>(items.size()));
        view.set("lines", std::move(items));
        plans.push_back(std::move(view));
    }
    return plans;
}

Response show_unit_work(const Request& request, Work& work) {
    const auto filter = unit_work_filter(request);
    View view;
    std::vector<View> units;
    std::vector<UnitLine> all;
    for (const auto& unit : identity::units_by_ids(work, identity::own_units(work))) {
        auto lines = lines_of_unit(work, unit.id);
        all.insert(all.end(), lines.begin(), lines.end());
        View item;
        item.flag("without_work", lines.empty());
        keep_asked(work, filter, lines);
        item.set("name", unit.name).flag("empty", lines.empty());
        item.set("plans", by_plan(work, unit, lines, target_shares_by_unit(work, unit.id)));
        units.push_back(std::move(item));
    }
    view.flag("none", all.empty()).flag("may_report", identity::may(work, kReport)).set("query", filter.query());
    if (!all.empty()) view.set("filter", filter_view(work, filter, all));
    view.set("units", std::move(units));
    view.set("feed", identity::change_stamp(work.db, work.authority));
    return web::show({"plan/unit_work", tr(work, "plan.unit_work"), std::move(view)});
}

/// Plans that wait for this person's hand.
std::vector<View> on_desk(Work& work) {
    std::vector<View> views;
    for (const auto& plan : plans_on_desk(work, kOnDesk)) {
        View view;
        view.set("title", plan.title).set("path", path_of(plan.plan, plan.state == RevisionState::Draft ? "/ra-soat" : ""));
        const bool agrees = plan.correction && plan.state == RevisionState::UnderReview;
        view.set("what", tr(work, agrees ? "plan.desk_correction" : "plan.desk_" + std::string(text_of(plan.state)))).set("changed_at", plan.changed_at.vietnamese());
        views.push_back(std::move(view));
    }
    return views;
}

/// Drafts of work to add, for a leader to give.
void put_supplements_on(std::vector<View>& desk, Work& work) {
    for (const auto& draft : supplements_on_desk(work, kMostSupplements)) {
        View view;
        view.set("title", draft.title).set("path", path_of(draft.plan, "/nhiem-vu-bo-sung/" + to_string(draft.supplement)));
        view.set("what", tr(work, "plan.desk_supplement")).set("changed_at", draft.changed_at.vietnamese());
        desk.push_back(std::move(view));
    }
}

/// Plans of which somebody has to say who takes over from a unit that ends.
void put_passings_on(std::vector<View>& desk, Work& work) {
    if (!identity::may(work, kPassOn) || !any_unit_ends(work)) return;
    for (const auto& row : work.db.query("plan.plans_in_force", {work.authority})) {
        const auto plan = plan_by_id(work, row.id("id"));
        if (!plan || !may_pass_on(work, *plan)) continue;
        for (const auto& each : passing_rows(work, *plan)) {
            if (each.state != PassingRow::State::Waiting) continue;
            View view;
            view.set("title", tr(work, "plan.passing_of", {{"unit", each.unit.name}})).set("path", path_of(plan->id, "/chuyen-giao/" + to_string(each.unit.unit)));
            view.set("what", tr(work, "plan.desk_passing")).set("due_day", each.unit.day.vietnamese());
            desk.push_back(std::move(view));
        }
    }
}

std::optional<View> desk_panel(const Request&, Work& work) {
    auto desk = on_desk(work);
    put_supplements_on(desk, work);
    put_passings_on(desk, work);
    View view;
    view.flag("desk_empty", desk.empty()).flag("may_import", identity::may(work, kDraft));
    view.set("desk", std::move(desk));
    return view;
}

std::optional<View> work_panel(const Request&, Work& work) {
    View view;
    std::vector<UnitLine> lines;
    Shares shares;
    for (const Id unit : identity::own_units(work)) {
        for (auto& line : lines_of_unit(work, unit)) lines.push_back(std::move(line));
        shares.merge(target_shares_by_unit(work, unit));
    }
    std::int64_t late = 0, without = 0;
    std::vector<UnitLine> due;
    for (const auto& line : lines) {
        if (line.assignment.state != AssignmentState::Open) continue;
        if (!line.due) {
            without += !line.deadline_text;  // "hằng tháng" has one, though no day
            continue;
        }
        late += *line.due < work.today();
        due.push_back(line);
    }
    std::stable_sort(due.begin(), due.end(), [](const UnitLine& a, const UnitLine& b) { return *a.due < *b.due; });
    std::vector<View> next;
    for (std::size_t i = 0; i < std::min(due.size(), kNextDue); ++i) next.push_back(line_view(work, due[i], shares));
    view.set("total", static_cast<std::int64_t>(lines.size())).set("late", late).set("without_deadline", without);
    view.flag("no_lines", lines.empty()).flag("no_due", due.empty() && !lines.empty()).flag("any_late", late > 0);
    view.set("next", std::move(next));

    auto known = progress_of_plans(work);
    std::vector<View> running;
    PlanFilter filter;
    filter.state = PlanState::Issued;
    filter.limit = 5;
    for (const auto& line : plans(work, filter)) {
        const auto all = known[line.plan.id];
        View item;
        item.set("title", line.plan.title).set("path", path_of(line.plan.id));
        if (line.issued_number) item.set("document_number", *line.issued_number + "/" + line.symbol.value_or(""));
        item.set("units", tr(work, "plan.running_units", {{"n", std::to_string(all.units)}}));
        set_progress_of(work, item, all.progress, "progress_lines");
        running.push_back(std::move(item));
    }
    view.flag("none_running", running.empty()).set("running", std::move(running));
    return view;
}

}  // namespace

void join_unit_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Panel{"overview", "plan_desk", desk_panel});
    registry.add(web::Panel{"overview", "plan_work", work_panel});
    registry.add(web::Route{.method = Method::Get, .pattern = "/viec-don-vi", .access = Access::SignedIn, .handler = show_unit_work});
    registry.add(web::NavigationEntry{"", 20, "plan.plans", "plan", "/ke-hoach", std::string(kRead.name)});
    registry.add(web::NavigationEntry{"", 30, "plan.unit_work", "check", "/viec-don-vi", ""});
}

}  // namespace loa::plan
