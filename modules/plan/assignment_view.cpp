#include "assignment_view.h"

#include <algorithm>

#include "child_report.h"
#include "child_view.h"
#include "line_view.h"
#include "link_view.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "occurrences.h"
#include "passing_view.h"
#include "verbs.h"

namespace loa::plan {

using web::Response;
using web::View;

const ActivityKind& kind_of(Work& work, const Registry& registry, const Assignment& assignment) {
    const auto row = work.db.one("plan.activity_by_id", {work.authority, assignment.activity.value_or(Id{})});
    return kind_by_name(registry, row ? std::string_view(row->text("kind")) : kGeneralKind);
}

namespace {

class Page {
  public:
    Page(Work& work, const Registry& registry, const Plan& plan, const Assignment& assignment, const Refused* refused,
         const LineAsked& asked)
        : work_(work),
          registry_(registry),
          plan_(plan),
          assignment_(assignment),
          kind_(kind_of(work, registry, assignment)),
          refused_(refused),
          asked_(asked),
          content_(content_of(work, plan.shown_revision())),
          names_(work, content_),
          occurrences_(occurrences_by_assignment(work, assignment.id)),
          targets_(targets_by_assignment(work, assignment.id)),
          child_(child_of_line(work, assignment.id)),
          standing_(standing_of(work, plan, assignment)),
          may_report_(standing_ != Standing::None && open()),
          may_confirm_(identity::may_in_unit(work, kConfirm, plan.aggregating_unit) && open()) {}

    Response response(int status) {
        View view;
        view.set("plan_path", path_of(plan_.id)).set("plan_title", plan_.title).set("path", line_path(assignment_));
        view.set("document", document_line(work_, content_.revision)).set("version", std::to_string(assignment_.version));
        const std::string title = set_subject(view);
        set_unit(view);
        set_state(view);
        set_answer(view);
        set_occurrences(view);
        set_targets(view);
        set_child(view);
        set_evidence(view);
        set_links(work_, view, plan_, assignment_, refused_);
        std::vector<View> lines;
        for (const auto& line : identity::timeline_of(work_, {"plan.assignment", work_.authority, assignment_.id}))
            lines.push_back(timeline_view(work_, line));
        view.flag("has_timeline", !lines.empty());
        view.set("timeline", std::move(lines));
        if (refused_) set_problem_list(work_, view, *refused_);
        const auto own = identity::own_units(work_);
        const bool mine = std::find(own.begin(), own.end(), assignment_.unit) != own.end();
        return web::show({.name = "plan/assignment", .title = title, .view = std::move(view), .stands_under = mine ? "/viec-don-vi" : "/ke-hoach"}, status);
    }

  private:
    bool open() const { return plan_.state == PlanState::Issued && assignment_.state != AssignmentState::Ended; }

    /// What is reported or closed is late no more.
    bool still_to_do() const { return open() && assignment_.state == AssignmentState::Open; }

    /// The activity or duty the line is about.
    std::string set_subject(View& view) {
        if (assignment_.activity) {
            if (const auto* activity = content_.activity(*assignment_.activity)) {
                View subject = activity_view(work_, names_, plan_, *activity);
                set_deadline(work_, subject, activity->deadline, still_to_do());
                view.set("subject", std::move(subject)).set("title", label_of(*activity));
                return label_of(*activity);
            }
        } else if (const auto* duty = content_.duty(*assignment_.duty)) {
            View subject = duty_view(work_, names_, content_, *duty);
            set_deadline(work_, subject, duty->deadline, still_to_do());
            subject.set("path", path_of(plan_.id, "?muc=nhiem-vu#nv-" + to_string(duty->id)));
            view.set("subject", std::move(subject)).set("title", shortened(duty->text, 120)).set("duty_text", duty->text);
            return shortened(duty->text, 80);
        }
        return tr(work_, "plan.assignment");
    }

    void set_unit(View& view) {
        for (const auto& unit : identity::units_by_ids(work_, {assignment_.unit})) view.set("unit", unit.name);
        view.set("roles", roles_text(work_, assignment_));
        set_passed_line(work_, view, assignment_);
    }

