#include "answer_view.h"

#include <algorithm>

#include "assignment_view.h"
#include "coverage.h"
#include "evidence.h"
#include "evidence_form.h"
#include "evidence_time.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "loa/identity/authorities.h"
#include "loa/identity/units.h"
#include "loa/media/file.h"
#include "occurrences.h"

namespace loa::plan {

using web::Response;
using web::View;

namespace {

/// Whose link it is, for what, until when, and whom to ask.
void set_frame(View& view, const ByLink& by, const Plan& plan, const std::string& base) {
    const auto& link = by.link;
    view.set("base", base).set("holder_name", link.holder_name).set("unit", link.unit_name).set("plan_title", plan.title);
    view.set("expires_on", link.expires_on.vietnamese()).set("given_by", link.given_by_name);
    for (const auto& unit : identity::units_by_ids(by.work, {plan.aggregating_unit})) view.set("office", unit.name);
    if (const auto authority = identity::authority_by_id(by.work, by.work.authority)) view.set("issuer", authority->name);
}

/// One line with all that its holder may see and do.
class Page {
  public:
    Page(ByLink& by, const Registry& registry, const Plan& plan, const Assignment& assignment, const std::string& base, const Refused* refused)
        : by_(by), work_(by.work), plan_(plan), assignment_(assignment), kind_(kind_of(work_, registry, assignment)), base_(base), refused_(refused),
          content_(content_of(work_, plan.shown_revision())), names_(work_, content_), occurrences_(occurrences_by_assignment(work_, assignment.id)),
          targets_(targets_by_assignment(work_, assignment.id)), issued_on_(first_issued_on(work_, plan.id)) {}

    Response response(const std::string& done, int status) {
        View view;
        set_frame(view, by_, plan_, base_);
        view.set("path", base_ + "/" + to_string(assignment_.id)).set("version", std::to_string(assignment_.version));
        view.set("document", document_line(work_, content_.revision));
        const std::string title = set_subject(view);
        set_line_state(work_, view, assignment_.state);
        if (!done.empty()) view.flag("done_" + done);
        set_answer(view);
        set_occurrences(view);
        set_evidence(view);
        if (refused_) set_problem_list(work_, view, *refused_);
        return web::show({.name = "plan/answer", .title = title, .view = std::move(view)}, status);
    }

  private:
    std::string set_subject(View& view) {
        if (assignment_.activity) {
            const auto* activity = content_.activity(*assignment_.activity);
            if (!activity) return tr(work_, "plan.assignment");
            View subject = activity_view(work_, names_, plan_, *activity);
            subject.flag("any_targets", !activity->targets.empty()).flag("any_products", !activity->products.empty());
            view.set("subject", std::move(subject));
            return label_of(*activity);
        }
        const auto* duty = content_.duty(*assignment_.duty);
        if (!duty) return tr(work_, "plan.assignment");
        View subject = duty_view(work_, names_, content_, *duty);
        view.set("subject", std::move(subject)).set("duty_text", duty->text);
        return shortened(duty->text, 120);
    }

    void set_answer(View& view) const {
        const bool returned = assignment_.answer == Answer::Returned;
        view.set("answer_state", tr(work_, "plan.unit_answer_" + std::string(text_of(assignment_.answer))));
        view.set("answer_tag", returned ? "tag--late" : assignment_.answer == Answer::Accepted ? "tag--ok" : "");
        view.set("answer_reason", assignment_.answer_reason.value_or(""));
        view.flag("may_accept", assignment_.answer != Answer::Accepted);
        if (!returned && assignment_.state == AssignmentState::Open) view.set("give_back_form", reason_form(work_, refused_for(refused_, "giveback")));
    }

    void set_occurrences(View& view) const {
        std::vector<View> views;
        for (const auto& occurrence : occurrences_) {
            if (occurrence.from && *occurrence.from > work_.today()) continue;  // a period to come is nobody's yet
            View item;
            const std::string id = to_string(occurrence.id), period = period_text(work_, occurrence);
            item.set("id", id).set("occurrence_version", std::to_string(occurrence.version)).set("period", period);
            item.set("due_on", occurrence.due_on ? occurrence.due_on->vietnamese() : "");
            item.set("reported_at", occurrence.reported_at ? occurrence.reported_at->vietnamese() : "");
            item.set("occurrence_reason", occurrence.reason.value_or(""));
            set_occurrence_state(work_, item, occurrence);
            if (occurrence.late_on(work_.today())) set_days_late(work_, item, *occurrence.due_on);
            if (occurrence.state == OccurrenceState::Open) item.set("report_form", reason_form(work_, refused_for(refused_, "report-" + id)));
            views.push_back(std::move(item));
        }
        view.flag("none_begun", views.empty()).set("occurrences", std::move(views));
    }

    /// What came by this very link; what others sent of the line is not shown.
    void set_evidence(View& view) const {
        std::vector<View> pieces;
        for (const auto& piece : evidence_by_assignment(work_, assignment_.id))
            if (piece.personal_link == by_.link.id) pieces.push_back(piece_view(piece));
        view.flag("any_evidence", !pieces.empty()).set("evidence", std::move(pieces)).set("evidence_form", evidence_form());
    }