    void set_state(View& view) {
        set_line_state(work_, view, assignment_.state);
        std::vector<double> shares;
        for (const auto& target : targets_)
            if (!target.dropped) shares.push_back(target.share());
        view.set("percent", percent_of(assignment_, shares)).flag("has_targets", !shares.empty());
        for (const auto& occurrence : occurrences_)
            if (occurrence.state == OccurrenceState::Open && occurrence.reason) view.set("reason", *occurrence.reason);
        if (may_report_) set_first(view, "report_done", OccurrenceState::Open);
        if (may_confirm_) set_first(view, "confirm_done", OccurrenceState::Reported);
    }

    /// With the former unit whose it was, as there may be several of a period.
    std::string period_of(const Occurrence& occurrence) {
        const auto period = period_text(work_, occurrence);
        const auto unit = occurrence.due_unit == assignment_.unit ? std::nullopt : identity::unit_by_id(work_, occurrence.due_unit);
        if (!unit) return period;
        return period.empty() ? unit->name : period + ", " + unit->name;
    }

    /// A period to come can't be reported yet.
    bool has_begun(const Occurrence& occurrence) const { return !occurrence.from || *occurrence.from <= work_.today(); }

    /// The button on top of the page: for the first time the line falls due that is in this state.
    void set_first(View& view, const char* name, OccurrenceState state) {
        for (const auto& occurrence : occurrences_) {
            if (occurrence.state != state || !has_begun(occurrence)) continue;
            View act;
            act.set("occurrence", to_string(occurrence.id)).set("period", period_text(work_, occurrence));
            view.set(name, std::move(act));
            return;
        }
    }

    void set_answer(View& view) {
        View answer;
        const bool returned = assignment_.answer == Answer::Returned;
        answer.set("state", tr(work_, "plan.unit_answer_" + std::string(text_of(assignment_.answer))));
        answer.set("tag", returned ? "tag--late" : assignment_.answer == Answer::Accepted ? "tag--ok" : "");
        if (assignment_.answered_at) answer.set("at", assignment_.answered_at->vietnamese());
        if (assignment_.answer_reason) answer.set("answer_reason", *assignment_.answer_reason);
        const auto people = identity::people_of_unit(work_, assignment_.unit);
        for (const auto& member : people)
            if (member.person == assignment_.person) answer.set("person", member.person_name);
        if (standing_ == Standing::Own && open()) {
            answer.flag("may_accept", assignment_.answer != Answer::Accepted);
            const auto* refused = refused_for(refused_, "hand");
            View hand;
            std::vector<View> choices;
            const auto chosen = shown_id(refused, "person", assignment_.person);
            for (const auto& member : people) choices.push_back(choice(member.person, member.person_name, member.person == chosen));
            hand.set("people", std::move(choices));
            set_form_problems(work_, hand, refused);
            if (!people.empty()) answer.set("hand_form", std::move(hand));
            if (!returned && assignment_.state == AssignmentState::Open) answer.set("give_back_form", reason_form(work_, refused_for(refused_, "giveback")));
        }
        if (may_confirm_ && returned) answer.set("keep_form", reason_form(work_, refused_for(refused_, "keep")));
        view.set("answer", std::move(answer));
    }

    void set_occurrences(View& view) {
        std::vector<View> views;
        for (const auto& occurrence : occurrences_) views.push_back(occurrence_view(occurrence));
        view.set("occurrences", std::move(views));
    }

    View occurrence_view(const Occurrence& occurrence) {
        View view;
        const std::string id = to_string(occurrence.id);
        const bool still_open = occurrence.state == OccurrenceState::Open;
        view.set("id", id).set("occurrence_version", std::to_string(occurrence.version)).set("period", period_of(occurrence));
        view.set("due_on", occurrence.due_on ? occurrence.due_on->vietnamese() : "");
        if (occurrence.printed_on != occurrence.due_on) view.set("printed_on", occurrence.printed_on->vietnamese());
        set_occurrence_state(work_, view, occurrence);
        if (open() && occurrence.late_on(work_.today())) set_days_late(work_, view, *occurrence.due_on);
        if (occurrence.reported_at) view.set("reported_at", occurrence.reported_at->vietnamese());
        if (const auto on_time = occurrence.on_time()) view.set("on_time", tr(work_, *on_time ? "plan.reported_on_time" : "plan.reported_late"));
        view.set("occurrence_reason", occurrence.reason.value_or(""));
        if (may_report_ && still_open && has_begun(occurrence)) view.set("report_form", reason_form(work_, refused_for(refused_, "report-" + id)));
        view.flag("may_close", may_confirm_ && occurrence.state == OccurrenceState::Reported);
        if (may_confirm_ && !still_open) view.set("return_form", reason_form(work_, refused_for(refused_, "back-" + id)));
        return view;
    }

    void set_targets(View& view) {
        std::vector<View> rows;
        std::vector<std::string> texts;
        for (const auto& target : targets_) {
            View row = target_views(work_, {target}).front();
            row.set("id", to_string(target.id)).flag("dropped", target.dropped);
            row.set("done", amount(work_, target.done)).set("needed", amount(work_, target.needed())).set("unit_word", target.unit);
            if (target.below > 0) row.set("below", amount(work_, target.below));
            if (target.waiting > 0) row.set("waiting", amount(work_, target.waiting));
            row.set("percent", static_cast<std::int64_t>(target.share() * 100)).flag("whole", target.share() >= 1);
            if (target.times > 1)
                row.set("times", tr(work_, "plan.target_times", {{"value", amount(work_, target.value)}, {"n", std::to_string(target.times)}}));
            rows.push_back(std::move(row));
            if (!target.dropped) texts.push_back(target.text);
        }
        view.set("targets", std::move(rows)).flag("no_targets", texts.empty());
        if (may_confirm_ && assignment_.activity) {
            const auto* refused = refused_for(refused_, "targets");
            View form;
            form.set("value", shown_value(refused, "targets", joined(texts, "\n"))).flag("open", refused != nullptr);
            set_form_problems(work_, form, refused);
            view.set("targets_form", std::move(form));
        }
    }

    void set_evidence(View& view) {
        EvidenceView evidence(work_, {registry_, plan_, assignment_, kind_, names_, targets_, standing_, may_report_, may_confirm_}, refused_);
        evidence.set_pieces(view, asked_.pieces);
        const auto* refused = refused_for(refused_, "evidence");
        // What was typed before the unit's own plan came into force stays to be copied.
        if (!may_report_ || (child_ && child_->records() && !refused)) return;
        View form = evidence.empty_form(asked_.record);
        form.flag("open", refused != nullptr || asked_.adding).flag("on_behalf", on_behalf_by(work_, plan_, assignment_).has_value());
        view.set("evidence_form", std::move(form));
    }

    /// What the unit did of the line by its own plan, month by month.
    void set_child(View& view) {
        if (!child_) return;
        View child = line_child_view(work_, assignment_, *child_, targets_);
        if (standing_ == Standing::Own) child.set("open_path", path_of(plan_.id, "/cap-duoi")).set("child_unit", to_string(assignment_.unit));
        view.set("child", std::move(child));
    }

    Work& work_;
    const Registry& registry_;
    const Plan& plan_;
    const Assignment& assignment_;
    const ActivityKind& kind_;
    const Refused* refused_;
    LineAsked asked_;
    Content content_;
    Names names_;
    std::vector<Occurrence> occurrences_;
    std::vector<AssignmentTarget> targets_;
    std::optional<LineChild> child_;  // the unit's own plan, where that does the line
    Standing standing_;
    bool may_report_, may_confirm_;
};

}  // namespace

Response assignment_page(Work& work, const Registry& registry, const Plan& plan, const Assignment& assignment,
                         const Refused* refused, const LineAsked& asked, int status) {
    return Page(work, registry, plan, assignment, refused, asked).response(status);
}

}  // namespace loa::plan