    View piece_view(const Evidence& piece) const {
        View view;
        const std::string id = to_string(piece.id);
        view.set("id", id).set("evidence_version", std::to_string(piece.version)).set("what", piece.what).set("done_on", piece.done_on.vietnamese());
        view.set("place", piece.place.value_or("")).set("at", piece.submitted_at.vietnamese()).set("link", piece.link.value_or(""));
        view.set("state", tr(work_, "plan.evidence_state_" + std::string(text_of(piece.state)))).set("tag", evidence_tag(piece.state)).set("reason", piece.reason.value_or(""));
        std::vector<View> amounts, files;
        const auto add = [&](double quantity, const std::string& unit_word) { amounts.push_back(View().set("amount", amount(work_, quantity)).set("unit_word", unit_word)); };
        for (const auto& line : piece.lines)
            for (const auto& target : targets_)
                if (target.id == line.target) add(line.quantity, target.unit);
        for (const auto& value : piece.measures)
            for (const auto& measure : kind_.measures)
                if (measure.name == value.measure) add(value.value, tr(work_, measure.label));
        const auto kept = media::files_of(work_, {"plan.evidence", work_.authority, piece.id});
        set_questions(work_, view, time_questions(issued_on_, piece.submitted_at.date(), piece.done_on, photo_times(kept)), piece.explanation);
        for (const auto& file : kept)
            files.push_back(View().set("name", file.name).set("size", i18n::file_size(work_.language, file.size)));
        view.flag("has_amounts", !amounts.empty()).set("amounts", std::move(amounts)).flag("has_files", !files.empty()).set("files", std::move(files));
        if (piece.state == EvidenceState::Submitted || piece.state == EvidenceState::Returned) view.set("withdrawal_form", reason_form(work_, refused_for(refused_, "withdraw-" + id)));
        return view;
    }

    View evidence_form() const {
        const auto* refused = refused_for(refused_, "evidence");
        View form;
        form.set("typed_what", shown_value(refused, "what", "")).set("typed_day", shown_value(refused, "done_on", work_.today().vietnamese()));
        form.set("typed_place", shown_value(refused, "place", "")).set("typed_link", shown_value(refused, "link", ""));
        form.set("typed_explanation", shown_value(refused, "explanation", ""));
        form.set("typed_source", shown_value(refused, "number_source", ""));
        std::vector<View> quantities, channels;
        const auto add = [&](const std::string& name, const std::string& label, const std::string& unit_word) {
            View item;
            item.set("name", name).set("label", label).set("unit_word", unit_word).set("value", shown_value(refused, name, "")).set("error", "");
            if (refused)
                for (const auto& problem : refused->failure.problems)
                    if (problem.field == name) item.set("error", text_of(work_, problem));
            quantities.push_back(std::move(item));
        };
        for (const auto& target : targets_)
            if (!target.dropped) add(kQuantity + to_string(target.id), target.text, target.unit);
        for (const auto& measure : kind_.measures) add(kMeasure + measure.name, tr(work_, measure.label), "");
        const auto known = told_by(work_, assignment_).channels;
        const auto chosen = shown_id(refused, "channel", std::nullopt);
        if (known.size() > 1)
            for (const auto& channel : names_.channels())
                if (std::find(known.begin(), known.end(), channel.id) != known.end()) channels.push_back(choice(channel.id, channel.name, chosen == channel.id));
        form.flag("has_quantities", !quantities.empty()).set("quantities", std::move(quantities));
        form.flag("has_channels", !channels.empty()).set("channels", std::move(channels));
        for (const char* field : {"what", "done_on", "link", "number_source", "files", "explanation"}) form.set(std::string("error_") + field, "");
        set_form_problems(work_, form, refused);
        return form;
    }

    ByLink& by_;
    Work& work_;
    const Plan& plan_;
    const Assignment& assignment_;
    const ActivityKind& kind_;
    const std::string& base_;
    const Refused* refused_;
    Content content_;
    Names names_;
    std::vector<Occurrence> occurrences_;
    std::vector<AssignmentTarget> targets_;
    std::optional<Date> issued_on_;
};

}  // namespace

Response answers_page(ByLink& by, const std::string& base, const Refused* refused, int status) {
    const auto plan = plan_by_id(by.work, by.link.plan);
    if (!plan) return web::failed(plan.failure());
    View view;
    set_frame(view, by, *plan, base);
    std::vector<View> lines;
    for (const auto& line : lines_of_unit(by.work, by.link.unit)) {
        if (line.assignment.plan != plan->id) continue;
        View item;
        item.set("path", base + "/" + to_string(line.assignment.id)).set("ordinal", line.ordinal).set("text", line.text);
        item.set("deadline", line.deadline_text.value_or("")).set("due", line.due ? i18n::until_due(by.work.language, *line.due, by.work.today()) : "");
        item.flag("late", line.due && *line.due < by.work.today() && line.assignment.state == AssignmentState::Open);
        set_line_state(by.work, item, line.assignment.state);
        lines.push_back(std::move(item));
    }
    view.flag("none", lines.empty()).set("lines", std::move(lines));
    if (refused) set_problem_list(by.work, view, *refused);
    return web::show({.name = "plan/answers", .title = tr(by.work, "plan.answers"), .view = std::move(view)}, status);
}

Response answer_page(ByLink& by, const Registry& registry, const std::string& base, Id line, const Refused* refused, const std::string& done, int status) {
    const auto plan = plan_by_id(by.work, by.link.plan);
    if (!plan) return web::failed(plan.failure());
    const auto assignment = assignment_by_id(by.work, *plan, line);
    if (!assignment || assignment->state == AssignmentState::Ended) return web::failed(not_found("plan.answer_no_such_line"));
    return Page(by, registry, *plan, *assignment, base, refused).response(done, status);
}

}  // namespace loa::plan
